"""The members of a university karate club that split in two, and who met whom outside of it.

**Network.** 34 members, 78 ties; node 0 is the instructor, node 33 the administrator. Weights, if asked for,
count the contexts in which two members met.
**Spectrum.** Laplacian, unweighted: lambda_2 = 0.468525, lambda_n = 18.136696.
**Names.** Zachary's karate club.

References
----------
.. [1] W. W. Zachary, "An information flow model for conflict and fission in small groups", Journal of
       Anthropological Research 33 (1977) 452-473, doi:10.1086/jar.33.4.3629752.

Examples
--------
>>> Karate().build()
<Network karate: 34 nodes, 78 edges>
"""

import numpy as np
from pydantic import Field

from ..network import Network
from . import Topology

__all__ = ["Karate"]


class Karate(Topology):
    """Zachary's karate club."""

    weighted: bool = Field(False, description="contexts in which two members met, as weights")

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return 34, 78

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        import networkx as nx

        return Network.from_networkx(
            nx.karate_club_graph(), name=str(self), weight="weight" if self.weighted else None
        )
