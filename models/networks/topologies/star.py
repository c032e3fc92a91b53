"""A hub, node 0, that is linked with everybody else, who are linked with nobody else.

**Network.** n nodes in all, n - 1 edges 0 - i.
**Spectrum.** Laplacian: 0, 1 (n - 2 times), n.
**Names.** Star S_n, hub and spokes, K_{1,n-1}; networkx counts the leaves only.

Examples
--------
>>> Star(n=5).build().degrees.tolist()
[4, 1, 1, 1, 1]
"""

import numpy as np
from pydantic import Field

from ..network import Network
from . import Topology

__all__ = ["Star"]


class Star(Topology):
    """A hub and its leaves."""

    n: int = Field(10, ge=2, description="nodes, the hub among them")

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return self.n, self.n - 1

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        leaves = np.arange(1, self.n)
        return Network.from_edges(self.n, np.zeros_like(leaves), leaves, name=str(self))
