"""A line: each node is linked with the next; the slowest of all connected networks to agree.

**Network.** n nodes, n - 1 edges i - (i + 1).
**Spectrum.** Laplacian: 2 - 2 cos(pi k / n), k = 0..n-1.
**Names.** Path P_n, line, chain.

Examples
--------
>>> Path(n=5).build().degrees.tolist()
[1, 2, 2, 2, 1]
"""

import numpy as np
from pydantic import Field

from ..network import Network
from . import Topology

__all__ = ["Path"]


class Path(Topology):
    """A line."""

    n: int = Field(10, ge=2, description="nodes")

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return self.n, self.n - 1

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        nodes = np.arange(self.n - 1)
        return Network.from_edges(self.n, nodes, nodes + 1, name=str(self))
