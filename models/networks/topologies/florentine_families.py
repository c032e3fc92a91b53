"""The great families of Florence around 1430, and which of them married.

**Network.** 15 families, 20 marriage ties; the Pucci, who married into none of the others, are left out.
**Names.** Padgett's Florentine families, marriage network, Medici network.

References
----------
.. [1] J. F. Padgett, C. K. Ansell, "Robust action and the rise of the Medici, 1400-1434", American Journal
       of Sociology 98 (1993) 1259-1319, doi:10.1086/230190.
.. [2] R. L. Breiger, P. E. Pattison, "Cumulated social roles: the duality of persons and their algebras",
       Social Networks 8 (1986) 215-256, doi:10.1016/0378-8733(86)90006-7.

Examples
--------
>>> network = FlorentineFamilies().build()
>>> network.node_labels[int(network.degrees.argmax())]
'Medici'
"""

import numpy as np

from ..network import Network
from . import Topology

__all__ = ["FlorentineFamilies"]


class FlorentineFamilies(Topology):
    """The marriages of the Florentine families."""

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return 15, 20

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        import networkx as nx

        return Network.from_networkx(nx.florentine_families_graph(), name=str(self), weight=None)
