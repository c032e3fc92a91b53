"""Nodes lie at random in the unit square, and those within a radius of each other are linked.

**Network.** n nodes; away from the borders the mean degree is about n pi radius^2. Connected with high
probability if that exceeds log(n). Near nodes share their neighbours; paths are long.
**Names.** Random geometric graph, unit disk graph, Gilbert disk model, sensor network.

References
----------
.. [1] M. Penrose, "Random Geometric Graphs", Oxford University Press (2003),
       doi:10.1093/acprof:oso/9780198506263.001.0001.

Examples
--------
>>> RandomGeometric(n=50, radius=0.3).build().positions.shape
(50, 2)
"""

from math import log, pi, sqrt

import numpy as np
from pydantic import Field

from ..network import Network
from ..sampling import codes
from . import Connected, RandomTopology, Seed

__all__ = ["RandomGeometric"]


class RandomGeometric(RandomTopology):
    """Random places in a square, linked where they are near."""

    n: int = Field(100, ge=2, description="nodes")
    radius: float = Field(
        0.2, ge=0, description="distance up to which nodes are linked, in sides of the square"
    )
    connected: Connected = "redraw"
    seed: Seed = None

    @property
    def size(self) -> tuple[float, float]:
        """Nodes, and about how many edges (borders make it fewer)."""
        return self.n, self.n * (self.n - 1) / 2 * min(1.0, pi * self.radius**2)

    @property
    def way_out(self) -> str:
        """A radius at which most draws are connected."""
        return f"choose a radius of about {1.5 * sqrt(log(self.n) / (pi * self.n)):.2g} or more"

    def draw(self, rng: np.random.Generator) -> Network:
        """Return one draw, connected or not."""
        from scipy.spatial import KDTree

        positions = rng.random((self.n, 2))
        near = KDTree(positions).query_pairs(self.radius, output_type="ndarray")
        edges = np.sort(codes(self.n, *near.T))
        low = edges // self.n
        return Network.from_simple_edges(
            self.n, low, edges - low * self.n, name=str(self), positions=positions
        )
