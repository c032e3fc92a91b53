"""A root, node 0, with r children, each with r children of its own, and so on for h generations.

**Network.** (r^(h+1) - 1) / (r - 1) nodes, numbered generation by generation, and one edge fewer; inner
nodes have degree r + 1, the root r, leaves 1.
**Names.** Perfect r-ary tree, complete r-ary tree, Cayley tree cut at height h; for r = 1 a path.

Examples
--------
>>> BalancedTree(r=2, h=2).build().degrees.tolist()
[2, 3, 3, 1, 1, 1, 1]
"""

import numpy as np
from pydantic import Field

from ..network import Network
from . import Topology

__all__ = ["BalancedTree"]


class BalancedTree(Topology):
    """A perfect r-ary tree."""

    r: int = Field(2, ge=1, le=1_000_000, description="children of every inner node")
    h: int = Field(4, ge=1, le=30, description="generations below the root")

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        n = sum(self.r**generation for generation in range(self.h + 1))
        return n, n - 1

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        n = int(self.size[0])
        children = np.arange(1, n)
        return Network.from_edges(n, (children - 1) // self.r, children, name=str(self))
