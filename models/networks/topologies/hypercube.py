"""The corners of a cube in d dimensions, linked along its edges.

**Network.** 2^d nodes, d 2^(d-1) edges; nodes are linked whose ids differ in one binary digit.
**Spectrum.** Laplacian: 2 k, C(d, k) times, k = 0..d. Averaging ends exactly after d halvings.
**Names.** Hypercube Q_d, binary d-cube; Q_3 is the cube.

Examples
--------
>>> Hypercube(d=3).build()
<Network hypercube(d=3): 8 nodes, 12 edges>
"""

import numpy as np
from pydantic import Field

from ..network import Network
from . import Topology

__all__ = ["Hypercube"]


class Hypercube(Topology):
    """The corners and edges of a d-dimensional cube."""

    d: int = Field(4, ge=1, le=30, description="dimensions")

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return 2**self.d, self.d * 2 ** (self.d - 1)

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        nodes = np.arange(2**self.d)
        across = nodes ^ (1 << np.arange(self.d))[:, None]
        sources, targets = np.broadcast_arrays(nodes, across)
        once = sources < targets
        return Network.from_edges(2**self.d, sources[once], targets[once], name=str(self))
