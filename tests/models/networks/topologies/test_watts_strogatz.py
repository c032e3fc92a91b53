import networkx as nx
import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies import watts_strogatz
from accord.models.networks.topologies.watts_strogatz import WattsStrogatz


def test_unrewired_is_the_ring_lattice() -> None:
    built = WattsStrogatz(20, 6, 0).build()
    assert nx.utils.graphs_equal(
        nx.Graph(built.to_networkx().edges), nx.Graph(nx.watts_strogatz_graph(20, 6, 0).edges)
    )


@pytest.mark.parametrize("small", [2000, 1])
@pytest.mark.parametrize("p", [0.1, 0.5, 1])
@pytest.mark.parametrize(("n", "k"), [(5, 2), (5, 4), (7, 4), (30, 4), (30, 28), (31, 30)])
def test_edges_are_kept_and_stay_simple(
    n: int, k: int, p: float, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watts_strogatz, "_SMALL", small)
    built = WattsStrogatz(n, k, p, connected="any").build(np.random.default_rng(1))
    assert built.m == n * k // 2
    assert built.adjacency.has_canonical_format  # no edge twice
    assert not built.adjacency.diagonal().any()
    assert built.degrees.min() >= k // 2  # a node's own half stays with it


def test_a_share_p_is_rewired() -> None:
    # binomial share of 20000 edges, 5 standard deviations (p < 1e-6); few land where they were
    lattice = WattsStrogatz(5000, 8, 0).build().adjacency
    for p in (0.1, 0.6):
        left = WattsStrogatz(5000, 8, p, connected="any").build(np.random.default_rng(1)).adjacency
        share = 1 - lattice.multiply(left).sum() / lattice.sum()
        assert share == pytest.approx(p, abs=5 * np.sqrt(p * (1 - p) / 20000) + 8 / 5000)


@pytest.mark.parametrize(("n", "k", "p"), [(200, 6, 0.3), (12, 8, 1.0)])
def test_agrees_with_networkx_on_average(n: int, k: int, p: float) -> None:
    # mean clustering and degree variance over 60 draws each, within 5 standard errors
    rng = np.random.default_rng(1)
    ours = [WattsStrogatz(n, k, p, connected="any").build(rng).to_networkx() for _ in range(60)]
    theirs = [nx.watts_strogatz_graph(n, k, p, seed=seed) for seed in range(60)]
    for measure in (nx.transitivity, lambda graph: np.var([degree for _, degree in graph.degree])):
        a, b = ([measure(graph) for graph in graphs] for graphs in (ours, theirs))
        assert np.mean(a) == pytest.approx(np.mean(b), abs=5 * np.sqrt((np.var(a) + np.var(b)) / 60))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"k": 3}, "use an even k, 2 or 4"),
        ({"n": 8, "k": 8}, "a node has at most n - 1 neighbours; use k <= 7 or a larger n"),
        ({"p": 2}, "p=2 must be at most 1"),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        WattsStrogatz(**parameters)
