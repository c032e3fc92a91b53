"""How money is distributed that changes hands at random: exact for any number of parties and coins, and in the limit.

Where every exchange is as likely as its reverse, all ways to distribute M coins among n parties are equally likely in
the end, whoever can meet whom, as long as nobody is cut off [1]_. There are C(M + n - 1, n - 1) of them. One party's
wealth then is geometric for many parties with T = M / n coins each, and exponential for many coins, too, with the
Gini coefficient 1/2 [2]_.

If some pay only with the probability h, a way to distribute the coins is the less likely the more of them honest
parties hold: in proportion to h to the power of that number (the chain is reversible: a coin that an honest party gives
to such a traitor comes back with the probability h). In the limit the traitors' wealth is geometric with the ratio z,
the honest parties' with the ratio h z.

References
----------
.. [1] A. Dragulescu, V. M. Yakovenko, "Statistical mechanics of money", European Physical Journal B 17 (2000)
       723-729, doi:10.1007/s100510070114.
.. [2] V. M. Yakovenko, J. B. Rosser, "Colloquium: Statistical mechanics of money, wealth, and income", Reviews of
       Modern Physics 81 (2009) 1703-1725, doi:10.1103/RevModPhys.81.1703.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq
from scipy.special import gammaln, logsumexp

from ...agents.errors import InputError

__all__ = [
    "coin_distribution",
    "coin_gini",
    "exponential_lorenz",
    "geometric_gini",
    "geometric_lorenz",
    "mean_wealth_beside_defaulters",
]

Floats = NDArray[np.float64]


def coin_distribution(n: int, coins: int) -> Floats:
    """Return the probability that a party has 0, 1, ..., M of M coins among n parties, (M + 1,).

    It is C(M - m + n - 2, n - 2) / C(M + n - 1, n - 1); to have nothing, (n - 1) / (M + n - 1).

    Raises
    ------
    InputError
        If there are fewer than two parties, or no coins.

    Examples
    --------
    >>> coin_distribution(2, 3).round(9).tolist()
    [0.25, 0.25, 0.25, 0.25]
    >>> round(float(coin_distribution(500, 500)[0]), 4)
    0.4995
    """
    _check(n, coins)
    return np.exp(_log_choose(np.arange(coins, -1, -1) + n - 2, n - 2) - _log_choose(coins + n - 1, n - 1))


def coin_gini(n: int, coins: int) -> float:
    """Return the expected Gini coefficient of M coins among n parties.

    It is (n - 1) / (2 M) times the mean absolute difference of two parties, who have s together, in s + 1 equally
    likely ways, with the probability (s + 1) C(M - s + n - 3, n - 3) / C(M + n - 1, n - 1).

    Raises
    ------
    InputError
        If there are fewer than two parties, or no coins.

    Examples
    --------
    >>> round(coin_gini(500, 500), 4), coin_gini(2, 1)
    (0.6655, 0.5)
    """
    _check(n, coins)
    pot = np.arange(coins + 1)
    apart = np.where(pot % 2, (pot + 1) / 2, pot * (pot + 2) / (2 * (pot + 1)))
    if n == 2:
        return float(apart[-1] / (2 * coins))
    likely = np.exp(_log_choose(coins - pot + n - 3, n - 3) - _log_choose(coins + n - 1, n - 1)) * (pot + 1)
    return float((n - 1) / (2 * coins) * (likely @ apart))


def geometric_gini(mean: float) -> float:
    """Return the Gini coefficient (1 + T) / (1 + 2 T) of many parties who have T coins each on average.

    >>> [round(geometric_gini(mean), 6) for mean in (1, 5, 10, 100)]
    [0.666667, 0.545455, 0.52381, 0.502488]
    """
    return (1 + mean) / (1 + 2 * mean)


def geometric_lorenz(mean: float, share: ArrayLike, *, defaulters: float = 0.0, pays: float = 1.0) -> Floats:
    """Return which share of all coins the poorest share of many parties have.

    Parties that have as many coins can stand in any order, so the curve is straight in between.

    Parameters
    ----------
    mean
        Coins for each party, T.
    share
        Between 0 and 1, of any shape.
    defaulters
        Which part of the parties pays only with the probability `pays`.
    pays
        That probability.

    Raises
    ------
    InputError
        If there are no coins, nobody is honest, or the probability is none.

    Examples
    --------
    >>> geometric_lorenz(1.0, [0.5, 0.75, 1.0])
    array([0.  , 0.25, 1.  ])
    >>> geometric_lorenz(1.0, [0.5, 1.0], defaulters=0.5, pays=0.0)
    array([0., 1.])
    """
    if not 0 < mean < np.inf or not 0 <= defaulters < 1 or not 0 <= pays <= 1:
        raise InputError(
            f"mean={mean:g}, defaulters={defaulters:g}, pays={pays:g}: there must be coins and somebody who pays, "
            "and a probability is in [0, 1]"
        )
    ratio = _ratio(mean, defaulters, pays)
    classes = ((1 - defaulters, pays * ratio), (defaulters, ratio)) if defaulters else ((1.0, ratio),)
    steps = np.arange(int(np.ceil(np.log(1e-15) / np.log(ratio))) + 1) + 1.0
    have, held = np.ones((2, len(steps)))  # who has fewer coins than that, and what they hold of all
    for part, each in classes:
        beyond = part * each**steps
        have -= beyond
        held -= beyond * (steps + each / (1 - each)) / mean
    curve: Floats = np.interp(np.asarray(share), [0.0, *have, 1.0], [0.0, *np.maximum(held, 0.0), 1.0])
    return curve


def _ratio(mean: float, defaulters: float, pays: float) -> float:
    """Return the ratio z of the defaulters' geometric distribution at which all hold T on average."""
    lone = mean / (1 + mean)
    if not defaulters or pays == 1:
        return lone
    if pays == 0:
        return mean / (defaulters + mean)

    def excess(z: float) -> float:
        return (1 - defaulters) * pays * z / (1 - pays * z) + defaulters * z / (1 - z) - mean

    return float(brentq(excess, lone, mean / (defaulters + mean), xtol=1e-15))


