"""A square of 64 nodes with cuts: 95 edges, and bottlenecks that weights can work around.

**Network.** An 8 x 8 grid without 17 of its edges, the large example of Boyd's lecture on optimising
Laplacian eigenvalues. Fastest averaging contracts by 0.988292 a step, Metropolis weights by 0.991718.
**Names.** The cut grid of the CVX examples.

References
----------
.. [1] S. Boyd, "Convex optimization of graph Laplacian eigenvalues", Proceedings of the International
       Congress of Mathematicians (Madrid, 2006), volume III, 1311-1319.

Examples
--------
>>> Boyd64().build()
<Network boyd-64: 64 nodes, 95 edges>
"""

import numpy as np

from ..network import Network
from ..sampling import codes
from . import Topology
from .grid import Grid

__all__ = ["Boyd64"]

# numbered from 1 along the rows, as in the source
_CUTS = "41-49 42-50 43-51 44-52 45-53 46-54 8-16 16-24 7-15 15-23 6-14 14-22 5-13 13-21 41-42 33-34 25-26"


class Boyd64(Topology):
    """Boyd's grid with cuts, 64 nodes and 95 edges."""

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return 64, 95

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        grid = Grid(rows=8, columns=8).build()
        sources, targets, _ = grid.edge_list
        cuts = np.array([edge.split("-") for edge in _CUTS.split()], dtype=int) - 1
        kept = ~np.isin(codes(64, sources, targets), codes(64, *cuts.T))
        return Network.from_edges(64, sources[kept], targets[kept], name=str(self), positions=grid.positions)
