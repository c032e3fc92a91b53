"""Every node has the same number of neighbours, and who they are is random.

**Network.** n nodes of degree d, n d / 2 edges; connected with high probability if d is at least 3. Drawn by
pairing n d stubs at random; each self-loop or parallel edge that comes out, (d^2 - 1)/4 in all on average
whatever n, is switched with a random edge until none is left. A pairing that needs no switch is exactly
uniform over all d-regular networks; the switches, few among many edges, make the rest nearly so in
large networks. Where d exceeds (n - 1)/2 the complement is drawn.
**Names.** Random d-regular graph, pairing or configuration model.

References
----------
.. [1] B. Bollobás, "A probabilistic proof of an asymptotic formula for the number of labelled regular
       graphs", European Journal of Combinatorics 1 (1980) 311-316, doi:10.1016/S0195-6698(80)80030-8.
.. [2] B. D. McKay, N. C. Wormald, "Uniform generation of random regular graphs of moderate degree", Journal
       of Algorithms 11 (1990) 52-67, doi:10.1016/0196-6774(90)90029-E.

Examples
--------
>>> set(RandomRegular(n=20, d=3).build().degrees.tolist())
{3}
"""

from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ....agents.errors import InputError
from ..network import Network
from ..sampling import codes, free
from . import Connected, RandomTopology, Seed

__all__ = ["RandomRegular"]

_ROUNDS = 100  # of switches, before the stubs are paired anew


class RandomRegular(RandomTopology):
    """Random neighbours, d for everybody."""

    n: int = Field(50, ge=2, description="nodes")
    d: int = Field(4, ge=1, description="neighbours of every node")
    connected: Connected = "redraw"
    seed: Seed = None

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return self.n, self.n * self.d / 2

    @property
    def way_out(self) -> str:
        """What makes a connected draw likelier."""
        return "choose d >= 3"

    @model_validator(mode="after")
    def _exists(self) -> Self:
        if self.d >= self.n:
            raise InputError(
                f"d={self.d}, n={self.n}: a node has at most n - 1 neighbours; use d <= {self.n - 1} or a "
                "larger n"
            )
        if self.n * self.d % 2:
            raise InputError(
                f"n={self.n}, d={self.d}: n*d must be even, as every edge has two ends; use n={self.n + 1} "
                f"or d={self.d + 1 if self.d + 1 < self.n else self.d - 1}"
            )
        return self

    def draw(self, rng: np.random.Generator) -> Network:
        """Return one draw, connected or not."""
        n, d = self.n, self.d
        if d <= (n - 1) // 2:
            edges = _regular(rng, n, d)
        else:
            every = codes(n, *np.triu_indices(n, 1))
            edges = np.setdiff1d(every, _regular(rng, n, n - 1 - d), assume_unique=True)
        low = edges // n
        return Network.from_simple_edges(n, low, edges - low * n, name=str(self))


def _regular(rng: np.random.Generator, n: int, d: int) -> NDArray[np.int64]:
    """Return the codes of a simple d-regular network's edges, ascending; d <= (n - 1)/2."""
    stubs = np.repeat(np.arange(n), d)
    while True:
        rng.shuffle(stubs)
        first, second = stubs.reshape(2, -1).copy()
        for _ in range(_ROUNDS):
            edges = codes(n, first, second)
            ordered = np.sort(edges)
            bad = _faults(edges, ordered, first == second)
            if not bad.size:
                return ordered
            _switch(rng, n, first, second, bad)


def _faults(
    edges: NDArray[np.int64], ordered: NDArray[np.int64], loops: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return which edges are self-loops, or parallel to one before them."""
    repeated = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    copies = np.flatnonzero(np.isin(edges, repeated)) if repeated.size else repeated
    originals = copies[np.unique(edges[copies], return_index=True)[1]]
    return np.union1d(np.flatnonzero(loops), np.setdiff1d(copies, originals))


def _switch(
    rng: np.random.Generator,
    n: int,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    bad: NDArray[np.int64],
) -> None:
    """Let bad edges swap their second ends with an end of a random good one, if that makes two good ones."""
    partner = rng.integers(len(first), size=len(bad))
    turned = partner[rng.random(len(bad)) < 0.5]
    first[turned], second[turned] = second[turned], first[turned]
    a, b, c, d = first[bad], second[bad], first[partner], second[partner]
    proposed = np.concatenate([codes(n, a, d), codes(n, c, b)])
    new = free(codes(n, first, second), proposed).reshape(2, -1).all(axis=0)
    once = np.zeros(len(bad), dtype=bool)
    once[np.unique(partner, return_index=True)[1]] = True
    fine = new & once & ~np.isin(partner, bad) & (a != d) & (c != b)
    second[bad[fine]], second[partner[fine]] = d[fine], b[fine]
