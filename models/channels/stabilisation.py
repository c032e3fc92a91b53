"""From some time on, whatever happened before, messages arrive within a bound.

**Repair.** A message sent at time t arrives by ``max(t, at) + bound``, even if the channels before in the row lost it
or delayed it for longer; what they deliver sooner is left alone. So a row is as bad as its other channels make it
until the global stabilisation time `at`, and good from then on, and nothing is lost for ever; parties do not know
`at`. An example is ``exponential(mean=5) + loss(p=0.3) + stabilisation(at=30, bound=1)``.
**Promise.** Eventually synchronous: reliable, with that bound from `at` on.
**Names.** Global stabilisation time (GST), partial synchrony with unknown GST, eventually synchronous network.

References
----------
.. [1] C. Dwork, N. Lynch, L. Stockmeyer, "Consensus in the presence of partial synchrony", Journal of the ACM 35
       (1988) 288-323, doi:10.1145/42282.42283.
"""

import numpy as np
from pydantic import Field

from ...agents.machine import Message
from . import Arrivals, Channel

__all__ = ["Stabilisation"]


class Stabilisation(Channel):
    """A bound on delays from some time on."""

    at: float = Field(30.0, ge=0, description="global stabilisation time, in rounds")
    bound: float = Field(1.0, ge=0, description="longest delay from then on, in rounds")

    def route(
        self,
        rng: np.random.Generator,
        now: float,
        sender: int,
        recipient: int,
        message: Message,
        arrivals: Arrivals,
    ) -> Arrivals:
        """Bring forward what would come late, and bring back what was lost."""
        latest = max(now, self.at) + self.bound
        return tuple([min(arrival, latest) for arrival in arrivals]) or (latest,)

    def worst(self, before: float) -> float:
        """Return the bound: what was lost takes it in full."""
        return self.bound

    def reliable(self, before: bool) -> bool:
        """Return True."""
        return True

    def stable_from(self, before: float) -> float:
        """Return the global stabilisation time."""
        return self.at
