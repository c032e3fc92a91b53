"""Balanced outcomes: what is known of them, and what proves that one was found, or that there is none."""

import networkx as nx
import numpy as np
import pytest
from accord.models.balanced import balanced
from accord.models.links import Links
from accord.models.networks import network
from accord.models.networks.network import Network
from hypothesis import given, settings
from hypothesis import strategies as st

STEM = [(0, 1), (1, 2), (1, 3), (2, 3)]

# Kleinberg and Tardos 2008, doi:10.1145/1374376.1374417, by the dynamics of Kanoria and others, arXiv:1004.2079
KNOWN = [
    ("path(n=3)", [0, 1, 0]),
    ("path(n=4)", [1 / 3, 2 / 3, 2 / 3, 1 / 3]),
    (STEM, [1 / 4, 3 / 4, 1 / 2, 1 / 2]),
    ("star(n=5)", [1, 0, 0, 0, 0]),
    ([(0, 1, 4.0), (1, 2, 3.0)], [1 / 2, 7 / 2, 0]),
    ([(0, 1, 6.0), (1, 2, 4.0), (2, 3, 6.0)], [8 / 3, 10 / 3, 10 / 3, 8 / 3]),
    # with a start from nothing all ask for 1/2 for ever; tiny differences between links lead here
    ("complete-bipartite(a=2, b=3)", [1, 1, 0, 0, 0]),
]


def drawn(seed: int, n: int, edges: int, weighted: bool) -> Network:
    rng = np.random.default_rng(seed)
    ends = rng.integers(0, n, (edges, 2))
    return Network.from_edges(n, ends[:, 0], ends[:, 1], rng.uniform(0.5, 2, edges) if weighted else None)


def worth_of(graph: nx.Graph, matching: set[tuple[int, int]]) -> float:
    return float(sum(graph.edges[edge].get("weight", 1) for edge in matching))


@pytest.mark.parametrize(("choice", "gains"), KNOWN)
def test_known_outcomes(choice: object, gains: list[float]) -> None:
    found = balanced(Links.of(network(choice)))
    assert found.stable
    assert found.gains == pytest.approx(gains, abs=1e-7)


@pytest.mark.parametrize("n", [3, 5, 7])
def test_an_odd_cycle_leaves_no_outcome_stable(n: int) -> None:
    found = balanced(Links.of(network(f"ring(n={n})")))
    assert not found.stable
    assert sorted(found.cycle) == list(range(n))
    assert found.gains == pytest.approx(1 / 2)  # n / 2 in all, where (n - 1) / 2 deals can be made


@given(st.integers(0, 2**32 - 1), st.integers(1, 24), st.booleans())
@settings(deadline=None, max_examples=50)
def test_it_is_stable_and_balanced_or_there_is_an_odd_cycle(seed: int, edges: int, weighted: bool) -> None:
    net = drawn(seed, 10, edges, weighted)
    links, graph = Links.of(net), net.to_networkx()
    found = balanced(links)
    gains, partners = found.gains, found.partners
    assert (gains[links.sources] + gains[links.targets] >= links.worths - 1e-6).all()
    best = worth_of(graph, nx.max_weight_matching(graph))
    if found.cycle:
        assert not found.stable
        assert len(found.cycle) % 2
        around = zip(found.cycle, (*found.cycle[1:], found.cycle[0]), strict=True)
        assert all(graph.has_edge(*edge) for edge in around)
        assert gains.sum() > best + 1e-6
        return
    assert found.stable
    assert gains.sum() == pytest.approx(best, abs=1e-5)
    alternatives = links.greatest_of_others(np.maximum(links.worths - gains[links.targets], 0))
    for link, (one, other) in enumerate(zip(links.sources, links.targets, strict=True)):
        if partners[one] == other:
            assert partners[other] == one
            assert gains[one] + gains[other] == pytest.approx(links.worths[link], abs=1e-5)
            assert gains[one] - alternatives[link] == pytest.approx(
                gains[other] - alternatives[links.reverse[link]], abs=1e-5
            )
    assert gains[partners < 0] == pytest.approx(0, abs=1e-5)


@given(st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=20)
def test_between_buyers_and_sellers_some_outcome_is_always_stable(seed: int) -> None:
    rng = np.random.default_rng(seed)
    assert balanced(Links.of(Network.from_edges(12, rng.integers(0, 6, 14), rng.integers(6, 12, 14)))).stable


def test_who_has_no_link_gets_nothing() -> None:
    found = balanced(Links.of(Network.from_edges(4, [0], [1])))
    assert found.gains == pytest.approx([1 / 2, 1 / 2, 0, 0])
    assert found.partners.tolist() == [1, 0, -1, -1]
    assert balanced(Links.of(Network.from_edges(2, [], []))).gains.tolist() == [0, 0]
