"""Ten nodes, fifteen edges: an outer ring, an inner star of five points, and spokes between them.

**Network.** Outer nodes 0..4, inner nodes 5..9; every degree 3, any two nodes at most two steps apart,
edge-transitive: no weights are faster than the best constant one.
**Spectrum.** Laplacian: 0, 2 (5 times), 5 (4 times).
**Names.** Petersen graph, Kneser graph K(5, 2).

References
----------
.. [1] J. Petersen, "Sur le théorème de Tait", L'Intermédiaire des Mathématiciens 5 (1898) 225-227.

Examples
--------
>>> Petersen().build()
<Network petersen: 10 nodes, 15 edges>
"""

import numpy as np

from ..network import Network
from . import Topology

__all__ = ["Petersen"]


class Petersen(Topology):
    """The Petersen graph."""

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return 10, 15

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        outer = np.arange(5)
        sources = np.concatenate([outer, outer, outer + 5])
        targets = np.concatenate([(outer + 1) % 5, outer + 5, (outer + 2) % 5 + 5])
        return Network.from_edges(10, sources, targets, name=str(self))
