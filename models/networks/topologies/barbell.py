"""Two complete networks, linked by a path: two camps that hear of each other through few.

**Network.** Nodes 0..m1-1 are one clique, the next m2 a path, the last m1 the other clique; with m2 = 0 one
edge links the cliques.
**Names.** Barbell graph in the convention of networkx, barbell(m1, m2); for m2 = 0 two cliques with a bridge.

Examples
--------
>>> Barbell(m1=5, m2=0).build()
<Network barbell: 10 nodes, 21 edges>
"""

import numpy as np
from pydantic import Field

from ..network import Network
from ..sampling import pairs
from . import Topology

__all__ = ["Barbell"]


class Barbell(Topology):
    """Two cliques and a path between them."""

    m1: int = Field(5, ge=2, description="nodes of either clique")
    m2: int = Field(0, ge=0, description="nodes of the path between them")

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return 2 * self.m1 + self.m2, self.m1 * (self.m1 - 1) + self.m2 + 1

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        low, high = pairs(self.m1, np.arange(self.m1 * (self.m1 - 1) // 2))
        bridge = np.arange(self.m1 - 1, self.m1 + self.m2)
        other = self.m1 + self.m2
        return Network.from_edges(
            2 * self.m1 + self.m2,
            np.concatenate([low, bridge, low + other]),
            np.concatenate([high, bridge + 1, high + other]),
            name=str(self),
        )
