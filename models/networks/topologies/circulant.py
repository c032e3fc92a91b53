"""A ring on which each node is also linked with those at further offsets on either side.

**Network.** Edges i - (i + s mod n) for each offset s; every degree is twice the number of offsets (one
less where n/2 is among them). Connected where n and the offsets have no common divisor.
**Spectrum.** Laplacian: sum over the offsets of 2 - 2 cos(2 pi k s / n), k = 0..n-1, an offset n/2
counting half.
**Names.** Circulant graph C_n(s_1, s_2, ...); with offsets 1..k/2 the ring lattice of Watts and Strogatz.

Examples
--------
>>> Circulant(n=8, offsets=[1, 3]).build()
<Network circulant(n=8, offsets=[1, 3]): 8 nodes, 16 edges>
"""

from math import gcd
from typing import Self

import numpy as np
from pydantic import Field, model_validator

from ....agents.errors import InputError
from ..network import Network
from . import Topology

__all__ = ["Circulant"]


class Circulant(Topology):
    """A ring with further offsets."""

    n: int = Field(20, ge=3, description="nodes")
    offsets: tuple[int, ...] = Field(
        (1, 2), min_length=1, description="how far apart linked nodes are, 1..n/2"
    )

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return self.n, self.n * len(self.offsets)

    @model_validator(mode="after")
    def _offsets_fit(self) -> Self:
        if len(set(self.offsets)) < len(self.offsets):
            raise InputError(f"offsets={list(self.offsets)}: each offset stands once")
        if wrong := [each for each in self.offsets if not 1 <= each <= self.n // 2]:
            raise InputError(
                f"offsets={list(self.offsets)}, n={self.n}: offsets lie in 1..n/2; use at most {self.n // 2} "
                f"in place of {wrong[0]}, or a larger n"
            )
        if (common := gcd(self.n, *self.offsets)) > 1:
            raise InputError(
                f"offsets={list(self.offsets)}, n={self.n}: all have the divisor {common}, which leaves "
                f"{common} separate rings; add an offset of 1, or use a prime n"
            )
        return self

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        offsets = np.array(self.offsets)[:, None]
        nodes = np.arange(self.n)
        halves = 2 * offsets == self.n  # these links are met from both ends
        once = ~halves | (nodes < offsets)
        sources, targets = np.broadcast_arrays(nodes, (nodes + offsets) % self.n)
        return Network.from_edges(self.n, sources[once], targets[once], name=str(self))
