"""A ring on which each node knows the k nearest, with every link rewired at one end with probability p.

**Network.** n nodes, n k / 2 edges whatever p. A rewired edge keeps its first node and gets a new second one,
uniform over those that the first is not linked with at that time (where it is linked with all, the edge
stays). p = 0 is the ring lattice; a small p already makes paths short while neighbours still know
each other; at p = 1 the degrees still are at least k/2, unlike those of a random graph.
Up to 2000 nodes edges are rewired in the order of networkx; in larger networks all at once, and those whose
new end is refused, a share of about k/n, try again after the others.
**Names.** Watts-Strogatz small world.

References
----------
.. [1] D. J. Watts, S. H. Strogatz, "Collective dynamics of 'small-world' networks", Nature 393 (1998)
       440-442, doi:10.1038/30918.

Examples
--------
>>> WattsStrogatz(n=50, k=4, p=0.2, seed=1).build()
<Network watts-strogatz(n=50, p=0.2, seed=1): 50 nodes, 100 edges>
"""

from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ....agents.errors import InputError
from ..network import Network
from ..sampling import codes, free
from . import Connected, RandomTopology, Seed

__all__ = ["WattsStrogatz"]

_SMALL = 2000  # nodes of which a table of all pairs is small
_ROUNDS = 20  # of proposals; only in dense networks, no larger than such a table, are any refused as often


class WattsStrogatz(RandomTopology):
    """A ring lattice with some links rewired."""

    n: int = Field(100, ge=3, description="nodes")
    k: int = Field(4, ge=2, description="nearest neighbours that each node starts with, half on either side")
    p: float = Field(0.1, ge=0, le=1, description="probability that an edge is rewired")
    connected: Connected = "redraw"
    seed: Seed = None

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return self.n, self.n * (self.k // 2)

    @property
    def way_out(self) -> str:
        """What keeps the ring together."""
        return f"choose k >= {self.k + 2} or a smaller p"

    @model_validator(mode="after")
    def _ring_exists(self) -> Self:
        if self.k % 2:
            raise InputError(
                f"k={self.k}: half of the k neighbours stand on either side; use an even k, {self.k - 1} "
                f"or {self.k + 1}"
            )
        if self.k >= self.n:
            raise InputError(
                f"k={self.k}, n={self.n}: a node has at most n - 1 neighbours; use k <= {self.n - 1} or a "
                "larger n"
            )
        return self

    def draw(self, rng: np.random.Generator) -> Network:
        """Return one draw, connected or not."""
        n, half = self.n, self.k // 2
        sources = np.tile(np.arange(n), half)
        targets = (sources + np.repeat(np.arange(1, half + 1), n)) % n
        waiting = np.flatnonzero(rng.random(n * half) < self.p)
        if n <= _SMALL:
            _rewire_one_by_one(rng, n, sources, targets, waiting)
        else:
            _rewire_together(rng, n, sources, targets, waiting)
        edges = np.sort(codes(n, sources, targets))
        low = edges // n
        return Network.from_simple_edges(n, low, edges - low * n, name=str(self))


def _rewire_one_by_one(
    rng: np.random.Generator,
    n: int,
    sources: NDArray[np.int64],
    targets: NDArray[np.int64],
    waiting: NDArray[np.int64],
) -> None:
    """Give the waiting edges new targets in their order, by a table of all pairs."""
    linked = np.eye(n, dtype=bool)
    linked[sources, targets] = linked[targets, sources] = True
    for edge in waiting.tolist():
        own, old = sources[edge], targets[edge]
        strangers = np.flatnonzero(~linked[own])
        if strangers.size:
            new = strangers[rng.integers(strangers.size)]
            linked[own, old] = linked[old, own] = False
            linked[own, new] = linked[new, own] = True
            targets[edge] = new


def _rewire_together(
    rng: np.random.Generator,
    n: int,
    sources: NDArray[np.int64],
    targets: NDArray[np.int64],
    waiting: NDArray[np.int64],
) -> None:
    """Give the waiting edges new targets in rounds: whose proposal is refused proposes again."""
    for _ in range(_ROUNDS):
        if not waiting.size:
            return
        own, proposed = sources[waiting], rng.integers(n, size=len(waiting))
        accepted = (own != proposed) & free(codes(n, sources, targets), codes(n, own, proposed))
        targets[waiting[accepted]] = proposed[accepted]
        waiting = waiting[~accepted]
    _rewire_one_by_one(rng, n, sources, targets, waiting)
