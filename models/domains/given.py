"""A bargain that was made in Python.

**Domain.** What is given, as it is: a `Bargain`, or an array of utilities, (outcomes, parties), whose outcomes
are then called by their numbers and whose parties get nothing without a deal.
**Names.** Custom, user-defined domain.

Examples
--------
>>> Given([[1, 0], [0.7, 0.7], [0, 1]]).build()
<Bargain given: 3 outcomes, 2 parties>
"""

from typing import Annotated, Any

import numpy as np
from pydantic import BeforeValidator, Field

from ...agents.errors import InputError
from ...agents.outcomes import Integer, Space
from ...agents.profile import Profile
from ..bargain import Bargain
from . import Domain

__all__ = ["Given"]


def _bargain(given: Any) -> Bargain:
    """Return the bargain that somebody hands over."""
    if isinstance(given, Bargain):
        return given
    if isinstance(given, str) and "#" in given:  # its label in the results of a sweep
        raise InputError(f"the bargain {given} was made in Python; hand over the object itself again")
    try:
        table = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        table = np.empty(0)
    if table.ndim != 2 or not table.size:
        raise InputError(
            f"{given!r:.60} is no bargain: give a name such as 'pie(steps=10)', the path of a file, a Bargain, or an "
            "array of utilities (outcomes, parties)"
        )
    space = Space([Integer(name="outcome", low=0, high=len(table) - 1)])
    return Bargain(space, [Profile(utilities) for utilities in table.T], "given")


class Given(Domain):
    """A bargain or an array of utilities made in Python."""

    bargain: Annotated[Bargain, BeforeValidator(_bargain)] = Field(
        description="Bargain, or utilities (outcomes, parties)"
    )

    def build(self, rng: np.random.Generator | None = None) -> Bargain:
        """Return the bargain; the generator is not used."""
        return self.bargain

    def canonical(self) -> dict[str, Any]:
        """Return the digest of the bargain in place of its arrays."""
        return {"name": "given", "sha256": self.bargain.digest}

    def __str__(self) -> str:
        """Return a name to tell it by; no text can bring the bargain itself back."""
        return f"given({self.bargain.name}#{self.bargain.digest[:8]})"

    def __hash__(self) -> int:
        """Hash by content, as the arrays cannot."""
        return hash(self.bargain.digest)
