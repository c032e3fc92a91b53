"""Cobb-Douglas preferences: products of powers, and the other side of a division."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.agents.outcomes import Categorical, Continuous, Integer, Space
from accord.agents.preferences.cobb_douglas import CobbDouglas
from accord.agents.solutions import pareto
from hypothesis import given, settings
from hypothesis import strategies as st

BOX = Space([Integer("bread", 0, 10), Integer("wine", 0, 10)])


def test_by_hand() -> None:
    index = BOX.index([4, 9])
    assert CobbDouglas([0.5, 0.5])(BOX)[index] == pytest.approx(6)
    assert CobbDouglas([0.5, 0.5], rest=True)(BOX)[index] == pytest.approx((6 * 1) ** 0.5)
    assert CobbDouglas([1, 0])(BOX)[BOX.index([3, 0])] == 3, "what has exponent 0 does not matter"


def test_the_contract_curve_of_equal_tastes_is_the_diagonal() -> None:
    # marginal rates of substitution are equal there: wine/bread and (10 - wine)/(10 - bread). Between grid points that
    # lie on it others are efficient too, but none is more than a step away.
    both = np.stack([CobbDouglas([0.5, 0.5])(BOX), CobbDouglas([0.5, 0.5], rest=True)(BOX)], axis=1)
    efficient = {BOX.levels(int(k)) for k in pareto(both)}
    assert {(k, k) for k in range(11)} <= efficient
    assert max(abs(bread - wine) for bread, wine in efficient) == 1


@settings(deadline=None, max_examples=50)
@given(st.floats(0, 3), st.floats(0, 3), st.floats(0.5, 4))
def test_it_is_homogeneous(a: float, b: float, scale: float) -> None:
    utility = CobbDouglas([a, b])
    small = Space([Continuous("bread", 0, 5, levels=4), Continuous("wine", 0, 3, levels=4)])
    large = Space([Continuous("bread", 0, 5 * scale, levels=4), Continuous("wine", 0, 3 * scale, levels=4)])
    assert utility(large) == pytest.approx(utility(small) * scale ** (a + b))


def test_what_cannot_be() -> None:
    with pytest.raises(InputError, match="'x': -1 is no quantity"):
        CobbDouglas()(Space([Integer("x", -1, 1)]))
    assert CobbDouglas(rest=True)(Space([Integer("x", -1, 1)])).tolist() == [2, 1, 0]
    with pytest.raises(InputError, match="no quantities"):
        CobbDouglas()(Space([Categorical("x", ["a"])]))
    with pytest.raises(InputError, match="powers has 1 entries, but there are 2 issues"):
        CobbDouglas([1])(BOX)
    with pytest.raises(InputError, match="at least 0"):
        CobbDouglas([-1])
    with pytest.raises(InputError, match=r"the utility of .* is inf"):
        CobbDouglas([400])(Space([Integer("x", 0, 10)]))
