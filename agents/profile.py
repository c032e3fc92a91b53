"""One party's private side of a negotiation: what each outcome is worth to it, and what no deal is.

Utilities are evaluated once and sorted once; what a tactic asks for then is one binary search.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import InputError

__all__ = ["Profile", "once_a_pair"]

R = TypeVar("R")
T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Profile:
    """Utilities of all outcomes of a discrete space, and what time and failure cost.

    Parameters
    ----------
    utilities : (size,)
        One for each outcome, by its number; finite. Kept read-only.
    reservation
        Utility of no deal. It may lie above every outcome: then there is no zone of agreement.
    discount
        What a utility is multiplied by for each round that has passed, in (0, 1].
    name
        What the party is called; "": nothing.

    Raises
    ------
    InputError
        If there are no outcomes, a number is not finite, or the discount lies outside (0, 1].

    Examples
    --------
    >>> buyer = Profile([0.2, 1.0, 0.6, 0.4], reservation=0.25)
    >>> buyer.order, buyer.ranked
    (array([1, 2, 3, 0]), array([1. , 0.6, 0.4, 0.2]))
    >>> buyer.above([0.5, 0.9]), buyer.count(0.5), buyer.acceptable, float(buyer.at(0.5))
    (array([2, 1]), 2, array([1, 2, 3]), 0.625)
    """

    utilities: NDArray[np.float64]
    reservation: float = 0.0
    discount: float = 1.0
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "utilities", _checked(self.utilities, self._called))
        if not np.isfinite(self.reservation):
            raise InputError(f"{self._called}: reservation={self.reservation} must be a finite number")
        if not 0 < self.discount <= 1:
            raise InputError(f"{self._called}: discount={self.discount:g} must lie above 0, and be at most 1")

    @property
    def _called(self) -> str:
        return f"profile {self.name!r}" if self.name else "profile"

    def __len__(self) -> int:
        """Return how many outcomes there are."""
        return len(self.utilities)

    def __reduce__(self) -> tuple[object, ...]:
        return (Profile, (self.utilities, self.reservation, self.discount, self.name))

    @cached_property
    def order(self) -> NDArray[np.intp]:
        """Outcome numbers from best to worst, (size,); of equals the lowest number first."""
        return _fixed(np.argsort(-self.utilities, kind="stable"))

    @cached_property
    def ranked(self) -> NDArray[np.float64]:
        """Utilities in that order, (size,)."""
        return _fixed(self.utilities[self.order])

    @cached_property
    def _falling(self) -> NDArray[np.float64]:
        return _fixed(-self.ranked)  # ascending, as binary search wants it

    def count(self, target: float) -> int:
        """Return how many outcomes are worth at least the target: the first so many of `order`."""
        return int(np.searchsorted(self._falling, -target, side="right"))

    def above(self, targets: ArrayLike) -> NDArray[np.intp]:
        """Return for each target the outcome worth least of those worth at least so much; the best, if none is.

        Of equals it is the one with the lowest number. Shaped as the targets are.
        """
        enough = np.searchsorted(self._falling, np.negative(targets), side="right")
        worth = self.ranked[np.maximum(enough, 1) - 1]
        nearest: NDArray[np.intp] = self.order[np.searchsorted(self._falling, -worth, side="left")]
        return nearest

    def between(self, low: float, high: float) -> NDArray[np.intp]:
        """Return the outcomes worth at least `low`, and at most `high` or as little as any of them: never none.

        From best to worst; where nothing is worth so much, the best.
        """
        nearest = self.ranked[max(self.count(low), 1) - 1]
        start = np.searchsorted(self._falling, -max(high, nearest), side="left")
        return self.order[start : max(self.count(low), 1)]

    @property
    def best(self) -> float:
        """The greatest utility."""
        return float(self.ranked[0])

    def at(self, shares: ArrayLike) -> NDArray[np.float64]:
        """Return the utility that is a share of the way from the reservation (0) to the best outcome (1)."""
        return np.asarray(self.reservation + (self.best - self.reservation) * np.asarray(shares))

    @property
    def acceptable(self) -> NDArray[np.intp]:
        """Outcomes worth at least the reservation, from best to worst."""
        return self.order[: self.count(self.reservation)]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that the profile says, in hexadecimal digits; two with one digest are equal."""
        told = repr((self.name, float(self.reservation), float(self.discount))).encode()
        return hashlib.sha256(told + self.utilities.tobytes()).hexdigest()


def _checked(utilities: ArrayLike, called: str) -> NDArray[np.float64]:
    """Return a read-only copy of utilities that can be used."""
    array = np.array(utilities, dtype=np.float64)
    if array.ndim != 1 or not array.size:
        raise InputError(
            f"{called}: utilities of shape {array.shape}; give one for each outcome, and at least one"
        )
    wrong = np.flatnonzero(~np.isfinite(array))
    if wrong.size:
        raise InputError(
            f"{called}: the utility of outcome {wrong[0]} is {array[wrong[0]]}; utilities must be finite numbers"
        )
    return _fixed(array)


def _fixed(array: NDArray[T]) -> NDArray[T]:
    array.flags.writeable = False
    return array


def once_a_pair(work: Callable[[Profile, Profile], R]) -> Callable[[Profile, Profile], R]:
    """Return a function of two profiles that works each pair out once, and forgets it when one of them is gone.

    What it returns must not hold on to the profiles.
    """
    known: WeakKeyDictionary[Profile, WeakKeyDictionary[Profile, R]] = WeakKeyDictionary()

    @wraps(work)
    def remembered(one: Profile, other: Profile) -> R:
        others = known.setdefault(one, WeakKeyDictionary())
        if other not in others:
            others[other] = work(one, other)
        return others[other]

    return remembered
