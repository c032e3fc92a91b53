"""A given number of edges between nodes, every such network equally likely.

**Network.** n nodes, m edges, mean degree 2m/n. Connected with high probability if m exceeds n log(n)/2.
**Names.** Erdős-Rényi graph G(n, m), uniform random graph.

References
----------
.. [1] P. Erdős, A. Rényi, "On random graphs I", Publicationes Mathematicae Debrecen 6 (1959) 290-297.

Examples
--------
>>> Gnm(n=50, m=200, connected="any").build()
<Network gnm(n=50, m=200, connected=any): 50 nodes, 200 edges>
"""

from math import ceil, log
from typing import Self

import numpy as np
from pydantic import Field, model_validator

from ....agents.errors import InputError
from ..network import Network
from ..sampling import distinct, pairs
from . import Connected, RandomTopology, Seed

__all__ = ["Gnm"]


class Gnm(RandomTopology):
    """One of all networks with n nodes and m edges."""

    n: int = Field(100, ge=2, description="nodes")
    m: int = Field(400, ge=0, description="edges")
    connected: Connected = "redraw"
    seed: Seed = None

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return self.n, self.m

    @property
    def way_out(self) -> str:
        """The threshold of connectivity, and half as much again."""
        most = self.n * (self.n - 1) // 2
        return f"choose m of about {min(most, ceil(0.75 * self.n * log(self.n)))} or more"

    @model_validator(mode="after")
    def _pairs_suffice(self) -> Self:
        most = self.n * (self.n - 1) // 2
        if self.m > most:
            raise InputError(
                f"m={self.m}, n={self.n}: {self.n} nodes have {most} pairs; use m <= {most} or a larger n"
            )
        if self.connected == "redraw" and self.m < self.n - 1:
            raise InputError(
                f"m={self.m}, n={self.n}: a connected network needs n - 1 edges; use m >= {self.n - 1}, or "
                "connected='giant' or connected='any'"
            )
        return self

    def draw(self, rng: np.random.Generator) -> Network:
        """Return one draw, connected or not."""
        edges = distinct(rng, self.n * (self.n - 1) // 2, self.m)
        return Network.from_simple_edges(self.n, *pairs(self.n, edges), name=str(self))
