"""Every pair of nodes is linked with the same probability, independently of all others.

**Network.** n nodes; the number of edges is binomial with mean p n(n - 1)/2, degrees are binomial with mean
p (n - 1). Connected with high probability if p exceeds log(n)/n, and hardly ever below. Drawn exactly:
first the number of edges, then which pairs have them.
**Names.** Erdős-Rényi graph G(n, p), Gilbert's random graph, binomial random graph.

References
----------
.. [1] E. N. Gilbert, "Random graphs", Annals of Mathematical Statistics 30 (1959) 1141-1144,
       doi:10.1214/aoms/1177706098.
.. [2] P. Erdős, A. Rényi, "On random graphs I", Publicationes Mathematicae Debrecen 6 (1959) 290-297.

Examples
--------
>>> ErdosRenyi(n=20, p=1).build()
<Network erdos-renyi(n=20, p=1.0): 20 nodes, 190 edges>
"""

from math import log

import numpy as np
from pydantic import Field

from ..network import Network
from ..sampling import distinct, pairs
from . import Connected, RandomTopology, Seed

__all__ = ["ErdosRenyi"]


class ErdosRenyi(RandomTopology):
    """Every pair is linked with probability p."""

    n: int = Field(100, ge=2, description="nodes")
    p: float = Field(0.08, ge=0, le=1, description="probability that a pair of nodes is linked")
    connected: Connected = "redraw"
    seed: Seed = None

    @property
    def size(self) -> tuple[float, float]:
        """Nodes, and edges on average."""
        return self.n, self.p * self.n * (self.n - 1) / 2

    @property
    def way_out(self) -> str:
        """The threshold of connectivity, and half as much again."""
        return f"choose p of about {min(1.0, 1.5 * log(self.n) / self.n):.2g} or more"

    def draw(self, rng: np.random.Generator) -> Network:
        """Return one draw, connected or not."""
        possible = self.n * (self.n - 1) // 2
        edges = distinct(rng, possible, int(rng.binomial(possible, self.p)))
        return Network.from_simple_edges(self.n, *pairs(self.n, edges), name=str(self))
