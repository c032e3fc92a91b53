"""A rectangle of rows and columns, each node linked with those above, below, left and right.

**Network.** Node r * columns + c stands in row r, column c; (rows - 1) columns + rows (columns - 1) edges.
**Spectrum.** Laplacian: all sums of an eigenvalue of the path of `rows` nodes and one of the path of
`columns` nodes.
**Names.** Two-dimensional grid, square lattice with open borders, von Neumann neighbourhood.

Examples
--------
>>> Grid(rows=4, columns=4).build()
<Network grid(rows=4, columns=4): 16 nodes, 24 edges>
"""

import numpy as np
from pydantic import Field

from ..network import Network
from . import Topology

__all__ = ["Grid"]


class Grid(Topology):
    """A rectangle with open borders."""

    rows: int = Field(10, ge=1, description="rows")
    columns: int = Field(10, ge=2, description="columns")

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return self.rows * self.columns, 2 * self.rows * self.columns - self.rows - self.columns

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        n = self.rows * self.columns
        node = np.arange(n).reshape(self.rows, self.columns)
        sources = np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()])
        targets = np.concatenate([node[:, 1:].ravel(), node[1:].ravel()])
        row, column = np.divmod(np.arange(n), self.columns)
        positions = np.column_stack([column, -row]).astype(float)
        return Network.from_edges(n, sources, targets, name=str(self), positions=positions)
