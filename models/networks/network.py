"""A network: who may talk to whom, how strongly, and what the nodes are called.

The adjacency is held as the three arrays of a sparse matrix (CSR), never as objects per edge; a
million nodes of mean degree ten take 48 MB. Node ids are 0..n-1; labels keep the names of the source.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array, csr_array, issparse, triu
from scipy.sparse.csgraph import breadth_first_order, connected_components

from ...agents.errors import InputError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["MAX_EDGES", "MAX_NODES", "Network", "require_room"]

MAX_NODES: Final = 100_000_000
MAX_EDGES: Final = 200_000_000  # about 10 GB while they are built, 2 GB after


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
    Network.from_edges : checks and repairs; the constructor itself trusts its arrays.
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
        notes: tuple[str, ...] = (),
        positions: NDArray[np.float64] | None = None,
    ) -> "Network":
        """Return the network of n nodes with the given undirected edges, repaired where needed.

        Self-loops are dropped; parallel edges, in either direction, are merged, their weights added
        (unweighted ones stay 1). Repairs are told in `notes`, after those given.

        Raises
        ------
        InputError
            If an end lies outside 0..n-1, a weight is not a positive finite number, or there are more
            nodes or edges than `MAX_NODES` or `MAX_EDGES`.
        """
        ends = np.stack(
            [np.asarray(sources, dtype=np.int64).ravel(), np.asarray(targets, dtype=np.int64).ravel()]
        )
        if n < 1:
            raise InputError(f"{name}: a network needs at least one node, {n} given")
        require_room(name, n, ends.shape[1])
        if ends.size and (ends.min() < 0 or ends.max() >= n):
            raise InputError(f"{name}: an edge ends outside the node ids 0..{n - 1}")
        values = None if weights is None else np.asarray(weights, dtype=np.float64).ravel()
        if values is not None and not (fine := np.isfinite(values) & (values > 0)).all():
            bad = int(np.argmin(fine))
            raise InputError(
                f"{name}: the edge {_label(labels, ends[0, bad])} - {_label(labels, ends[1, bad])} weighs "
                f"{values[bad]}; weights must be positive numbers (leave an edge of weight 0 out)"
            )
        loops = ends[0] == ends[1]
        if loops.any():
            notes = (*notes, f"dropped {_count(int(loops.sum()), 'self-loop')}")
            ends = ends[:, ~loops]
            values = None if values is None else values[~loops]
        codes = ends.min(axis=0) * n + ends.max(axis=0)
        if values is None:
            codes.sort()
        else:
            order = np.argsort(codes, kind="stable")
            codes, values = codes[order], values[order]
        first = np.concatenate([np.ones(min(1, len(codes)), dtype=bool), codes[1:] != codes[:-1]])
        if not first.all():
            notes = (*notes, f"merged {_count(int((~first).sum()), 'parallel edge')}")
            values = None if values is None else np.add.reduceat(values, np.flatnonzero(first))
            codes = codes[first]
        low = codes // n
        return cls.from_simple_edges(
            n, low, codes - low * n, values, labels=labels, name=name, notes=notes, positions=positions
        )

    @classmethod
    def from_simple_edges(
        cls,
        n: int,
        low: NDArray[np.integer],
        high: NDArray[np.integer],
        weights: NDArray[np.float64] | None = None,
        *,
        labels: Sequence[str] | None = None,
        name: str = "network",
        notes: tuple[str, ...] = (),
        positions: NDArray[np.float64] | None = None,
    ) -> "Network":
        """Return the network of edges that are known to be good: each once, no self-loop, weights positive.

        Nothing is checked. Fastest where ``low < high`` and the edges come sorted by (low, high) or by
        (high, low), as the samplers make them: then no neighbourhood has to be sorted.
        """
        if weights is not None and (weights == 1).all():
            weights = None
        # high -> low first: a stable conversion then leaves each row's neighbours in ascending order
        rows = np.concatenate([high, low], dtype=np.int32, casting="same_kind")
        columns = np.concatenate([low, high], dtype=np.int32, casting="same_kind")
        data = np.ones(len(rows), dtype=np.int8) if weights is None else np.concatenate([weights, weights])
        both = coo_array((data, (rows, columns)), shape=(n, n))
        both.has_canonical_format = True  # there is nothing to sum
        matrix = both.tocsr()
        matrix.sort_indices()  # looks first whether it must
        return cls(
            indptr=matrix.indptr.astype(np.int32, copy=False),
            indices=matrix.indices.astype(np.int32, copy=False),
            edge_weights=None if weights is None else matrix.data,
            labels=labels,
            name=name,
            notes=notes,
            positions=positions,
        )

    @classmethod
    def from_networkx(
        cls, graph: "nx.Graph[Any]", *, name: str | None = None, weight: str | None = "weight"
    ) -> "Network":
        """Return the network of a networkx graph; a directed one is made undirected, and says so.

        Nodes are called by their attribute `label` where all have one, else by what they are. Weights are
        read from the edge attribute `weight` (1 where it is missing; None: from nowhere).
        """
        name = name or graph.name or "network"
        order = {node: i for i, node in enumerate(graph)}
        ends = [(order[u], order[v]) for u, v in graph.edges()]
        edges: Any = () if weight is None else graph.edges(data=weight)
        found = [value for _, _, value in edges]
        weights: NDArray[np.float64] | None = None
        if any(value is not None for value in found):
            try:
                weights = np.array([1.0 if value is None else float(value) for value in found])
            except (TypeError, ValueError):
                raise InputError(
                    f"{name}: the edge attribute {weight!r} is not a number everywhere"
                ) from None
        labels = tuple(str(label) for _, label in graph.nodes(data="label") if label is not None)
        if len(labels) < len(order):
            labels = tuple(str(node) for node in order)
        notes = (f"took {_count(len(ends), 'directed edge')} as undirected",) if graph.is_directed() else ()
        sources, targets = np.array(ends, dtype=np.int64).reshape(-1, 2).T
        return cls.from_edges(
            len(order), sources, targets, weights, labels=_named(labels), name=name, notes=notes
        )

    @classmethod
    def from_adjacency(cls, matrix: Any, *, name: str = "network") -> "Network":
        """Return the network of a symmetric matrix, dense or sparse: entry (i, j) is the weight of i - j.

        Zeros are no edges; what stands on the diagonal is dropped as self-loops, and said so.

        Raises
        ------
        InputError
            If the matrix is not square, not of real numbers, holds NaN or negative entries, or is not
            symmetric (to 1e-12 of its largest entry).
        """
        entries: Any = matrix if issparse(matrix) else np.asarray(matrix)
        if entries.ndim != 2 or entries.shape[0] != entries.shape[1]:
            raise InputError(
                f"{name}: an adjacency matrix is square; this array has the shape {entries.shape}"
            )
        n = entries.shape[0]
        require_room(name, n, 0)
        if entries.dtype.kind not in "biuf":
            raise InputError(f"{name}: an adjacency matrix holds real numbers, not {entries.dtype}")
        square: Any = csr_array(entries, dtype=np.float64)
        square.sum_duplicates()
        _require_entries(
            name, square, ~np.isfinite(square.data) | (square.data < 0), "not a number from 0 up"
        )
        mirrored = (square - square.T).tocsr()
        largest = square.data.max(initial=0.0)
        _require_entries(
            name,
            mirrored,
            mirrored.data > 1e-12 * largest,
            "more than the entry across the diagonal; give a symmetric matrix, such as (A + A.T) / 2",
        )
        square.eliminate_zeros()
        upper = triu(square, k=1, format="coo")
        loops = int(np.count_nonzero(square.diagonal()))
        return cls.from_edges(
            n,
            upper.row,
            upper.col,
            upper.data,
            name=name,
            notes=(f"dropped {_count(loops, 'self-loop')}",) if loops else (),
        )

    def to_networkx(self) -> "nx.Graph[Any]":
        """Return a networkx graph with nodes 0..n-1, their `label`s and, if weighted, edge `weight`s."""
        import networkx as nx

        graph: nx.Graph[Any] = nx.Graph(name=self.name)
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

    @property
    def _pattern(self) -> csr_array:
        """Where there is an edge, at no cost of memory."""
        ones = np.broadcast_to(np.int8(1), self.indices.shape)
        return csr_array((ones, self.indices, self.indptr), shape=(self.n, self.n))

    @cached_property
    def components(self) -> NDArray[np.int32]:
        """The component that each node belongs to, (n,), numbered from 0."""
        labels: NDArray[np.int32] = connected_components(self._pattern, directed=False)[1]
        return labels

    @cached_property
    def is_connected(self) -> bool:
        """Whether there is a path between any two nodes."""
        if self.n == 1:
            return True
        if self.m < self.n - 1 or not self.degrees.all():
            return False
        reached = breadth_first_order(self._pattern, 0, directed=True, return_predecessors=False)
        return len(reached) == self.n

    def require_connected(self) -> "Network":
        """Return the network itself if it is connected.

        Raises
        ------
        InputError
            With the number of components, the size of the largest and the way out.
        """
        if self.is_connected:
            return self
        sizes = np.bincount(self.components)
        raise InputError(
            f"{self.name}: the network falls into {len(sizes)} components, the largest of {sizes.max()} of "
            f"{self.n} nodes; use connected='giant' to take that one, or connected='any' to leave it so"
        )

    def giant_component(self) -> "Network":
        """Return the largest component (of equals, the first) and say so.

        Nodes are renumbered in their order; they keep their labels where they have any.
        """
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
            labels=None if self.labels is None else tuple(compress(self.labels, inside)),
            notes=(*self.notes, note),
            positions=None if self.positions is None else self.positions[inside],
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of nodes, edges, weights and labels, in hexadecimal digits."""
        content = hashlib.sha256()
        for array in (self.indptr, self.indices, self.edge_weights):
            content.update(b"-" if array is None else np.ascontiguousarray(array).tobytes())
        content.update(json.dumps(None if self.labels is None else list(self.labels)).encode())
        return content.hexdigest()

    def __repr__(self) -> str:
        weighted = "" if self.edge_weights is None else ", weighted"
        return f"<Network {self.name}: {self.n} nodes, {_count(self.m, 'edge')}{weighted}>"

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


def require_room(name: str, nodes: float, edges: float) -> None:
    """Raise an InputError where a network would not fit."""
    for count, limit, noun in ((nodes, MAX_NODES, "nodes"), (edges, MAX_EDGES, "edges")):
        if count > limit:
            raise InputError(
                f"{name}: about {count:.3g} {noun} are more than the {limit:.0e} that a network may have; "
                "choose a smaller one"
            )


def _require_entries(name: str, matrix: csr_array, wrong: NDArray[np.bool_], words: str) -> None:
    if wrong.any():
        place = int(np.argmax(wrong))
        row = int(np.searchsorted(matrix.indptr, place, side="right")) - 1
        raise InputError(f"{name}: entry ({row}, {matrix.indices[place]}) is {matrix.data[place]:g} {words}")


def _named(labels: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the labels, or None where they only repeat the ids."""
    return None if labels == tuple(map(str, range(len(labels)))) else labels


def _label(labels: Sequence[str] | None, node: int) -> str:
    return str(node) if labels is None else labels[int(node)]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
