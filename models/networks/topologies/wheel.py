"""A hub, node 0, and a ring of all the others, each linked with the hub.

**Network.** n nodes in all, 2(n - 1) edges; the hub has degree n - 1, the rim 3.
**Spectrum.** Laplacian: 0, n, 3 - 2 cos(2 pi k / (n - 1)), k = 1..n-2.
**Names.** Wheel W_n (W_{n-1} to those who count the rim only).

Examples
--------
>>> Wheel(n=6).build().degrees.tolist()
[5, 3, 3, 3, 3, 3]
"""

import numpy as np
from pydantic import Field

from ..network import Network
from . import Topology

__all__ = ["Wheel"]


class Wheel(Topology):
    """A ring around a hub."""

    n: int = Field(10, ge=4, description="nodes, the hub among them")

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return self.n, 2 * (self.n - 1)

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        rim = np.arange(1, self.n)
        sources = np.concatenate([np.zeros_like(rim), rim])
        targets = np.concatenate([rim, np.roll(rim, -1)])
        return Network.from_edges(self.n, sources, targets, name=str(self))
