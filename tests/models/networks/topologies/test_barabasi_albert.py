import networkx as nx
import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.barabasi_albert import BarabasiAlbert
from scipy.stats import chi2_contingency


@pytest.mark.parametrize(("n", "m"), [(2, 1), (5, 4), (6, 4), (50, 1), (50, 3), (60, 30), (2000, 5)])
def test_every_new_node_makes_m_links_to_different_nodes(n: int, m: int) -> None:
    built = BarabasiAlbert(n, m).build(np.random.default_rng(1))
    assert built.is_connected
    sources, targets, _ = built.edge_list
    assert np.array_equal(np.bincount(targets, minlength=n)[m + 1 :], np.full(n - m - 1, m))
    assert np.array_equal(targets[(targets <= m)], np.arange(1, m + 1))  # the star
    assert not sources[targets <= m].any()
    assert built.m == m * (n - m)


@pytest.mark.parametrize(("n", "m"), [(7, 2), (7, 3)])
def test_same_law_as_networkx(n: int, m: int) -> None:
    # how often each network of 7 nodes comes out, the rare ones as one, in 2000 draws of either; a
    # true sampler fails once in a million
    rng = np.random.default_rng(1)
    draws: list[list[tuple[tuple[int, int], ...]]] = [[], []]
    for seed in range(2000):
        built = BarabasiAlbert(n, m).build(rng)
        draws[0].append(tuple(zip(*(end.tolist() for end in built.edge_list[:2]), strict=True)))
        draws[1].append(
            tuple(sorted((min(e), max(e)) for e in nx.barabasi_albert_graph(n, m, seed=seed).edges))
        )
    counts: dict[object, list[int]] = {}
    for side in (0, 1):
        for edges in draws[side]:
            counts.setdefault(edges, [0, 0])[side] += 1
    common = [pair for pair in counts.values() if sum(pair) >= 10]
    rare = np.sum([pair for pair in counts.values() if sum(pair) < 10] or [[0, 0]], axis=0)
    table = np.array([*common, *([rare] if rare.sum() >= 10 else [])])
    assert len(table) > 20
    assert chi2_contingency(table).pvalue > 1e-6


def test_repeated_draws_are_drawn_again_as_in_networkx() -> None:
    # many repeats, and many later draws that refer to them: the hub's and the largest degree on average,
    # 500 draws of either, within 5 standard errors
    rng = np.random.default_rng(1)
    ours = np.array([BarabasiAlbert(40, 8).build(rng).degrees for _ in range(500)])
    theirs = np.array(
        [[d for _, d in nx.barabasi_albert_graph(40, 8, seed=seed).degree] for seed in range(500)]
    )
    for a, b in ((ours[:, 0], theirs[:, 0]), (ours.max(axis=1), theirs.max(axis=1))):
        assert a.mean() == pytest.approx(b.mean(), abs=5 * np.sqrt((a.var() + b.var()) / 500))


def test_degrees_follow_the_power_law() -> None:
    # share of degree k: 2m(m+1)/(k(k+1)(k+2)); 5 standard deviations of a binomial share
    n, m = 40_000, 3
    degrees = BarabasiAlbert(n, m).build(np.random.default_rng(1)).degrees
    for k in range(m, 12):
        share = 2 * m * (m + 1) / (k * (k + 1) * (k + 2))
        assert np.mean(degrees == k) == pytest.approx(share, abs=5 * np.sqrt(share / n))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"n": 3, "m": 3}, "growth starts with m \\+ 1 nodes; use m <= 2 or a larger n"),
        ({"m": 0}, "m=0 must be at least 1"),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        BarabasiAlbert(**parameters)
