"""Every message takes a time of its own, drawn uniformly from an interval.

**Delay.** Uniform on [low, high], independent for each message, so messages overtake each other.
**Promise.** Synchronous with bound `high`.
**Names.** Bounded random delay, jitter.

References
----------
.. [1] N. A. Lynch, "Distributed Algorithms", Morgan Kaufmann 1996, chapter 23 (partially synchronous models).
"""

from typing import ClassVar

import numpy as np
from pydantic import Field, model_validator

from ...agents.errors import InputError
from ...agents.machine import Message
from . import Arrivals, Channel

__all__ = ["Uniform"]


class Uniform(Channel):
    """A uniformly distributed delay."""

    delays: ClassVar[bool] = True

    low: float = Field(0.0, ge=0, description="least delay, in rounds")
    high: float = Field(1.0, ge=0, description="greatest delay, in rounds")

    @model_validator(mode="after")
    def _ordered(self) -> "Uniform":
        if self.low > self.high:
            raise InputError(f"low={self.low:g} must be at most high={self.high:g}")
        return self

    def route(
        self,
        rng: np.random.Generator,
        now: float,
        sender: int,
        recipient: int,
        message: Message,
        arrivals: Arrivals,
    ) -> Arrivals:
        """Add a delay drawn anew for each arrival."""
        return tuple([arrival + self.low + (self.high - self.low) * rng.random() for arrival in arrivals])

    def worst(self, before: float) -> float:
        """Return the greatest delay after what was before."""
        return before + self.high
