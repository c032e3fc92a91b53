"""Routes: how many parties must fail before others are cut off, and the ways around those that do.

The vertex connectivity of a network is the least number of nodes whose removal leaves it disconnected, or a
single node. By Menger's theorem it is also the number of routes, no two with a node in common but their ends, that
lead from any node to any other that it is not linked with.

References
----------
.. [1] K. Menger, "Zur allgemeinen Kurventheorie", Fundamenta Mathematicae 10 (1927) 96-115,
       doi:10.4064/fm-10-1-96-115.
"""

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from ...agents.relay import Route, Routes
from .network import Network

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["connectivity", "disjoint_routes", "is_complete"]


def is_complete(network: Network) -> bool:
    """Return whether everybody is linked with everybody."""
    return 2 * network.m == network.n * (network.n - 1)


def connectivity(network: Network) -> int:
    """Return the vertex connectivity: n - 1 where all are linked with all, 0 where it is disconnected.

    Examples
    --------
    >>> from accord.models.networks.topologies.petersen import Petersen
    >>> connectivity(Petersen().build())
    3
    """
    return _connectivity(*_pattern(network))


def disjoint_routes(network: Network, most: int) -> Routes:
    """Return up to so many routes between any two nodes without a link, short ones first.

    Parameters
    ----------
    network
        Who is linked with whom.
    most
        Routes between two nodes at most; there are fewer where the network has no more.

    Notes
    -----
    Routes are found by a maximum flow of shortest augmenting paths. They are the same in every process, and those
    back are those there, reversed.

    Examples
    --------
    >>> from accord.models.networks.topologies.ring import Ring
    >>> routes = disjoint_routes(Ring(5).build(), most=3)
    >>> routes.between[0, 2], routes.longest
    (((0, 1, 2), (0, 4, 3, 2)), 3)
    """
    return _disjoint_routes(*_pattern(network), most)


def _pattern(network: Network) -> tuple[bytes, bytes]:
    """Return what tells networks apart by their links alone, so that what was found can be remembered."""
    return network.indptr.tobytes(), network.indices.tobytes()


def _graph(indptr: bytes, indices: bytes) -> "nx.Graph[int]":
    from networkx import Graph

    starts, ends = (np.frombuffer(part, dtype=np.int32).tolist() for part in (indptr, indices))
    graph: nx.Graph[int] = Graph()
    graph.add_nodes_from(range(len(starts) - 1))
    graph.add_edges_from(
        (node, other) for node in graph for other in ends[starts[node] : starts[node + 1]] if node < other
    )
    return graph


@lru_cache(maxsize=64)
def _connectivity(indptr: bytes, indices: bytes) -> int:
    from networkx import node_connectivity

    return int(node_connectivity(_graph(indptr, indices)))


@lru_cache(maxsize=64)
def _disjoint_routes(indptr: bytes, indices: bytes, most: int) -> Routes:
    from networkx import NetworkXNoPath, node_disjoint_paths
    from networkx.algorithms.connectivity import build_auxiliary_node_connectivity
    from networkx.algorithms.flow import build_residual_network

    graph = _graph(indptr, indices)
    # made once for all pairs
    split: Any = build_auxiliary_node_connectivity(graph)
    residual: Any = build_residual_network(split, "capacity")
    between: dict[tuple[int, int], tuple[Route, ...]] = {}
    for one, other in combinations(graph, 2):
        if graph.has_edge(one, other):
            continue
        try:
            found = node_disjoint_paths(graph, one, other, cutoff=most, auxiliary=split, residual=residual)
            routes = sorted(map(tuple, found), key=lambda route: (len(route), route))
        except NetworkXNoPath:
            routes = []
        between[one, other] = tuple(routes)
        between[other, one] = tuple(route[::-1] for route in routes)
    return Routes(tuple(frozenset(graph[node]) for node in graph), between)