def exponential_lorenz(share: ArrayLike) -> Floats:
    """Return which share of all money the poorest share p has, p + (1 - p) log(1 - p), where wealth is exponential.

    >>> exponential_lorenz([0.0, 0.5, 1.0]).round(4)
    array([0.    , 0.1534, 1.    ])
    """
    rest = 1 - np.asarray(share, dtype=np.float64)
    logs = np.log(np.where(rest > 0, rest, 1.0))
    curve: Floats = 1 - rest + rest * logs
    return curve


def mean_wealth_beside_defaulters(
    honest: int, defaulters: int, coins: int, pays: float
) -> tuple[float, float]:
    """Return the expected wealth of an honest party and of one who pays only with some probability.

    Parameters
    ----------
    honest, defaulters
        How many there are, at least one of either.
    coins
        How many coins all have together.
    pays
        The probability that a defaulter who is to give a coin does; with 0 the defaulters end up with all.

    Raises
    ------
    InputError
        If somebody is missing, there are no coins, or the probability is none.

    Examples
    --------
    >>> mean_wealth_beside_defaulters(8, 2, 100, 0.0)
    (0.0, 50.0)
    >>> [round(each, 9) for each in mean_wealth_beside_defaulters(8, 2, 100, 1.0)]
    [10.0, 10.0]
    """
    _check(honest + defaulters, coins)
    if honest < 1 or defaulters < 1 or not 0 <= pays <= 1:
        raise InputError(
            f"honest={honest}, defaulters={defaulters}, pays={pays:g}: there must be one of either, "
            "and a probability is in [0, 1]"
        )
    if pays == 0:
        return 0.0, coins / defaulters
    held = np.arange(coins + 1)  # by the honest
    logs = (
        held * np.log(pays)
        + _log_choose(held + honest - 1, honest - 1)
        + _log_choose(coins - held + defaulters - 1, defaulters - 1)
    )
    mean = float(np.exp(logs - logsumexp(logs)) @ held)
    return mean / honest, (coins - mean) / defaulters


def _log_choose(above: ArrayLike, below: int) -> Floats:
    above = np.asarray(above, dtype=np.float64)
    logs: Floats = gammaln(above + 1) - gammaln(below + 1) - gammaln(above - below + 1)
    return logs


def _check(n: int, coins: int) -> None:
    if n < 2 or coins < 1:
        raise InputError(
            f"n={n}, coins={coins}: exchange takes two parties and a coin; use n >= 2 and coins >= 1"
        )
