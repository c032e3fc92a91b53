"""Every message takes the same time.

**Delay.** `delay` units of time, always.
**Promise.** Synchronous with bound `delay`. Messages on a link keep their order.
**Names.** Lockstep, synchronous network, unit delays.

References
----------
.. [1] N. A. Lynch, "Distributed Algorithms", Morgan Kaufmann 1996, chapter 2 (the synchronous model).
"""

from typing import ClassVar

import numpy as np
from pydantic import Field

from ...agents.machine import Message
from . import Arrivals, Channel

__all__ = ["Constant"]


class Constant(Channel):
    """The same delay for every message."""

    delays: ClassVar[bool] = True

    delay: float = Field(1.0, ge=0, description="time that a message takes, in rounds")

    def route(
        self,
        rng: np.random.Generator,
        now: float,
        sender: int,
        recipient: int,
        message: Message,
        arrivals: Arrivals,
    ) -> Arrivals:
        """Add the delay."""
        return tuple([arrival + self.delay for arrival in arrivals])

    def worst(self, before: float) -> float:
        """Return the delay after what was before."""
        return before + self.delay
