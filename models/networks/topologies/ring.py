"""A cycle: each node is linked with the one before and the one after.

**Network.** n nodes, n edges i - (i + 1 mod n), every degree 2.
**Spectrum.** Laplacian: 2 - 2 cos(2 pi k / n), k = 0..n-1.
**Names.** Cycle C_n, circle, ring lattice of k = 2.

Examples
--------
>>> Ring(n=5).build()
<Network ring(n=5): 5 nodes, 5 edges>
"""

import numpy as np
from pydantic import Field

from ..network import Network
from . import Topology

__all__ = ["Ring"]


class Ring(Topology):
    """A cycle."""

    n: int = Field(20, ge=3, description="nodes")

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return self.n, self.n

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        nodes = np.arange(self.n)
        return Network.from_edges(self.n, nodes, (nodes + 1) % self.n, name=str(self))
