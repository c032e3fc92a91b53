"""Some messages are held up, so that later ones overtake them.

**Fault.** Every arrival is late with probability `p`, independently, by a time uniform on [0, extra].
**Promise.** The bound of the channels before, and `extra` on top of it; nothing is lost.
**Names.** Out-of-order delivery, non-FIFO link, jitter.

References
----------
.. [1] J. Bennett, C. Partridge, N. Shectman, "Packet reordering is not pathological network behavior", IEEE/ACM
       Transactions on Networking 7 (1999) 789-798, doi:10.1109/90.811445.
"""

import numpy as np
from pydantic import Field

from ...agents.machine import Message
from . import Arrivals, Channel

__all__ = ["Reordering"]


class Reordering(Channel):
    """Independent extra delays for some."""

    p: float = Field(0.1, ge=0, le=1, description="probability that a message is held up")
    extra: float = Field(2.0, ge=0, description="longest time that it is held up, in rounds")

    def route(
        self,
        rng: np.random.Generator,
        now: float,
        sender: int,
        recipient: int,
        message: Message,
        arrivals: Arrivals,
    ) -> Arrivals:
        """Hold up some arrivals."""
        return tuple(
            [
                arrival + self.extra * rng.random() if rng.random() < self.p else arrival
                for arrival in arrivals
            ]
        )

    def worst(self, before: float) -> float:
        """Return the greatest delay after what was before."""
        return before + (self.extra if self.p > 0 else 0.0)
