"""Two groups; everybody is linked with all of the other group and nobody of their own.

**Network.** Nodes 0..a-1 and a..a+b-1, a b edges.
**Spectrum.** Laplacian: 0, a (b - 1 times), b (a - 1 times), a + b.
**Names.** Complete bipartite graph K_{a,b}, biclique.

Examples
--------
>>> CompleteBipartite(a=3, b=3).build()
<Network complete-bipartite(a=3, b=3): 6 nodes, 9 edges>
"""

import numpy as np
from pydantic import Field

from ..network import Network
from . import Topology

__all__ = ["CompleteBipartite"]


class CompleteBipartite(Topology):
    """Two groups, each linked with all of the other."""

    a: int = Field(5, ge=1, description="nodes of the first group")
    b: int = Field(5, ge=1, description="nodes of the second group")

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return self.a + self.b, self.a * self.b

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        first = np.repeat(np.arange(self.a), self.b)
        second = np.tile(np.arange(self.a, self.a + self.b), self.a)
        return Network.from_simple_edges(self.a + self.b, first, second, name=str(self))
