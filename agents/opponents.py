"""Opponent models: what a rival seems to like, judging by what it asks for.

The frequency model counts. A value that the rival asks for often is one that it likes, and an issue on which it always
asks for the same is one that matters to it. The rival's utility is taken to be additive.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .outcomes import Space

__all__ = ["frequency"]


def frequency(space: Space, heard: Sequence[int], outcomes: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return how much a rival seems to like some outcomes, from 0 to 1.

    A value counts by how often it was named; so an issue counts by how often its commonest value was.

    Parameters
    ----------
    space
        The outcome space.
    heard
        The rival's offers, by number.
    outcomes
        Of which outcomes, by number; shape (k,).

    Returns
    -------
    (k,) array
        All alike before anything was heard.

    References
    ----------
    .. [1] O. Tunali, R. Aydogan, V. Sanchez-Anguix, "Rethinking frequency opponent modeling in automated negotiation",
           PRIMA 2017, LNCS 10621, 263-279, doi:10.1007/978-3-319-69131-2_16.
    """
    liked, most = np.zeros(len(outcomes)), 0.0
    for levels, column in zip(space.shape, space.columns, strict=True):
        named = np.bincount(column[np.asarray(heard, dtype=np.intp)], minlength=levels)
        liked += named[column[outcomes]]
        most += named.max()
    return liked / most if heard else liked
