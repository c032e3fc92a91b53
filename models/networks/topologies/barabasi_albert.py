"""Nodes come one after another and link with m of those before, the likelier the more links these have.

**Network.** Starts as a star of m + 1 nodes, its hub node 0; every later node draws m different earlier ones,
each draw with probability proportional to the degree before it came, repeated draws drawn again. n nodes,
m (n - m) edges, always connected; the share of nodes of degree k tends to 2m(m+1)/(k(k+1)(k+2)). The same
law as networkx's `barabasi_albert_graph`.
**Names.** Barabási-Albert scale-free network, preferential attachment.

References
----------
.. [1] A.-L. Barabási, R. Albert, "Emergence of scaling in random networks", Science 286 (1999) 509-512,
       doi:10.1126/science.286.5439.509.
.. [2] V. Batagelj, U. Brandes, "Efficient generation of large random networks", Physical Review E
       71 (2005) 036113, doi:10.1103/PhysRevE.71.036113.
       (Degrees as a list in which every edge writes down both ends.)

Examples
--------
>>> BarabasiAlbert(n=50, m=2).build()
<Network barabasi-albert(n=50, m=2): 50 nodes, 96 edges>
"""

from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ....agents.errors import InputError
from ..network import Network
from . import RandomTopology, Seed

__all__ = ["BarabasiAlbert"]


class BarabasiAlbert(RandomTopology):
    """Growth by preferential attachment."""

    n: int = Field(100, ge=2, description="nodes")
    m: int = Field(3, ge=1, description="links that each new node makes")
    seed: Seed = None

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return self.n, self.m * (self.n - self.m)

    @model_validator(mode="after")
    def _star_fits(self) -> Self:
        if self.m >= self.n:
            raise InputError(
                f"m={self.m}, n={self.n}: growth starts with m + 1 nodes; use m <= {self.n - 1} or a larger n"
            )
        return self

    def draw(self, rng: np.random.Generator) -> Network:
        """Return one draw."""
        n, m = self.n, self.m
        star = np.arange(1, m + 1)
        targets = np.sort(_targets(rng, n, m), axis=1)
        return Network.from_simple_edges(
            n,
            np.concatenate([np.zeros_like(star), targets.ravel()]),
            np.concatenate([star, np.repeat(np.arange(m + 1, n), m)]),
            name=str(self),
        )


def _targets(rng: np.random.Generator, n: int, m: int) -> NDArray[np.int64]:
    """Return the m nodes that each of the nodes m+1..n-1 links with, (n - m - 1, m).

    Both ends of every edge stand in one long list, so that a uniform place in it is a node drawn by degree:
    first the star, then for every new node its m targets and m times itself. A place among the targets of
    an earlier node stands for whatever that one drew; such references are followed all at once. Only
    where a node drew another one twice, and where others refer to that draw, is anything done one by one.
    """
    new = n - m - 1
    star = np.concatenate([np.zeros(m, dtype=np.int64), np.arange(1, m + 1)])
    place = rng.integers(np.repeat(2 * m * np.arange(1, new + 1), m))
    chunk, offset = np.divmod(place - 2 * m, 2 * m)
    refers = (chunk >= 0) & (offset < m)
    own = np.arange(new * m)
    root = np.where(refers, chunk * m + offset, own)
    known = np.where(chunk < 0, star[np.minimum(place, 2 * m - 1)], chunk + m + 1)
    drawn = known[_followed(root)]

    repeats = _repeats(drawn.reshape(new, m))
    if not repeats.size:
        return drawn.reshape(new, m)
    broken = np.zeros(new * m, dtype=bool)
    broken[repeats] = True
    affected = np.flatnonzero(broken[_followed(np.where(broken, own, root))])
    broken[affected] = True
    settled: dict[int, set[int]] = {}
    for draw in affected.tolist():  # in the order of growth: all that a draw refers to is right by then
        node = draw // m
        if node not in settled:
            mates = slice(node * m, node * m + m)
            settled[node] = set(drawn[mates][~broken[mates]].tolist())
        value = int(known[draw] if root[draw] == draw else drawn[root[draw]])
        while value in settled[node]:
            again = int(rng.integers(2 * m * (node + 1)))
            earlier, within = divmod(again - 2 * m, 2 * m)
            if earlier < 0:
                value = int(star[again])
            else:
                value = int(drawn[earlier * m + within]) if within < m else earlier + m + 1
        settled[node].add(value)
        drawn[draw] = value
    return drawn.reshape(new, m)


def _followed(reference: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each chain of references ends, by steps of doubling length."""
    end = reference
    while True:
        further = end[end]
        if np.array_equal(further, end):
            return end
        end = further


def _repeats(drawn: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return which draws, numbered row by row, repeat one before them in their row."""
    ordered = np.sort(drawn, axis=1)
    rows = np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))
    order = np.argsort(drawn[rows], axis=1, kind="stable")
    row, place = np.nonzero(np.diff(np.take_along_axis(drawn[rows], order, axis=1), axis=1) == 0)
    repeats: NDArray[np.int64] = rows[row] * drawn.shape[1] + order[row, place + 1]
    return repeats
