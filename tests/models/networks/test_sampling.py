import numpy as np
import pytest
from accord.models.networks.sampling import codes, distinct, free, pairs
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 60), st.data())
def test_distinct_numbers_in_order(population: int, data: st.DataObject) -> None:
    size = data.draw(st.integers(0, population))
    drawn = distinct(np.random.default_rng(1), population, size)
    assert len(drawn) == size
    assert (np.diff(drawn) > 0).all()
    assert not size or (drawn[0] >= 0 and drawn[-1] < population)


@pytest.mark.parametrize("size", [2, 4])
def test_every_set_is_equally_likely(size: int) -> None:
    # 15 sets of 2 or of 4 numbers out of 6, 3000 draws; a good sampler fails once in a million
    rng = np.random.default_rng(1)
    seen: dict[tuple[int, ...], int] = {}
    for _ in range(3000):
        drawn = tuple(distinct(rng, 6, size).tolist())
        seen[drawn] = seen.get(drawn, 0) + 1
    assert len(seen) == 15
    assert chisquare(list(seen.values())).pvalue > 1e-6


@pytest.mark.parametrize("n", [1, 2, 3, 10])
def test_pairs_are_numbered_row_by_row(n: int) -> None:
    low, high = pairs(n, np.arange(n * (n - 1) // 2))
    assert [low.tolist(), high.tolist()] == [end.tolist() for end in np.triu_indices(n, 1)]


def test_pairs_of_many_nodes_are_exact() -> None:
    n = 200_000  # whose square is beyond 32 bits
    last = n * (n - 1) // 2 - 1
    low, high = pairs(n, np.array([0, n - 2, n - 1, last]))
    assert low.tolist() == [0, 0, 1, n - 2]
    assert high.tolist() == [1, n - 1, 2, n - 1]


def test_codes_know_no_direction() -> None:
    one, other = np.array([0, 5, 99_999_999]), np.array([7, 2, 0])
    forth, back = codes(10**8, one, other), codes(10**8, other, one)
    assert forth.tolist() == back.tolist() == [7, 2 * 10**8 + 5, 99_999_999]


def test_free_is_what_nobody_has_or_wanted_before() -> None:
    assert free(np.array([5, 1, 3]), np.array([2, 3, 2, 9, 0, 5])).tolist() == [
        True,
        False,
        False,
        True,
        True,
        False,
    ]
