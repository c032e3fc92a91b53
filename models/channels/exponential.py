"""Every message takes a time of its own, drawn from an exponential distribution.

**Delay.** Exponential with the given mean, independent for each message: memoryless, so how long a message has been
under way says nothing about when it will arrive.
**Promise.** Every message arrives at last, after no bound: asynchronous.
**Names.** Poisson service, memoryless delay, M/M/infinity link.

References
----------
.. [1] A. M. Law, "Simulation Modeling and Analysis", 5th ed., McGraw-Hill 2015, chapter 6.
"""

from math import inf
from typing import ClassVar

import numpy as np
from pydantic import Field

from ...agents.machine import Message
from . import Arrivals, Channel

__all__ = ["Exponential"]


class Exponential(Channel):
    """An exponentially distributed delay."""

    delays: ClassVar[bool] = True

    mean: float = Field(1.0, gt=0, description="mean delay, in rounds")

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
        return tuple([arrival + self.mean * rng.standard_exponential() for arrival in arrivals])

    def worst(self, before: float) -> float:
        """Return inf."""
        return inf
