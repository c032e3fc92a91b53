"""One buyer and one seller who know only their own value and cost: the sealed double auction.

Value and cost are drawn independently and uniformly from [0, 1]. Both name a price, unseen by the other; if the bid
is not below the ask they trade at k times the bid and 1 - k times the ask. Everybody shades: the equilibrium in which
both do so linearly is Chatterjee and Samuelson's [1]_. Trades are lost that would pay, and no other rule can avoid
it: Myerson and Satterthwaite [2]_ show that 27/32 of what could be gained is the most that any mechanism reaches
which nobody is forced into and nobody subsidises. It is what this auction reaches at k = 1/2.

References
----------
.. [1] K. Chatterjee, W. Samuelson, "Bargaining under incomplete information", Operations Research 31 (1983) 835-851,
       doi:10.1287/opre.31.5.835.
.. [2] R. B. Myerson, M. A. Satterthwaite, "Efficient mechanisms for bilateral trading", Journal of Economic Theory 29
       (1983) 265-281, doi:10.1016/0022-0531(83)90048-0.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...agents.errors import InputError

__all__ = ["ask", "bid", "efficiency", "gains", "trade_probability"]

Floats = NDArray[np.float64]


def bid(value: ArrayLike, k: float = 0.5) -> Floats:
    """Return what a buyer bids: v / (1 + k) + k (1 - k) / (2 (1 + k)).

    Parameters
    ----------
    value
        What the good is worth to it, in [0, 1]. Below (1 - k) / 2 it never trades, whatever it bids.
    k
        Weight of the bid in the price, in [0, 1].

    Returns
    -------
    Of the shape of `value`.

    Raises
    ------
    InputError
        If a value or k is outside [0, 1].

    Examples
    --------
    >>> bid([0.25, 0.5, 1.0]).round(4).tolist()
    [0.25, 0.4167, 0.75]
    """
    value = _checked("value", value)
    _checked("k", k)
    return value / (1 + k) + k * (1 - k) / (2 * (1 + k))


def ask(cost: ArrayLike, k: float = 0.5) -> Floats:
    """Return what a seller asks: c / (2 - k) + (1 - k) / 2.

    Parameters
    ----------
    cost
        What the good is worth to it, in [0, 1]. Above 1 - k / 2 it never trades, whatever it asks.
    k
        Weight of the bid in the price, in [0, 1].

    Returns
    -------
    Of the shape of `cost`.

    Raises
    ------
    InputError
        If a cost or k is outside [0, 1].

    Examples
    --------
    >>> ask([0.0, 0.5, 0.75]).round(4).tolist()
    [0.25, 0.5833, 0.75]
    """
    cost = _checked("cost", cost)
    _checked("k", k)
    return cost / (2 - k) + (1 - k) / 2


def trade_probability(k: float = 0.5) -> float:
    """Return the probability that they trade, (1 + k)(2 - k) / 8: where the bid reaches the ask is a triangle.

    At k = 1/2 they trade if the value exceeds the cost by 1/4.

    >>> trade_probability()
    0.28125
    """
    _checked("k", k)
    return (1 + k) * (2 - k) / 8


def gains(k: float = 0.5) -> float:
    """Return the mean gain, value less cost if they trade: half of the probability of trade, whatever k is.

    >>> gains()
    0.140625
    """
    return trade_probability(k) / 2


def efficiency(k: float = 0.5) -> float:
    """Return the mean gain as a part of the 1/6 that is there to be gained.

    >>> efficiency(), efficiency(0), efficiency(1)
    (0.84375, 0.75, 0.75)
    """
    return 6 * gains(k)


def _checked(name: str, given: ArrayLike) -> Floats:
    values = np.asarray(given, dtype=float)
    outside = ~((values >= 0) & (values <= 1))  # so that NaN is outside, too
    if outside.any():
        raise InputError(
            f"{name}={values[outside].flat[0]:g} must be from 0 to 1; scale values and costs to it"
        )
    return values
