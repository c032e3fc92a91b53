"""A bargain: what is negotiated about, and what it is worth to whom."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..agents.errors import InputError
from ..agents.outcomes import Space
from ..agents.profile import Profile

__all__ = ["Bargain"]


@dataclass(frozen=True, eq=False)
class Bargain:
    """A discrete outcome space, and the profile of each party, in their order.

    Parameters
    ----------
    space
        All outcomes.
    profiles
        Of two parties at least; each knows every outcome of the space.
    name
        What it is called.
    notes
        What was repaired or chosen when it was made, in sentences.

    Raises
    ------
    InputError
        If there are fewer than two profiles, one does not fit the space, or two have one name.

    Examples
    --------
    >>> from accord.agents.outcomes import Integer
    >>> bargain = Bargain(Space([Integer("price", 0, 2)]), [Profile([2, 1, 0]), Profile([0, 1, 2], reservation=0.5)])
    >>> bargain
    <Bargain: 3 outcomes, 2 parties>
    >>> bargain.utilities[1], bargain.disagreement
    (array([1., 1.]), array([0. , 0.5]))
    """

    space: Space
    profiles: Sequence[Profile]
    name: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "profiles", tuple(self.profiles))
        if len(self.profiles) < 2:
            raise InputError(
                f"{len(self.profiles)} profiles are too few for a bargain; give two parties one each"
            )
        for number, profile in enumerate(self.profiles):
            if len(profile) != self.space.size:
                raise InputError(
                    f"profile {profile.name or number} has {len(profile)} utilities, but the space has "
                    f"{self.space.size} outcomes; evaluate every outcome"
                )
        names = [profile.name for profile in self.profiles if profile.name]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise InputError(f"two parties are called {twice!r}; give each a name of its own")

    def __repr__(self) -> str:
        name = f" {self.name}" if self.name else ""
        return f"<Bargain{name}: {self.space.size:,} outcomes, {len(self.profiles)} parties>"

    def __reduce__(self) -> tuple[object, ...]:
        return (Bargain, (self.space, self.profiles, self.name, self.notes))

    @cached_property
    def utilities(self) -> NDArray[np.float64]:
        """What each outcome is worth to each party, (size, parties), read-only: what `agents.solutions` works with."""
        table = np.stack([profile.utilities for profile in self.profiles], axis=1)
        table.flags.writeable = False
        return table

    @property
    def disagreement(self) -> NDArray[np.float64]:
        """What no deal is worth to each party, (parties,)."""
        return np.array([profile.reservation for profile in self.profiles])

    @cached_property
    def digest(self) -> str:
        """SHA-256 of space and profiles, in hexadecimal digits; two bargains with one digest are equal."""
        told = [*map(str, self.space.issues), *(profile.digest for profile in self.profiles)]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()
