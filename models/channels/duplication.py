"""Messages arrive twice, each with the same probability.

**Fault.** Every arrival is doubled with probability `p`, independently. Before a channel that delays, the copies
part and overtake each other (``duplication(p=0.2) + exponential(mean=1)``); after it they arrive together.
**Promise.** As before: the same bound, and nothing is lost.
**Names.** At-least-once delivery, retransmission without suppression.

References
----------
.. [1] C. Cachin, R. Guerraoui, L. Rodrigues, "Introduction to Reliable and Secure Distributed Programming",
       2nd ed., Springer 2011, doi:10.1007/978-3-642-15260-3, section 2.4 (links).
"""

import numpy as np
from pydantic import Field

from ...agents.machine import Message
from . import Arrivals, Channel

__all__ = ["Duplication"]


class Duplication(Channel):
    """Independent duplicates."""

    p: float = Field(0.1, ge=0, le=1, description="probability that a message arrives twice")

    def route(
        self,
        rng: np.random.Generator,
        now: float,
        sender: int,
        recipient: int,
        message: Message,
        arrivals: Arrivals,
    ) -> Arrivals:
        """Double some arrivals."""
        return tuple(
            [arrival for each in arrivals for arrival in (each,) * (2 if rng.random() < self.p else 1)]
        )

    @property
    def repeats(self) -> bool:
        """Return whether anything is doubled at all."""
        return self.p > 0
