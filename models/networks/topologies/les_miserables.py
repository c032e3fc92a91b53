"""The characters of Victor Hugo's novel, and who appears in a chapter with whom.

**Network.** 77 characters, 254 ties. Weights, if asked for, count the chapters that two characters share.
**Names.** Les Misérables, Knuth's coappearance network.

References
----------
.. [1] D. E. Knuth, "The Stanford GraphBase: a platform for combinatorial computing", Addison-Wesley (1993).

Examples
--------
>>> network = LesMiserables().build()
>>> network.node_labels[int(network.degrees.argmax())]
'Valjean'
"""

import numpy as np
from pydantic import Field

from ..network import Network
from . import Topology

__all__ = ["LesMiserables"]


class LesMiserables(Topology):
    """Coappearance in Les Misérables."""

    weighted: bool = Field(False, description="chapters that two characters share, as weights")

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return 77, 254

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        import networkx as nx

        return Network.from_networkx(
            nx.les_miserables_graph(), name=str(self), weight="weight" if self.weighted else None
        )
