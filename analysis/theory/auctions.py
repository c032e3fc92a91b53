"""Auctions of one good among bidders who know only what it is worth to themselves.

The n values are drawn independently and uniformly from [0, 1]. In a second-price auction everybody bids its value; in
a first-price auction the symmetric equilibrium is to bid what the others' greatest value is on average if one's own is
the greatest. Both give the good to whom it is worth most and the seller the same on average [1]_, [2]_.

References
----------
.. [1] W. Vickrey, "Counterspeculation, auctions, and competitive sealed tenders", Journal of Finance 16 (1961) 8-37,
       doi:10.1111/j.1540-6261.1961.tb02789.x.
.. [2] R. B. Myerson, "Optimal auction design", Mathematics of Operations Research 6 (1981) 58-73,
       doi:10.1287/moor.6.1.58.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...agents.errors import InputError

__all__ = ["first_price_bid", "revenue"]


def revenue(bidders: int) -> float:
    """Return what the seller gets on average, in a first-price auction as in a second-price one: (n - 1) / (n + 1).

    Raises
    ------
    InputError
        If there are no bidders.

    Examples
    --------
    >>> round(revenue(2), 6), round(revenue(5), 6)
    (0.333333, 0.666667)
    """
    return (_checked(bidders) - 1) / (bidders + 1)


def first_price_bid(value: ArrayLike, bidders: int) -> NDArray[np.float64]:
    """Return what a bidder bids in the equilibrium of a first-price auction: its value times (n - 1) / n.

    Raises
    ------
    InputError
        If there are no bidders.

    Examples
    --------
    >>> first_price_bid([0.5, 1.0], bidders=5).tolist()
    [0.4, 0.8]
    """
    return np.asarray(value, dtype=np.float64) * (_checked(bidders) - 1) / bidders


def _checked(bidders: int) -> int:
    if bidders < 1:
        raise InputError(f"bidders={bidders}: an auction needs one at least; use bidders >= 1")
    return bidders
