"""Messages are lost, each with the same probability.

**Fault.** Every arrival is dropped with probability `p`, independently.
**Promise.** None: a message may be lost for ever, unless a stabilisation later in the row delivers it all the same.
**Names.** Bernoulli loss, omission failure of a link, fair-loss link.

References
----------
.. [1] C. Cachin, R. Guerraoui, L. Rodrigues, "Introduction to Reliable and Secure Distributed Programming",
       2nd ed., Springer 2011, doi:10.1007/978-3-642-15260-3, section 2.4 (fair-loss links).
"""

import numpy as np
from pydantic import Field

from ...agents.machine import Message
from . import Arrivals, Channel

__all__ = ["Loss"]


class Loss(Channel):
    """Independent losses."""

    p: float = Field(0.1, ge=0, le=1, description="probability that a message is lost")

    def route(
        self,
        rng: np.random.Generator,
        now: float,
        sender: int,
        recipient: int,
        message: Message,
        arrivals: Arrivals,
    ) -> Arrivals:
        """Drop arrivals."""
        return tuple([arrival for arrival in arrivals if rng.random() >= self.p])

    def reliable(self, before: bool) -> bool:
        """Return False: a message may never arrive."""
        return before and self.p == 0
