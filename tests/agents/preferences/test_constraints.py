"""Non-linear preferences: sums of the values of satisfied constraints."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.agents.outcomes import Integer, Space
from accord.agents.preferences.constraints import Constraints
from hypothesis import given, settings
from hypothesis import strategies as st

SPACE = Space([Integer("a", 1, 3), Integer("b", 1, 4)])


def edges(levels: int) -> st.SearchStrategy[tuple[int, int] | None]:
    pairs = st.tuples(st.integers(0, levels - 1), st.integers(0, levels - 1))
    return st.none() | pairs.map(lambda pair: (min(pair), max(pair)))


CUBOIDS = st.lists(st.tuples(st.integers(-9, 9), st.tuples(edges(3), edges(4))), min_size=1, max_size=5)


@settings(deadline=None, max_examples=80)
@given(CUBOIDS)
def test_it_is_what_the_satisfied_ones_add_up_to(
    cuboids: list[tuple[int, tuple[tuple[int, int] | None, ...]]],
) -> None:
    utilities = Constraints(cuboids)(SPACE)
    for index in range(SPACE.size):
        levels = SPACE.levels(index)
        satisfied = [
            value
            for value, pairs in cuboids
            if all(pair is None or pair[0] <= at <= pair[1] for pair, at in zip(pairs, levels, strict=True))
        ]
        assert utilities[index] == sum(satisfied)


def test_issues_can_depend_on_one_another() -> None:
    # worth something together and nothing apart, which no sum over issues can say
    both = Constraints([[1, [[2, 2], [3, 3]]]])(SPACE).reshape(SPACE.shape)
    assert both.sum() == both[2, 3] == 1
    assert not np.allclose(both[2, 3] - both[0, 3], both[2, 0] - both[0, 0])


@pytest.mark.parametrize(
    ("cuboids", "told"),
    [
        ([], "at least 1"),
        ([[1, [None]]], "constraint 1 speaks of 1 issues, but there are 2"),
        ([[1, [None, None]], [1, [[2, 1], None]]], "constraint 2, issue 'a': levels 2 to 1 are not in order"),
        ([[1, [None, [0, 4]]]], "issue 'b': levels 0 to 4 are not in order within 0 to 3"),
        ([[1, [[-1, 1], None]]], "at least 0"),
        ([[float("nan"), [None, None]]], "finite"),
    ],
)
def test_what_cannot_be(cuboids: list[object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Constraints(cuboids)(SPACE)
