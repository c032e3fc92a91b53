"""Schedules that were made in Python.

**Valuation.** What is given, as it is.
**Names.** Custom, user-defined market.

Examples
--------
>>> Given(Schedules(values=((8,), (6,)), costs=((3,),), low=0, high=10)).build().buyers
2
"""

from typing import Annotated, Any

import numpy as np
from pydantic import BeforeValidator, Field

from ...agents.errors import InputError
from ..schedules import Schedules
from . import Valuation

__all__ = ["Given"]


def _schedules(given: Any) -> Schedules:
    """Return the schedules that somebody hands over."""
    if isinstance(given, Schedules):
        return given
    if isinstance(given, str) and "#" in given:  # their label in the results of a sweep
        raise InputError(f"the market {given} was made in Python; hand over the object itself again")
    raise InputError(
        f"{given!r:.60} is no market: give a name such as 'smith', the path of a file, or Schedules(values=..., "
        "costs=..., low=..., high=...)"
    )


class Given(Valuation):
    """Schedules made in Python."""

    schedules: Annotated[Schedules, BeforeValidator(_schedules)] = Field(description="Schedules")

    def build(self, rng: np.random.Generator | None = None) -> Schedules:
        """Return the schedules; the generator is not used."""
        return self.schedules

    def canonical(self) -> dict[str, Any]:
        """Return the digest of the schedules in place of their numbers."""
        return {"name": "given", "sha256": self.schedules.digest}

    def __str__(self) -> str:
        """Return a name to tell it by; no text can bring the schedules themselves back."""
        return f"given({self.schedules.name}#{self.schedules.digest[:8]})"
