"""Eight nodes, thirteen edges, on which published weight designs can be checked.

**Network.** The small example of Boyd's lecture on optimising Laplacian eigenvalues; nodes are numbered
from 0 here and from 1 there. Fastest averaging contracts by 0.643331 a step, Metropolis weights
by 0.774303, the best constant weight by 0.711858.
**Names.** The 8-node, 13-edge graph of the CVX examples.

References
----------
.. [1] S. Boyd, "Convex optimization of graph Laplacian eigenvalues", Proceedings of the International
       Congress of Mathematicians (Madrid, 2006), volume III, 1311-1319.

Examples
--------
>>> Boyd8().build()
<Network boyd-8: 8 nodes, 13 edges>
"""

import numpy as np

from ..network import Network
from . import Topology

__all__ = ["Boyd8"]

_EDGES = "1-2 2-3 3-4 1-5 2-8 2-4 5-6 5-7 3-7 4-8 6-7 7-8 2-7"  # numbered as in the source


class Boyd8(Topology):
    """Boyd's example of 8 nodes and 13 edges."""

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return 8, 13

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        ends = np.array([edge.split("-") for edge in _EDGES.split()], dtype=int) - 1
        positions = np.array([[1, 3], [2, 2.5], [3, 3], [3, 2], [1, 2], [1, 1], [2, 1.5], [3, 1]])
        return Network.from_edges(8, *ends.T, name=str(self), positions=positions)
