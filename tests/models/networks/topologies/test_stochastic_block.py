import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.stochastic_block import StochasticBlock


def test_certain_links() -> None:
    built = StochasticBlock((3, 4), within=1, between=0, connected="any").build()
    assert np.array_equal(np.bincount(built.components), [3, 4])
    assert built.m == 3 + 6
    assert StochasticBlock((3, 4), within=0, between=1).build().m == 12


def test_a_matrix_says_it_all() -> None:
    built = StochasticBlock((2, 3, 4), matrix=[[1, 0, 1], [0, 1, 0], [1, 0, 0]], connected="any").build()
    assert built.degrees.tolist() == [5, 5, 2, 2, 2, 2, 2, 2, 2]


def test_links_are_as_dense_as_asked_for() -> None:
    # 100 draws; each block's count within 5 standard deviations (p < 1e-5 for all three)
    rng, chances = np.random.default_rng(1), np.array([[0.3, 0.05], [0.05, 0.6]])
    topology = StochasticBlock((30, 20), matrix=chances.tolist(), connected="any")
    total = sum(topology.build(rng).adjacency.toarray() for _ in range(100))
    for (g, a), (h, b) in (
        ((0, slice(30)),) * 2,
        ((0, slice(30)), (1, slice(30, 50))),
        ((1, slice(30, 50)),) * 2,
    ):
        block = total[a, b]
        count, pairs = (
            (block.sum() / 2, len(block) * (len(block) - 1) / 2) if g == h else (block.sum(), block.size)
        )
        p = chances[g, h]
        assert count == pytest.approx(100 * pairs * p, abs=5 * np.sqrt(100 * pairs * p * (1 - p)))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"sizes": ()}, "sizes has 0 entries"),
        ({"sizes": (0, 5)}, "must be at least 1"),
        ({"within": 1.5}, "within=1.5 must be at most 1"),
        ({"matrix": [[0.1]]}, "2 sizes need 2 rows of 2 probabilities"),
        ({"matrix": [[0.1, 0.2], [0.3]]}, "2 sizes need 2 rows of 2 probabilities"),
        ({"matrix": [[0.1, 0.2], [0.3, 0.1]]}, "make it symmetric"),
    ],
)
def test_bounds(parameters: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        StochasticBlock(**parameters)
