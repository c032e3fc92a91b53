"""Quasi-linear preferences: a good and its price."""

import pytest
from accord.agents.errors import InputError, UnknownNameError
from accord.agents.outcomes import Categorical, Integer, Space
from accord.agents.preferences.quasi_linear import QuasiLinear
from hypothesis import given, settings
from hypothesis import strategies as st

SPACE = Space([Categorical("colour", ["red", "green"]), Integer("price", 0, 10), Integer("weeks", 1, 2)])


def test_what_is_gained_is_the_same_at_every_price() -> None:
    buyer = QuasiLinear("buyer", 8, values=[[0, 1], [2, 0]])(SPACE)
    seller = QuasiLinear("seller", 5, values=[[0, 0.5], [0, 0]])(SPACE)
    index = SPACE.index({"colour": "green", "price": 4, "weeks": 1})
    assert (buyer[index], seller[index]) == (8 + 1 + 2 - 4, 4 - 5 - 0.5)
    welfare = (buyer + seller).reshape(SPACE.shape)
    assert (welfare == welfare[:, :1, :]).all()


@settings(deadline=None, max_examples=30)
@given(st.floats(-50, 50), st.floats(-50, 50))
def test_worth_moves_all_utilities_alike(worth: float, more: float) -> None:
    space = Space([Integer("price", 0, 10)])
    buyer = QuasiLinear("buyer", worth)(space)
    assert buyer.tolist() == [worth - price for price in range(11)]
    assert QuasiLinear("buyer", worth + more)(space) - buyer == pytest.approx([more] * 11)
    assert (QuasiLinear("seller", worth)(space) == -buyer).all()


def test_what_cannot_be() -> None:
    with pytest.raises(UnknownNameError, match="unknown issue 'prize': did you mean 'price'"):
        QuasiLinear(money="prize")(SPACE)
    with pytest.raises(InputError, match="'colour': its values are no quantities"):
        QuasiLinear(money="colour")(SPACE)
    with pytest.raises(InputError, match="values has 1 entries, but there are 2 issues beside 'price'"):
        QuasiLinear(values=[[0, 1]])(SPACE)
    with pytest.raises(InputError, match="side"):
        QuasiLinear(side="broker")
