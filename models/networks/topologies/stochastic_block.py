"""Nodes fall into groups, and how likely a link is depends on the two groups only.

**Network.** The first sizes[0] nodes are group 0, the next sizes[1] group 1, and so on. A pair is linked with
probability `within` in one group and `between` across groups, or with matrix[g][h]. One group is the
Erdős-Rényi graph.
**Names.** Stochastic block model, planted partition (one `within`, one `between`), communities.

References
----------
.. [1] P. W. Holland, K. B. Laskey, S. Leinhardt, "Stochastic blockmodels: first steps", Social Networks 5
       (1983) 109-137, doi:10.1016/0378-8733(83)90021-7.

Examples
--------
>>> StochasticBlock(sizes=[3, 4], within=1, between=0, connected="any").build()
<Network stochastic-block(sizes=[3, 4], within=1.0, between=0.0, connected=any): 7 nodes, 9 edges>
"""

from itertools import combinations_with_replacement
from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ....agents.errors import InputError
from ..network import Network
from ..sampling import codes, distinct, pairs
from . import Connected, RandomTopology, Seed

__all__ = ["StochasticBlock"]

_Probability = Annotated[float, Field(ge=0, le=1)]


class StochasticBlock(RandomTopology):
    """Groups with their own densities of links."""

    sizes: tuple[Annotated[int, Field(ge=1)], ...] = Field(
        (50, 50), min_length=1, description="nodes of each group"
    )
    within: _Probability = Field(0.2, description="probability of a link inside a group")
    between: _Probability = Field(0.02, description="probability of a link across groups")
    matrix: tuple[tuple[_Probability, ...], ...] | None = Field(
        None, description="probability of a link from group to group, in place of within and between"
    )
    connected: Connected = "redraw"
    seed: Seed = None

    @property
    def probabilities(self) -> NDArray[np.float64]:
        """The probability of a link from group to group, symmetric."""
        if self.matrix is not None:
            return np.array(self.matrix)
        groups = len(self.sizes)
        return np.where(np.eye(groups, dtype=bool), self.within, self.between)

    @property
    def _is_square(self) -> bool:
        """Whether the matrix has a row and a column for every group."""
        return self.matrix is None or {len(self.matrix), *map(len, self.matrix)} == {len(self.sizes)}

    @property
    def size(self) -> tuple[float, float] | None:
        """Nodes, and edges on average."""
        if not self._is_square:
            return None  # refused below, with the reason
        sizes = np.array(self.sizes, dtype=float)
        ends = sizes @ self.probabilities @ sizes - sizes @ self.probabilities.diagonal()
        return float(sizes.sum()), float(ends / 2)

    @property
    def way_out(self) -> str:
        """What makes a connected draw likelier."""
        return "choose larger probabilities"

    @model_validator(mode="after")
    def _matrix_fits(self) -> Self:
        if self.matrix is None:
            return self
        groups = len(self.sizes)
        if not self._is_square:
            raise InputError(f"matrix: {groups} sizes need {groups} rows of {groups} probabilities")
        if not np.array_equal(self.probabilities, self.probabilities.T):
            raise InputError("matrix: links have no direction; make it symmetric, as (P + P.T)/2 is")
        return self

    def draw(self, rng: np.random.Generator) -> Network:
        """Return one draw, connected or not."""
        starts = np.cumsum([0, *self.sizes])
        n = int(starts[-1])
        blocks = []
        for g, h in combinations_with_replacement(range(len(self.sizes)), 2):
            rows, columns = self.sizes[g], self.sizes[h]
            possible = rows * (rows - 1) // 2 if g == h else rows * columns
            drawn = distinct(rng, possible, int(rng.binomial(possible, self.probabilities[g, h])))
            low, high = pairs(rows, drawn) if g == h else np.divmod(drawn, columns)
            blocks.append(codes(n, low + starts[g], high + starts[h]))
        edges = np.sort(np.concatenate(blocks))
        low = edges // n
        return Network.from_simple_edges(n, low, edges - low * n, name=str(self))
