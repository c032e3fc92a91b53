"""A network that was made in Python: a networkx graph, a matrix, a list of edges.

**Network.** What is given, as it is: a networkx graph of any kind (directions are dropped), a `Network`, a
symmetric adjacency matrix (numpy or scipy.sparse), or a list of edges (source, target) or (source,
target, weight) whose nodes are called anything. Integers 0..n-1 are taken for the ids; other names become
labels, in the order in which they come.
**Names.** Custom, user-defined network.

Examples
--------
>>> Given([("Ada", "Bob"), ("Bob", "Cleo")]).build().labels
('Ada', 'Bob', 'Cleo')
"""

from collections.abc import Iterable
from typing import Annotated, Any

import numpy as np
from pydantic import BeforeValidator, Field
from scipy.sparse import issparse

from ....agents.errors import InputError
from ..files import of_named_edges
from ..network import Network
from . import Held, Topology, held_connected

__all__ = ["Given"]


def _network(given: Any) -> Network:
    """Return the network that somebody hands over."""
    if isinstance(given, Network):
        return given
    if issparse(given) or isinstance(given, np.ndarray):
        return Network.from_adjacency(given, name="given")
    if all(hasattr(given, each) for each in ("edges", "is_directed", "adj")):  # without importing networkx
        return Network.from_networkx(given, name=str(given.name) or "given")
    if isinstance(given, list | tuple | set | frozenset) and given and all(_is_edge(each) for each in given):
        return _of_edges(list(given))
    if isinstance(given, str) and "#" in given:  # its label in the results of a sweep
        raise InputError(f"the network {given} was made in Python; hand over the graph itself again")
    raise InputError(
        f"{given!r:.60} is not a network: give a name such as 'ring(n=20)', the path of a file, a networkx "
        "graph, an adjacency matrix or a list of edges (source, target) or (source, target, weight)"
    )


def _is_edge(each: Any) -> bool:
    return isinstance(each, Iterable) and not isinstance(each, str) and len(tuple(each)) in (2, 3)


def _of_edges(edges: list[tuple[Any, ...]]) -> Network:
    if len({len(edge) for edge in edges}) > 1:
        raise InputError("given: some edges have a weight and some have none; give all a weight, or none")
    import pandas as pd

    if any(end is None or end != end for edge in edges for end in edge[:2]):
        raise InputError("given: an edge has no name (None or NaN) at one end; leave such edges out")
    names = pd.Series([str(edge[end]) for end in (0, 1) for edge in edges], dtype=str)
    try:
        weights = np.array([float(edge[2]) for edge in edges]) if len(edges[0]) == 3 else None
    except (TypeError, ValueError):
        raise InputError("given: an edge is (source, target, weight) with a number as its weight") from None
    return of_named_edges(names, weights, title="given")


class Given(Topology):
    """A graph, matrix or list of edges made in Python."""

    network: Annotated[Network, BeforeValidator(_network)] = Field(
        description="networkx graph, Network, adjacency matrix or list of edges"
    )
    connected: Held = "required"

    @property
    def size(self) -> tuple[float, float]:
        """Nodes and edges."""
        return self.network.n, self.network.m

    def build(self, rng: np.random.Generator | None = None) -> Network:
        """Return the network; the generator is not used."""
        return held_connected(self.network, self.connected)

    def canonical(self) -> dict[str, Any]:
        """Return the digest of the network in place of its arrays."""
        return {"name": "given", "sha256": self.network.digest, "connected": self.connected}

    def __str__(self) -> str:
        """Return a name to tell it by; no text can bring the network itself back."""
        held = "" if self.connected == "required" else f", connected={self.connected}"
        return f"given({self.network.name}#{self.network.digest[:8]}{held})"

    def __hash__(self) -> int:
        """Hash by content, as the arrays cannot."""
        return hash((self.network.digest, self.connected))
