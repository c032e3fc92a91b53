"""Opinions evenly spaced from one end to the other, in the order of the nodes.

**Names.** Linear initial condition; deterministic, so runs differ by nothing but their network and traitors.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..networks.network import Network
from . import Opening

__all__ = ["Ramp"]


class Ramp(Opening):
    """Evenly spaced opinions."""

    low: float = Field(0.0, description="opinion of node 0")
    high: float = Field(1.0, description="opinion of node n - 1")

    def opinions(self, network: Network, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return n evenly spaced values."""
        return np.linspace(self.low, self.high, network.n)
