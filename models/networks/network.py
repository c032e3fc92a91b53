"""A network: who may talk to whom, how strongly, and what the nodes are called.

The adjacency is held as the three arrays of a sparse matrix (CSR), never as objects per edge; a
million nodes of mean degree ten take 48 MB. Node ids are 0..n-1; labels keep the names of the source.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from ...agents.errors import InputError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Network"]


@dataclass(frozen=True, eq=False)
class Network:
    """An undirected network without self-loops or parallel edges.

    Parameters
    ----------
    indptr : (n + 1,) int32
    indices : (2m,) int32
        Neighbours of node i are ``indices[indptr[i]:indptr[i + 1]]``, ascending; each edge stands in
        both directions.
    edge_weights : (2m,) float64 or None
        Positive weights in the order of `indices`; None where every edge weighs 1.
    labels : sequence of n str or None
        The nodes' names; None where they are their ids.
    name : str
        What was built, in the text form that rebuilds it.
    notes : tuple of str
        What was repaired on the way (self-loops dropped, parallel edges merged, giant component taken).
    positions : (n, 2) float64 or None
        Coordinates, where the topology lives in the plane.

    See Also
    --------
    Network.from_edges : the constructor that checks and repairs; this one trusts its arrays.
    """

    indptr: NDArray[np.int32]
    indices: NDArray[np.int32]
    edge_weights: NDArray[np.float64] | None = None
    labels: Sequence[str] | None = None
    name: str = "network"
    notes: tuple[str, ...] = ()
    positions: NDArray[np.float64] | None = field(default=None, repr=False)

    @classmethod
    def from_edges(
        cls,
        n: int,
        sources: ArrayLike,
        targets: ArrayLike,
        weights: ArrayLike | None = None,
        *,
        labels: Sequence[str] | None = None,
        name: str = "network",
        positions: NDArray[np.float64] | None = None,
    ) -> "Network":
        """Return the network of n nodes with the given undirected edges, repaired where needed.

        Self-loops are dropped; parallel edges, in either direction, are merged, their weights added
        (unweighted ones stay 1). Repairs are told in `notes`.

        Raises
        ------
        InputError
            If an end lies outside 0..n-1, or a weight is not a positive finite number.
        """
        ends = np.stack([np.asarray(sources, dtype=np.int64).ravel(), np.asarray(targets, dtype=np.int64).ravel()])
        if n < 1:
            raise InputError(f"{name}: a network needs at least one node, {n} given")
        if n > np.iinfo(np.int32).max:
            raise InputError(f"{name}: {n} nodes are more than node ids can number (2147483647)")
        if ends.size and (ends.min() < 0 or ends.max() >= n):
            raise InputError(f"{name}: an edge ends outside the node ids 0..{n - 1}")
        values = None if weights is None else np.asarray(weights, dtype=np.float64).ravel()
        if values is not None and not (np.isfinite(values) & (values > 0)).all():
            bad = int(np.argmin(np.isfinite(values) & (values > 0)))
            raise InputError(
                f"{name}: the edge {_label(labels, ends[0, bad])} - {_label(labels, ends[1, bad])} weighs "
                f"{values[bad]}; weights must be positive numbers (leave an edge of weight 0 out)"
            )
        notes = []
        loops = ends[0] == ends[1]
        if loops.any():
            notes.append(f"dropped {_count(int(loops.sum()), 'self-loop')}")
            ends = ends[:, ~loops]
            values = None if values is None else values[~loops]
        low, high = ends.min(axis=0), ends.max(axis=0)
        codes = low * n + high
        if values is None:
            unique = np.unique(codes)
            merged = len(codes) - len(unique)
        else:
            unique, place = np.unique(codes, return_inverse=True)
            merged = len(codes) - len(unique)
            values = np.bincount(place, weights=values, minlength=len(unique))
        if merged:
            notes.append(f"merged {_count(merged, 'parallel edge')}")
        low, high = unique // n, unique % n
        return cls._from_upper(n, low, high, values, labels, name, tuple(notes), positions)

    @classmethod
    def _from_upper(
        cls,
        n: int,
        low: NDArray[np.int64],
        high: NDArray[np.int64],
        values: NDArray[np.float64] | None,
        labels: Sequence[str] | None,
        name: str,
        notes: tuple[str, ...],
        positions: NDArray[np.float64] | None,
    ) -> "Network":
        """Build from distinct edges with low < high, sorted by (low, high)."""
        data = np.ones(len(low), dtype=np.int8) if values is None else values
        upper = coo_array((data, (low.astype(np.int32), high.astype(np.int32))), shape=(n, n)).tocsr()
        both = (upper + upper.T).tocsr()
        both.sort_indices()
        return cls(
            indptr=both.indptr.astype(np.int32, copy=False),
            indices=both.indices.astype(np.int32, copy=False),
            edge_weights=None if values is None else both.data,
            labels=labels,
            name=name,
            notes=notes,
            positions=positions,
        )

    @classmethod
    def from_networkx(cls, graph: "nx.Graph", *, name: str | None = None, weight: str = "weight") -> "Network":
        """Return the network of a networkx graph; directions are ignored, labels kept.

        Weights are read from the edge attribute `weight` if any edge carries it (1 where it is missing).
        """
        order = {node: i for i, node in enumerate(graph)}
        edges = list(graph.edges(data=weight))
        weighted = any(value is not None for _, _, value in edges)
        return cls.from_edges(
            len(order),
            [order[u] for u, _, _ in edges],
            [order[v] for _, v, _ in edges],
            [1.0 if value is None else value for _, _, value in edges] if weighted else None,
            labels=None if list(order) == list(range(len(order))) else tuple(str(node) for node in order),
            name=name or graph.name or "network",
        )

    def to_networkx(self) -> "nx.Graph":
        """Return a networkx graph with nodes 0..n-1, their `label`s and, if weighted, edge `weight`s."""
        import networkx as nx

        graph: nx.Graph = nx.Graph(name=self.name)
        graph.add_nodes_from((i, {"label": label}) for i, label in enumerate(self.node_labels))
        sources, targets, weights = self.edge_list
        if self.edge_weights is None:
            graph.add_edges_from(zip(sources.tolist(), targets.tolist(), strict=True))
        else:
            graph.add_weighted_edges_from(
                zip(sources.tolist(), targets.tolist(), weights.tolist(), strict=True)
            )
        return graph

    @property
    def n(self) -> int:
        """Number of nodes."""
        return len(self.indptr) - 1

    @property
    def m(self) -> int:
        """Number of edges."""
        return len(self.indices) // 2

    @property
    def degrees(self) -> NDArray[np.int32]:
        """Number of neighbours of each node, (n,)."""
        return np.diff(self.indptr)

    @property
    def rows(self) -> NDArray[np.int32]:
        """The node that each entry of `indices` is a neighbour of, (2m,)."""
        return np.repeat(np.arange(self.n, dtype=np.int32), self.degrees)

    @property
    def edge_list(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
        """Each edge once, as (source, target, weight) with source < target, each (m,)."""
        rows = self.rows
        upper = rows < self.indices
        weights = np.ones(self.m) if self.edge_weights is None else self.edge_weights[upper]
        return rows[upper], self.indices[upper], weights

    @property
    def adjacency(self) -> csr_array:
        """The symmetric weighted adjacency matrix, (n, n) float64 CSR."""
        data = np.ones(len(self.indices)) if self.edge_weights is None else self.edge_weights
        return csr_array((data, self.indices, self.indptr), shape=(self.n, self.n))

    @property
    def node_labels(self) -> Sequence[str]:
        """The nodes' names; their ids where they have none."""
        return self.labels if self.labels is not None else [str(i) for i in range(self.n)]

    def neighbours(self, node: int) -> NDArray[np.int32]:
        """Return the neighbours of a node, ascending."""
        return self.indices[self.indptr[node] : self.indptr[node + 1]]

    @cached_property
    def components(self) -> NDArray[np.int32]:
        """The component that each node belongs to, (n,), numbered from 0."""
        pattern = csr_array(
            (np.broadcast_to(np.int8(1), self.indices.shape), self.indices, self.indptr), shape=(self.n, self.n)
        )
        labels: NDArray[np.int32] = connected_components(pattern, directed=False)[1]
        return labels

    @property
    def is_connected(self) -> bool:
        """Whether there is a path between any two nodes."""
        return bool(self.components.max() == 0)

    def giant_component(self) -> "Network":
        """Return the largest component (of equals, the first) with its nodes renumbered, and say so."""
        if self.is_connected:
            return self
        sizes = np.bincount(self.components)
        inside = self.components == sizes.argmax()
        new_id = np.cumsum(inside, dtype=np.int32) - np.int32(1)
        kept = inside[self.rows]  # both ends of an edge lie in one component
        note = f"took the giant component: {sizes.max()} of {self.n} nodes, {len(sizes)} components"
        return replace(
            self,
            indptr=np.concatenate([[0], np.cumsum(self.degrees[inside])]).astype(np.int32),
            indices=new_id[self.indices[kept]],
            edge_weights=None if self.edge_weights is None else self.edge_weights[kept],
            labels=tuple(label for label, keep in zip(self.node_labels, inside, strict=True) if keep),
            notes=(*self.notes, note),
            positions=None if self.positions is None else self.positions[inside],
        )

    def __repr__(self) -> str:
        return f"<Network {self.name}: {self.n} nodes, {_count(self.m, 'edge')}>"

    def __eq__(self, other: Any) -> bool:
        """Equal nodes, edges, weights and labels."""
        if not isinstance(other, Network):
            return NotImplemented
        return (
            np.array_equal(self.indptr, other.indptr)
            and np.array_equal(self.indices, other.indices)
            and list(self.node_labels) == list(other.node_labels)
            and np.array_equal(self.adjacency.data, other.adjacency.data)
        )

    __hash__ = None  # type: ignore[assignment]  # it holds arrays


def _label(labels: Sequence[str] | None, node: int) -> str:
    return str(node) if labels is None else labels[int(node)]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
