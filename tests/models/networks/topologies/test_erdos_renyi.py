import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.erdos_renyi import ErdosRenyi
from scipy.stats import chisquare


def test_no_edge_and_every_edge() -> None:
    assert ErdosRenyi(30, 0, connected="any").build().m == 0
    assert ErdosRenyi(30, 1).build().m == 435


def test_edges_and_degrees_are_binomial() -> None:
    # 400 draws: mean within 5 standard errors (p < 1e-6), variance within a third (p < 1e-5)
    rng = np.random.default_rng(1)
    draws = [ErdosRenyi(40, 0.1, connected="any").build(rng) for _ in range(400)]
    edges = np.array([draw.m for draw in draws])
    assert edges.mean() == pytest.approx(78, abs=5 * np.sqrt(78 * 0.9 / 400))
    assert edges.var() == pytest.approx(78 * 0.9, rel=1 / 3)
    degrees = np.concatenate([draw.degrees for draw in draws])
    assert degrees.var() == pytest.approx(39 * 0.1 * 0.9, rel=0.1)


def test_every_pair_is_equally_likely() -> None:
    # 15 pairs, 3000 draws; a good sampler fails once in a million
    rng = np.random.default_rng(2)
    total = sum(ErdosRenyi(6, 0.4, connected="any").build(rng).adjacency.toarray() for _ in range(3000))
    assert chisquare(total[np.triu_indices(6, 1)]).pvalue > 1e-6


def test_redraws_until_connected() -> None:
    rng = np.random.default_rng(3)
    sparse = ErdosRenyi(30, 0.1)  # one draw in four is connected
    assert all(sparse.build(rng).is_connected for _ in range(20))
    loose = [ErdosRenyi(30, 0.1, connected="any").build(rng).is_connected for _ in range(40)]
    assert set(loose) == {True, False}


def test_giant_component_says_so() -> None:
    built = ErdosRenyi(200, 0.01, connected="giant", seed=1).build()
    assert built.is_connected
    assert built.n < 200
    assert built.labels is None
    assert built.notes[0].startswith(f"took the giant component: {built.n} of 200 nodes")


def test_hopeless_redraws_end_at_once() -> None:
    told_so = "no connected network in 1 draw .* choose p of about 0.1 or more, or use"
    with pytest.raises(InputError, match=told_so) as told:
        ErdosRenyi(60, 0.001).build(np.random.default_rng(1))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"n": 1}, "n=1 must be at least 2"),
        ({"p": 1.1}, "p=1.1 must be at most 1"),
        ({"p": float("nan")}, "p=nan"),
        ({"n": 10**6, "p": 0.5}, "choose a smaller one"),
        ({"seed": -1}, "seed=-1 must be at least 0"),
    ],
)
def test_bounds(parameters: dict[str, float], told: str) -> None:
    with pytest.raises(InputError, match=told):
        ErdosRenyi(**parameters)
