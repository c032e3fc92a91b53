"""The fewest links with which k nodes must fail before the others are cut off.

**Network.** n nodes, connectivity k, kn/2 links rounded up. A ring on which each node is linked with those at most
k/2 steps away; if k is odd, also with the one opposite (n odd: two nodes take the place of the one in the middle, and
node 0 has one link more). k = 1 is a path, k = 2 a ring, k = n - 1 complete.
**Spectrum.** For even k that of the circulant network with offsets 1..k/2.
**Names.** Harary graph H_{k,n}, minimal k-connected graph.

References
----------
.. [1] F. Harary, "The maximum connectivity of a graph", Proceedings of the National Academy of Sciences 48 (1962)
       1142-1146, doi:10.1073/pnas.48.7.1142.

Examples
--------
>>> Harary(k=5, n=8).build()
<Network harary(k=5, n=8): 8 nodes, 20 edges>
"""

from typing import Self

import numpy as np
from pydantic import Field, model_validator

from ....agents.errors import InputError
from ..network import Network
from . import Topology

__all__ = ["Harary"]


class Harary(Topology):
    """As connected as can be with so few links."""

    k: int = Field(3, ge=1, description="nodes that must go before the rest falls apart")
    n: int = Field(16, ge=2, description="nodes, more than k")

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return self.n, (self.k * self.n + 1) // 2 if self.k > 1 else self.n - 1

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.k >= self.n:
            raise InputError(f"k={self.k}, n={self.n}: connectivity is at most n - 1; use k <= {self.n - 1}")
        return self

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        from networkx import hkn_harary_graph

        return Network.from_networkx(hkn_harary_graph(self.k, self.n), name=str(self))
