"""What parties hold is counted, and what cannot be counted is refused."""

from math import log2

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.agents.exchanges import exchanges
from accord.models.endowments import endowments
from accord.models.holdings import counted
from hypothesis import given
from hypothesis import strategies as st


def count(rule: str, endowment: str, n: int = 2) -> tuple[list[list[int]], float]:
    units, unit = counted(exchanges.choose(rule), endowments.choose(endowment), n, np.random.default_rng(1))
    return units.tolist(), unit


def test_coins_are_counted_one_by_one() -> None:
    assert count("coin", "given(amounts=[3, 0])") == ([[3, 0]], 1.0)
    units, _ = count("coin", "uniform(low=1, high=9)", n=50)
    assert set(units[0]) <= set(range(1, 9))  # what is drawn is rounded down
    assert count("split", f"given(amounts=[{2**53}, 0])") == ([[2**53, 0]], 1.0)


@given(st.floats(1e-300, 1e300), st.floats(0.1, 1))
def test_units_are_as_small_as_can_be_counted(amount: float, part: float) -> None:
    units, unit = count(
        "barter", f"given(amounts=[[{amount}, {part * amount}], [{part * amount}, {amount}]])"
    )
    assert 2**61 <= sum(units[0]) <= 2**62
    assert unit == 2.0 ** round(log2(unit))
    assert np.allclose(np.array(units) * (unit / amount), [[1, part], [part, 1]], rtol=1e-15)


@pytest.mark.parametrize(
    ("rule", "endowment", "told"),
    [
        ("coin", "given(amounts=[0, 0])", "nobody has anything to exchange"),
        ("coin", "given(amounts=[1, 2, 3])", "amounts to 3 parties, but there are 2"),
        ("coin", "equal(amount=0.5)", "0.5 is no number of coins; give whole numbers"),
        ("coin", "equal(amount=1e16)", "are too many to be counted"),
        ("barter", "equal(amount=1e308)", "are too many to be counted"),
        ("barter", "given(amounts=[[1, 1], [1, 0]])", "party 1 has nothing of a good"),
    ],
)
def test_what_cannot_be_counted(rule: str, endowment: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        count(rule, endowment)


def test_too_little_to_be_counted_is_not_nothing() -> None:
    far_apart = endowments.choose("given(amounts=[[1e300, 1], [1, 1e300]])")
    with pytest.raises(InputError, match=r"party 0 has too little of a good to be counted.*give it"):
        counted(exchanges.choose("barter"), far_apart, 2, np.random.default_rng(1))
