"""Ones and zeros drawn independently.

**Names.** Random binary inputs, Bernoulli initial condition.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..networks.network import Network
from . import Opening

__all__ = ["Bits"]


class Bits(Opening):
    """One with some probability, else zero."""

    p: float = Field(0.5, ge=0, le=1, description="probability of a one; 1 makes all ones, 0 all zeros")

    def opinions(self, network: Network, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return n bits."""
        return (rng.random(network.n) < self.p).astype(np.float64)
