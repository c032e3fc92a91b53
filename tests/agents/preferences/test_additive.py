"""Additive preferences: sums, weights, linear value functions."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.agents.outcomes import Categorical, Continuous, Integer, Ordinal, Space
from accord.agents.preferences.additive import Additive
from accord.agents.preferences.quasi_linear import QuasiLinear
from hypothesis import given, settings
from hypothesis import strategies as st

SPACE = Space([Integer("price", 1, 3), Categorical("colour", ["red", "green"])])


def test_a_sum_by_hand() -> None:
    # 0.75 * (1, 0.5, 0) + 0.25 * (0.4, 1)
    utilities = Additive(values=[[1, 0], [0.4, 1]], weights=[3, 1])(SPACE)
    assert utilities.tolist() == pytest.approx([0.85, 1, 0.475, 0.625, 0.1, 0.25])


def test_two_ends_mean_a_line_on_every_ordered_issue() -> None:
    for issue in (Integer("n", 0, 4), Continuous("x", 3, 9, levels=5), Ordinal("o", list("abcde"))):
        assert Additive([[1, 3]])(Space([issue])).tolist() == [1, 1.5, 2, 2.5, 3]
    assert Additive([[5]])(Space([Integer("n", 7, 7)])).tolist() == [5]


def test_weights_that_are_left_out_are_alike() -> None:
    assert (Additive([[0, 1], [0, 1]])(SPACE) == Additive([[0, 1], [0, 1]], weights=[5, 5])(SPACE)).all()


WORTHS = st.tuples(*[st.lists(st.floats(-5, 5), min_size=k, max_size=k) for k in (3, 2)])
WEIGHTS = st.lists(st.floats(0.01, 10), min_size=2, max_size=2)


@settings(deadline=None, max_examples=50)
@given(WORTHS, WEIGHTS, st.floats(0.1, 10))
def test_it_is_the_sum_whatever_the_weights_are_multiplied_by(
    values: tuple[list[float], list[float]], weights: list[float], scale: float
) -> None:
    utilities = Additive(values=values, weights=weights)(SPACE)
    share = weights[0] / sum(weights)
    for index in range(SPACE.size):
        first, second = SPACE.levels(index)
        assert utilities[index] == pytest.approx(share * values[0][first] + (1 - share) * values[1][second])
    assert Additive(values=values, weights=[scale * each for each in weights])(SPACE) == pytest.approx(
        utilities
    )


def test_a_million_outcomes_at_once() -> None:
    space = Space([Integer(f"n{k}", 0, 9) for k in range(6)])
    utilities = Additive([[0, 1]] * 6)(space)
    assert utilities.shape == (10**6,)
    assert utilities[123_456] == pytest.approx(21 / 54)
    assert (utilities.min(), utilities.max()) == (0, pytest.approx(1))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"values": [[1, 0]]}, r"values has 1 entries, but there are 2 issues \(price, colour\)"),
        ({"values": [[1, 0], [1, 0]], "weights": [1]}, "weights has 1 entries"),
        (
            {"values": [[1, 0, 0, 0], [1, 0]]},
            "'price' has 3 levels, 4 values given; give one for each, or two",
        ),
        ({"values": [[1, 0], [1]]}, "'colour' has 2 levels, 1 values given; give one for each$"),
        ({"values": [[1, 0], [1, 0]], "weights": [0, 0]}, "have the sum 0; let it be positive"),
        ({"values": [[1, 0], [1, 0]], "weights": [-1, 2]}, "at least 0"),
        ({"values": [[1, float("nan")], [1, 0]]}, "finite"),
        ({"values": [[1.7e308, 0], [1.7e308, 0]], "weights": [1, 1e-9]}, None),
    ],
)
def test_what_cannot_be(parameters: dict[str, object], told: str | None) -> None:
    if told is None:  # large numbers are numbers
        assert np.isfinite(Additive(**parameters)(SPACE)).all()
    else:
        with pytest.raises(InputError, match=told):
            Additive(**parameters)(SPACE)


def test_a_utility_that_is_not_finite_is_told_with_its_outcome() -> None:
    space = Space([Integer("n", 1, 2), Integer("m", 0, 1)])
    with pytest.raises(InputError, match=r"the utility of \{'n': 2, 'm': 0\} is inf"):
        QuasiLinear("buyer", 1.7e308, [[0, 1.7e308]], "m")(space)
    with pytest.raises(InputError, match="have the sum inf; let it be positive and finite"):
        Additive([[1, 0], [1, 0]], weights=[1e308, 1e308])
    with pytest.raises(InputError, match="more than"):
        Additive([[0, 1]])(Space([Integer("n", 0, 10**12)]))
    with pytest.raises(InputError, match="continuous"):
        Additive([[0, 1]])(Space([Continuous("x")]))
