"""Inequality: how unevenly something is held.

References
----------
.. [1] C. Gini, "Measurement of inequality of incomes", Economic Journal 31 (1921) 124-126, doi:10.2307/2223319.
.. [2] M. O. Lorenz, "Methods of measuring the concentration of wealth", Publications of the American Statistical
       Association 9 (1905) 209-219, doi:10.2307/2276207.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["gini", "lorenz", "top_share"]


def gini(held: ArrayLike) -> float:
    """Return the Gini coefficient [1]_ of what is held, (n,): 0 if all have the same, 1 - 1/n if one has all.

    It is half the mean absolute difference of two, themselves among them, by the mean; NaN where nobody has anything.

    >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 1])
    (0.0, 0.75)
    """
    values = np.sort(np.asarray(held, dtype=np.float64))
    n, total = len(values), values.sum()
    ranks = 2 * np.arange(1, n + 1) - n - 1
    return float(ranks @ values / (n * total)) if total > 0 else float("nan")


def lorenz(held: ArrayLike) -> NDArray[np.float64]:
    """Return the Lorenz curve [2]_: which share of all the poorest 0, 1, ..., n of n have, (n + 1,).

    >>> lorenz([3, 1, 0, 0]).tolist()
    [0.0, 0.0, 0.0, 0.25, 1.0]
    """
    values = np.sort(np.asarray(held, dtype=np.float64))
    curve: NDArray[np.float64] = np.concatenate(([0.0], np.cumsum(values))) / values.sum()
    return curve


def top_share(held: ArrayLike, part: float = 0.1) -> float:
    """Return which share of all the richest part of the population has; one who is partly in it counts partly.

    >>> top_share([3, 1, 0, 0], 0.25), round(top_share([1, 1, 1, 1]), 9)
    (0.75, 0.1)
    """
    curve = lorenz(held)
    return float(1 - np.interp(1 - part, np.linspace(0, 1, len(curve)), curve))
