"""The frequency model on counts that can be made by hand."""

import numpy as np
import pytest
from accord.agents.opponents import frequency
from accord.agents.outcomes import Integer, Space
from hypothesis import given, settings
from hypothesis import strategies as st

SPACE = Space([Integer("colour", 0, 2), Integer("size", 0, 1)])  # outcome 2 * colour + size
ALL = np.arange(SPACE.size)


@pytest.mark.parametrize(
    ("heard", "liked"),
    [
        ([], [0, 0, 0, 0, 0, 0]),
        ([3], [0, 1 / 2, 1 / 2, 1, 0, 1 / 2]),  # colour 1, size 1: each once, so 2 is the most
        ([3, 3], [0, 1 / 2, 1 / 2, 1, 0, 1 / 2]),
        # colours 1, 1, 0 and sizes 1, 1, 1: size counts 3 and colour 2, of 5
        ([3, 3, 1], [1 / 5, 4 / 5, 2 / 5, 5 / 5, 0, 3 / 5]),
        # never the same colour, always the same size: colour hardly counts
        ([0, 2, 4], [1, 1 / 4, 1, 1 / 4, 1, 1 / 4]),
    ],
)
def test_counts(heard: list[int], liked: list[float]) -> None:
    assert frequency(SPACE, heard, ALL) == pytest.approx(liked)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=30), st.randoms())
def test_what_is_liked_does_not_depend_on_the_order_of_offers(heard: list[int], order: object) -> None:
    liked, shuffled = frequency(SPACE, heard, ALL), list(heard)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert np.array_equal(liked, frequency(SPACE, shuffled, ALL))
    assert ((liked >= 0) & (liked <= 1)).all()
    assert liked[heard].max() == liked.max() or len(set(heard)) > 1  # asked for ever: liked best
    assert np.array_equal(liked[[4, 1]], frequency(SPACE, heard, np.array([4, 1])))


def test_it_finds_what_a_conceding_rival_likes() -> None:
    # additive rival, its offers from best to half of its utility: order of outcomes as it has it (Spearman)
    rng = np.random.default_rng(1)
    space = Space([Integer(name, 0, 4) for name in ("a", "b", "c")])
    agreed = []
    for _ in range(20):
        worth = sum(np.ix_(*(rng.random(5) * weight for weight in rng.dirichlet(np.ones(3))))).ravel()
        offers = np.argsort(-worth)[: space.size // 2]
        liked = frequency(space, offers.tolist(), np.arange(space.size))
        ranks = [values.argsort().argsort() for values in (worth, liked)]
        agreed.append(np.corrcoef(ranks)[0, 1])
    assert min(agreed) > 0.5
