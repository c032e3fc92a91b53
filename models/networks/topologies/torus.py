"""A grid without borders: the last row is linked with the first, the last column with the first.

**Network.** Node r * columns + c stands in row r, column c; 2 n edges, every degree 4.
**Spectrum.** Laplacian: all sums of an eigenvalue of the ring of `rows` nodes and one of the ring of
`columns` nodes.
**Names.** Two-dimensional torus, square lattice with periodic borders.

Examples
--------
>>> Torus(rows=4, columns=5).build()
<Network torus(rows=4, columns=5): 20 nodes, 40 edges>
"""

import numpy as np
from pydantic import Field

from ..network import Network
from . import Topology

__all__ = ["Torus"]


class Torus(Topology):
    """A grid without borders."""

    rows: int = Field(10, ge=3, description="rows")
    columns: int = Field(10, ge=3, description="columns")

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return self.rows * self.columns, 2 * self.rows * self.columns

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        node = np.arange(self.rows * self.columns).reshape(self.rows, self.columns)
        sources = np.concatenate([node.ravel(), node.ravel()])
        targets = np.concatenate([np.roll(node, -1, axis=1).ravel(), np.roll(node, -1, axis=0).ravel()])
        return Network.from_edges(node.size, sources, targets, name=str(self))
