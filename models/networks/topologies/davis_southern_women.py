"""Eighteen women of a town in the American South, and the fourteen social events that they went to.

**Network.** 32 nodes, the women first, 89 ties, each between a woman and an event: bipartite.
**Names.** Davis's southern women, Deep South, southern women club.

References
----------
.. [1] A. Davis, B. B. Gardner, M. R. Gardner, "Deep South: a social anthropological study of caste and
       class", University of Chicago Press (1941).

Examples
--------
>>> DavisSouthernWomen().build()
<Network davis-southern-women: 32 nodes, 89 edges>
"""

import numpy as np

from ..network import Network
from . import Topology

__all__ = ["DavisSouthernWomen"]


class DavisSouthernWomen(Topology):
    """Women and the events they attended."""

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return 32, 89

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        import networkx as nx

        return Network.from_networkx(nx.davis_southern_women_graph(), name=str(self), weight=None)
