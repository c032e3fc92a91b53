"""Connectivity and disjoint routes, held to what is known of famous networks and to what routes must be."""

import subprocess
import sys
from itertools import combinations
from typing import Any

import networkx as nx
import pytest
from accord.models.networks.network import Network
from accord.models.networks.routes import connectivity, disjoint_routes
from accord.models.networks.topologies import topologies
from hypothesis import given, settings
from hypothesis import strategies as st


def built(text: str) -> Network:
    network: Network = topologies.choose(text).build()
    return network


# textbook values; karate has a member with a single friend
@pytest.mark.parametrize(
    ("network", "known"),
    [
        ("path(n=5)", 1),
        ("star(n=6)", 1),
        ("karate", 1),
        ("barbell(m1=4, m2=0)", 1),
        ("ring(n=9)", 2),
        ("grid(rows=3, columns=4)", 2),
        ("petersen", 3),
        ("wheel(n=8)", 3),
        ("hypercube(d=2)", 2),
        ("hypercube(d=4)", 4),
        ("torus(rows=4, columns=5)", 4),
        ("complete-bipartite(a=3, b=5)", 3),
        ("circulant(n=9, offsets=[1, 2])", 4),
        ("complete(n=6)", 5),
        ("complete(n=2)", 1),
        ("erdos-renyi(n=4, p=0, connected=any)", 0),
    ],
)
def test_known_connectivities(network: str, known: int) -> None:
    assert connectivity(built(network)) == known


def test_labels_and_weights_make_no_difference() -> None:
    assert connectivity(built("karate(weighted=True)")) == connectivity(built("karate"))


def test_routes_in_a_ring_go_both_ways_around_the_short_one_first() -> None:
    routes = disjoint_routes(built("ring(n=5)"), most=9)
    assert routes.neighbours[0] == {1, 4}
    assert routes.between[0, 2] == ((0, 1, 2), (0, 4, 3, 2))
    assert routes.between[2, 0] == ((2, 1, 0), (2, 3, 4, 0))
    assert (0, 1) not in routes.between
    assert routes.longest == 3


def test_on_a_complete_network_nobody_is_far() -> None:
    routes = disjoint_routes(built("complete(n=5)"), most=3)
    assert (routes.between, routes.longest) == ({}, 1)


def test_a_disconnected_network_has_pairs_without_routes() -> None:
    routes = disjoint_routes(built("erdos-renyi(n=3, p=0, connected=any)"), most=3)
    assert set(routes.between.values()) == {()}


def test_routes_of_the_petersen_graph_are_as_short_as_can_be() -> None:
    # of three disjoint routes between strangers one has two links, and as there are no circles of three or four the
    # others have three
    routes = disjoint_routes(built("petersen"), most=3)
    assert {tuple(len(route) - 1 for route in each) for each in routes.between.values()} == {(2, 3, 3)}


@settings(deadline=None, max_examples=40)
@given(n=st.integers(3, 9), p=st.floats(0.2, 0.9), seed=st.integers(0, 2**20), most=st.integers(1, 6))
def test_routes_are_simple_disjoint_and_as_many_as_there_are(n: int, p: float, seed: int, most: int) -> None:
    graph: nx.Graph[Any] = nx.gnp_random_graph(n, p, seed=seed)
    network = Network.from_networkx(graph)
    routes = disjoint_routes(network, most)
    assert set(routes.between) == {
        (a, b) for a in graph for b in graph if a != b and not graph.has_edge(a, b)
    }
    for (one, other), ways in routes.between.items():
        assert all((way[0], way[-1]) == (one, other) and nx.is_simple_path(graph, way) for way in ways)
        inside = [node for way in ways for node in way[1:-1]]
        assert len(inside) == len(set(inside))
        assert len(ways) == min(most, nx.node_connectivity(graph, one, other))
        assert list(map(len, ways)) == sorted(map(len, ways))
        assert routes.between[other, one] == tuple(way[::-1] for way in ways)
    # Menger: connectivity is the least number of routes between any two that are not linked
    least = min((len(ways) for ways in disjoint_routes(network, n).between.values()), default=n - 1)
    assert connectivity(network) == least


def test_parties_know_their_places_on_routes() -> None:
    routes = disjoint_routes(built("harary(k=3, n=8)"), most=3)
    for (origin, target), ways in routes.between.items():
        for path, way in enumerate(ways):
            node = origin
            while (after := _next(routes, node, origin, target, path)) is not None:
                node = after
            assert node == target
            assert {node for node in range(8) if (origin, target, path) in routes.hops[node]} == set(way[1:])


def _next(routes: Any, node: int, origin: int, target: int, path: int) -> int | None:
    if node == origin:
        return int(routes.between[origin, target][path][1])
    hop = routes.hops[node][origin, target, path]
    return None if hop.after is None else int(hop.after)


def test_routes_are_the_same_in_every_process() -> None:
    code = (
        "from accord.models.networks.topologies import topologies; "
        "from accord.models.networks.routes import disjoint_routes; "
        "print(sorted(disjoint_routes(topologies.choose('hypercube(d=4)').build(), 3).between.items()))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1] != ""


def test_routes_are_found_once() -> None:
    assert disjoint_routes(built("petersen"), 3) is disjoint_routes(built("petersen"), 3)


def test_few_traitors_leave_a_majority_of_routes() -> None:
    # whoever the two traitors are, between any two others three of five routes are without them
    routes = disjoint_routes(built("harary(k=5, n=9)"), most=5)
    for pair in combinations(range(9), 2):
        for (one, other), ways in routes.between.items():
            if not {one, other} & set(pair):
                assert sum(not set(way) & set(pair) for way in ways) >= 3
