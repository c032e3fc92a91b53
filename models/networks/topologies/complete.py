"""Everybody is linked with everybody.

**Network.** n nodes, n(n - 1)/2 edges, every degree n - 1.
**Spectrum.** Laplacian: 0, n (n - 1 times).
**Names.** Complete graph K_n, all-to-all, fully mixed.

Examples
--------
>>> Complete(n=5).build()
<Network complete(n=5): 5 nodes, 10 edges>
"""

import numpy as np
from pydantic import Field

from ..network import Network
from ..sampling import pairs
from . import Topology

__all__ = ["Complete"]


class Complete(Topology):
    """Everybody with everybody."""

    n: int = Field(10, ge=2, description="nodes")

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return self.n, self.n * (self.n - 1) / 2

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        low, high = pairs(self.n, np.arange(self.n * (self.n - 1) // 2))
        return Network.from_simple_edges(self.n, low, high, name=str(self))
