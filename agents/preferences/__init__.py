"""Preferences: what the outcomes of a negotiation are worth to a party. One kind of utility function a file.

A utility function is a description; called with a discrete space it evaluates all outcomes at once. What it does not
know (the utility of no deal, the discount) is in the `Profile` that is made of its array.
"""

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..catalogue import Catalogue
from ..errors import InputError
from ..outcomes import Space
from ..parameters import Parameters

__all__ = ["Utility", "preferences"]


class Utility(Parameters, ABC):
    """A utility function. What it says about issues and levels is in the space's order."""

    @abstractmethod
    def over(self, space: Space) -> NDArray[np.float64]:
        """Return the utilities in an array of the space's shape, one axis an issue, or one that broadcasts to it.

        Raises
        ------
        InputError
            If the function does not fit the space.
        """

    def __call__(self, space: Space) -> NDArray[np.float64]:
        """Return the utility of every outcome, by its number, (size,).

        Raises
        ------
        InputError
            If the space is too large or continuous, the function does not fit it, or a utility is not finite.
        """
        space.require_room()
        with np.errstate(over="ignore", invalid="ignore"):  # told below
            utilities = np.ascontiguousarray(np.broadcast_to(self.over(space), space.shape)).reshape(-1)
        wrong = np.flatnonzero(~np.isfinite(utilities))
        if wrong.size:
            raise InputError(
                f"{self!s:.80}: the utility of {space.outcome(int(wrong[0]))} is {utilities[wrong[0]]}; "
                "utilities must be finite numbers"
            )
        return utilities

    def _one_an_issue(self, field: str, space: Space) -> tuple[Any, ...]:
        """Return a field that must have an entry for each issue."""
        entries: tuple[Any, ...] = getattr(self, field)
        if len(entries) != len(space.issues):
            raise InputError(
                f"{field} has {len(entries)} entries, but there are {len(space.issues)} issues "
                f"({', '.join(space.names)}); give one for each"
            )
        return entries


def along(axis: int, entries: NDArray[np.float64], space: Space) -> NDArray[np.float64]:
    """Return what one issue contributes, (its levels,), as an array that broadcasts to the space's shape."""
    return entries.reshape([-1 if each == axis else 1 for each in range(len(space.issues))])


def levels_worth(worth: tuple[float, ...], axis: int, space: Space) -> NDArray[np.float64]:
    """Return what an issue's levels are worth, (its levels,), of a number for each or of the two at its ends.

    Two numbers on an ordered issue are the worth of its first and its last level, and those between lie evenly
    between.

    Raises
    ------
    InputError
        If there are neither two for an ordered issue nor as many as it has levels.
    """
    issue, levels = space.issues[axis], space.shape[axis]
    if len(worth) == levels:
        return np.array(worth, dtype=np.float64)
    if len(worth) == 2 and issue.is_ordered and levels > 1:
        shares = np.arange(levels) / (levels - 1)
        return worth[0] * (1 - shares) + worth[1] * shares
    ends = ", or two, for the first and the last" if issue.is_ordered and levels > 1 else ""
    raise InputError(
        f"issue {issue.name!r} has {levels} levels, {len(worth)} values given; give one for each{ends}"
    )


preferences: Catalogue[type[Utility]] = Catalogue(__name__, "utility function")
