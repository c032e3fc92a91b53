"""Confidence intervals: what a limited number of runs says about a share or a mean.

References
----------
.. [1] E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
       American Statistical Association 22 (1927) 209-212, doi:10.1080/01621459.1927.10502953.
.. [2] L. D. Brown, T. T. Cai, A. DasGupta, "Interval estimation for a binomial proportion", Statistical
       Science 16 (2001) 101-133, doi:10.1214/ss/1009213286.
.. [3] B. Efron, "Better bootstrap confidence intervals", Journal of the American Statistical Association
       82 (1987) 171-185, doi:10.1080/01621459.1987.10478410.
.. [4] G. Y. Zou, W. Huang, X. Zhang, "A note on confidence interval estimation for a linear function of binomial
       proportions", Computational Statistics & Data Analysis 53 (2009) 1080-1085, doi:10.1016/j.csda.2008.09.033.
"""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri
from scipy.stats import bootstrap as scipy_bootstrap

from ..agents.errors import InputError

__all__ = ["bootstrap", "stratified", "wilson"]

_RESAMPLES = 2000


def wilson(
    successes: ArrayLike, trials: ArrayLike, confidence: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return Wilson's score interval for a share [1]_, which keeps its coverage in small samples [2]_.

    Parameters
    ----------
    successes, trials
        Whole numbers of one shape, 0 <= successes <= trials. No trials say nothing: the interval is (0, 1).
    confidence
        The share of such intervals that cover the truth, between 0 and 1.

    Returns
    -------
    low, high
        Of the inputs' shape.

    Raises
    ------
    InputError
        If successes or the confidence are out of bounds.

    Examples
    --------
    >>> low, high = wilson([8, 0], [10, 20])
    >>> low.round(4), high.round(4)
    (array([0.4902, 0.    ]), array([0.9433, 0.1611]))
    """
    k, n = np.broadcast_arrays(np.asarray(successes, dtype=float), np.asarray(trials, dtype=float))
    if not ((k >= 0) & (k <= n)).all():
        bad = np.flatnonzero(~((k >= 0) & (k <= n)))[0]
        raise InputError(
            f"successes={k.flat[bad]:g} of trials={n.flat[bad]:g}: successes lie between 0 and the trials"
        )
    z = _quantile(confidence)
    centre = (k + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * np.sqrt(np.where(n > 0, k * (n - k) / np.maximum(n, 1), 0.0) + z**2 / 4)
    # where all or none succeed the formula gives the end itself, but for rounding
    return np.where(k == 0, 0.0, centre - half), np.where(k == n, 1.0, centre + half)


def stratified(
    successes: ArrayLike, trials: ArrayLike, weights: ArrayLike, confidence: float = 0.95
) -> tuple[float, float, float]:
    """Return a weighted sum of the shares of independent strata, with an interval [4]_.

    On either side the strata's distances to the ends of their Wilson intervals are added as variances are.

    Parameters
    ----------
    successes, trials, weights : (n,)
        Of each stratum; its weight in the sum, at least zero.
    confidence
        As for `wilson`.

    Returns
    -------
    share, low, high
        NaN where a stratum of some weight had no trials.

    Examples
    --------
    >>> [round(each, 4) for each in stratified([20, 15, 0], [20, 20, 20], [0.5, 0.25, 0.25])]
    [0.6875, 0.5901, 0.7406]
    """
    k, n, weight = np.broadcast_arrays(
        *(np.asarray(each, dtype=float) for each in (successes, trials, weights))
    )
    low, high = wilson(k, n, confidence)
    share = np.divide(k, n, out=np.where(weight > 0, np.nan, 0.0), where=n > 0)
    total = float(weight @ share)
    below, above = (float(np.sqrt((weight**2) @ (end - share) ** 2)) for end in (low, high))
    return total, total - below, total + above


def bootstrap(values: ArrayLike, confidence: float = 0.95, *, seed: int = 0) -> tuple[float, float]:
    """Return a bootstrap interval for the mean, bias-corrected and accelerated (BCa) [3]_.

    Parameters
    ----------
    values : (n,)
        A sample. Its order does not matter, equal samples get equal intervals.
    confidence
        The share of such intervals that cover the truth, between 0 and 1.
    seed
        Of the 2,000 resamples.

    Returns
    -------
    low, high
        NaN if there are fewer than two values or one is not finite; both the same if all values are.

    Examples
    --------
    >>> low, high = bootstrap([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    >>> 3.5 < low < 5.5 < high < 7.5
    True
    """
    sample = np.sort(np.asarray(values, dtype=float).ravel())
    _quantile(confidence)
    if len(sample) < 2 or not np.isfinite(sample).all():
        return math.nan, math.nan
    if sample[0] == sample[-1]:
        return float(sample[0]), float(sample[0])
    # on a scale of its own: third powers of very large or nearly equal values leave the range of floats
    middle = sample[len(sample) // 2]
    scale = float(np.abs(sample - middle).max())
    interval = scipy_bootstrap(
        ((sample - middle) / scale,),
        np.mean,
        n_resamples=_RESAMPLES,
        confidence_level=confidence,
        method="BCa",
        random_state=np.random.default_rng(seed),
    ).confidence_interval
    return float(middle + scale * interval.low), float(middle + scale * interval.high)


def _quantile(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise InputError(f"confidence={confidence!r} must lie between 0 and 1, such as 0.95")
    return float(ndtri((1 + confidence) / 2))
