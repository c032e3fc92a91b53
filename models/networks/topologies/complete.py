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

from ..everybody import Everybody
from ..network import Network
from . import Topology

__all__ = ["Complete"]


class Complete(Topology):
    """Everybody with everybody."""

    n: int = Field(10, ge=2, description="nodes")

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return self.n, self.n * (self.n - 1) / 2

    @property
    def room(self) -> tuple[float, float]:
        """Its nodes: links that nobody asks for are not written down."""
        return self.n, 0

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        return Everybody(self.n, str(self))
