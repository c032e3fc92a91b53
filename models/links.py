"""Links: who can deal with whom, and what a deal is worth, as arrays that solvers run over."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..agents.errors import InputError
from .networks.network import Network

__all__ = ["Links"]

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Links:
    """The links of a network, each once in either direction; all of one source stand together.

    Parameters
    ----------
    starts : (n + 1,)
        Where the links of each node begin.
    sources, targets : (2m,)
        The ends of each link.
    reverse : (2m,)
        Where the same link stands in the other direction.
    worths : (2m,)
        What a deal is worth, the same in both directions.
    """

    starts: NDArray[np.intp]
    sources: NDArray[np.intp]
    targets: NDArray[np.intp]
    reverse: NDArray[np.intp]
    worths: Values

    @classmethod
    def of(cls, network: Network) -> "Links":
        """Return the links of a network; the weight of a link is what a deal is worth, 1 where it has none."""
        sources, targets = network.rows.astype(np.intp), network.indices.astype(np.intp)
        worths = np.ones(len(targets)) if network.edge_weights is None else network.edge_weights
        return cls(network.indptr.astype(np.intp), sources, targets, np.lexsort((sources, targets)), worths)

    def but(self, worths: ArrayLike) -> "Links":
        """Return the same links with other worths, (2m,).

        Raises
        ------
        InputError
            If a worth is negative or no number, or differs between the directions of a link.
        """
        given = np.broadcast_to(np.asarray(worths, dtype=np.float64), self.sources.shape)
        wrong = ~(np.isfinite(given) & (given >= 0) & (given == given[self.reverse]))
        if wrong.any():
            bad = int(np.argmax(wrong))
            raise InputError(
                f"worths: a deal between {self.sources[bad]} and {self.targets[bad]} is worth {given[bad]:g}, and "
                f"{given[self.reverse[bad]]:g} the other way round; give one number from 0 up for each link"
            )
        return replace(self, worths=given)

    @property
    def n(self) -> int:
        """Number of nodes."""
        return len(self.starts) - 1

    @property
    def m(self) -> int:
        """Number of links."""
        return len(self.sources) // 2

    @cached_property
    def once(self) -> NDArray[np.intp]:
        """Where each link stands from its smaller node to its greater one, (m,)."""
        return np.flatnonzero(self.sources < self.targets)

    @cached_property
    def linked(self) -> NDArray[np.intp]:
        """The nodes that have a link, ascending."""
        return np.flatnonzero(np.diff(self.starts))

    @property
    def top(self) -> float:
        """What the best link is worth; 0 where there is none."""
        return float(self.worths.max(initial=0.0))

    def greatest(self, values: Values) -> Values:
        """Return the greatest of some values on each node's links, none of them negative, (n,); 0 without a link."""
        found = np.zeros(self.n)
        if self.m:
            found[self.linked] = np.maximum.reduceat(values, self.starts[self.linked])
        return found

    def greatest_of_others(self, values: Values) -> Values:
        """Return for each link the greatest value on its source's other links, none negative, (2m,); 0 without."""
        found = self.greatest(values)[self.sources]
        places = np.flatnonzero(values == found)
        nodes = self.sources[places]
        first = places[np.flatnonzero(np.diff(nodes, prepend=-1))]
        rest = values.copy()
        rest[first] = 0.0
        found[first] = self.greatest(rest)[self.sources[first]]
        return found
