"""Most messages are quick, and a few take very long.

**Delay.** Lomax, that is Pareto from zero on: P(delay > x) = (1 + x / scale)^-alpha, independent for each message.
The mean is scale / (alpha - 1), and infinite for alpha <= 1; the variance is infinite for alpha <= 2.
**Promise.** Every message arrives at last, after no bound: asynchronous.
**Names.** Pareto type II, power-law latency, stragglers, tail at scale.

References
----------
.. [1] K. S. Lomax, "Business failures: another example of the analysis of failure data", Journal of the American
       Statistical Association 49 (1954) 847-852, doi:10.1080/01621459.1954.10501239.
"""

from math import inf
from typing import ClassVar

import numpy as np
from pydantic import Field

from ...agents.machine import Message
from . import Arrivals, Channel

__all__ = ["HeavyTailed"]


class HeavyTailed(Channel):
    """A Lomax-distributed delay."""

    delays: ClassVar[bool] = True

    # with a much smaller alpha, delays would exceed the greatest floating-point number
    alpha: float = Field(1.5, ge=0.1, description="exponent of the tail; the smaller, the heavier")
    scale: float = Field(1.0, gt=0, description="delay that is exceeded with probability 2^-alpha, in rounds")

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
        return tuple([arrival + self.scale * rng.pareto(self.alpha) for arrival in arrivals])

    def worst(self, before: float) -> float:
        """Return inf."""
        return inf
