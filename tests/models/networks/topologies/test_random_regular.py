import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.random_regular import RandomRegular
from scipy.stats import chisquare


@pytest.mark.parametrize(
    ("n", "d"), [(2, 1), (4, 3), (5, 2), (5, 4), (6, 3), (20, 9), (20, 10), (21, 10), (60, 29), (500, 40)]
)
def test_every_degree_is_d(n: int, d: int) -> None:
    built = RandomRegular(n, d, connected="any").build(np.random.default_rng(1))
    assert set(built.degrees.tolist()) == {d}
    assert built.m == n * d // 2
    assert built.adjacency.has_canonical_format  # no edge twice
    assert not built.adjacency.diagonal().any()


def test_every_pair_is_equally_likely() -> None:
    # 28 pairs of 8 nodes, 1500 draws; a good sampler fails once in a million
    rng = np.random.default_rng(1)
    total = sum(RandomRegular(8, 3, connected="any").build(rng).adjacency.toarray() for _ in range(1500))
    assert chisquare(total[np.triu_indices(8, 1)]).pvalue > 1e-6


def test_triangles_are_as_many_as_theory_says() -> None:
    # Bollobas 1980: asymptotically Poisson with mean (d - 1)^3 / 6 = 4.5; 200 draws, 5 standard errors
    rng = np.random.default_rng(2)
    triangles = []
    for _ in range(200):
        matrix = RandomRegular(400, 4).build(rng).adjacency
        triangles.append((matrix @ matrix).multiply(matrix).sum() / 6)
    assert np.mean(triangles) == pytest.approx(4.5, abs=5 * np.sqrt(4.5 / 200))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"n": 5, "d": 3}, "n\\*d must be even, as every edge has two ends; use n=6 or d=4"),
        ({"n": 4, "d": 4}, "a node has at most n - 1 neighbours; use d <= 3 or a larger n"),
        ({"d": 0}, "d=0 must be at least 1"),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        RandomRegular(**parameters)


def test_redraws_end_and_the_way_out_is_told() -> None:
    with pytest.raises(InputError, match=r"no connected network in 100 draws .* choose d >= 3, or use"):
        RandomRegular(30, 1).build()
