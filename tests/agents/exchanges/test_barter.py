from fractions import Fraction
from math import log

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.agents.exchanges import Meeting
from accord.agents.exchanges.barter import Barter
from hypothesis import given, settings
from hypothesis import strategies as st

amounts = st.integers(1, 2**40)
odds = st.floats(1e-3, 1e3)


def meet(
    first: tuple[int, int], second: tuple[int, int], one: float, two: float, price: float | None
) -> list[int]:
    rule = Barter()
    held = np.array(first, dtype=float)[:, None], np.array(second, dtype=float)[:, None]
    tastes = np.array([one]), np.array([two])
    named = rule.price(*held, *tastes) if price is None else np.array([price])
    moved: list[int] = rule.transfer(Meeting(*held, *tastes, named, np.zeros(1)))[:, 0].tolist()
    return moved


def test_mirror_images_meet_in_the_middle() -> None:
    assert meet((400, 100), (100, 400), 1.0, 1.0, None) == [150, -150]
    assert meet((100, 400), (400, 100), 1.0, 1.0, None) == [-150, 150]


def test_the_one_who_wants_less_decides_how_much() -> None:
    # at the price 1 the first would sell 4500, the second buy no more than 150
    assert meet((10_000, 1_000), (100, 400), 1.0, 1.0, 1.0) == [150, -150]


def test_no_deal_where_both_want_to_buy_or_to_sell() -> None:
    assert meet((400, 100), (100, 400), 1.0, 1.0, 5.0) == [0, 0]
    assert meet((400, 100), (100, 400), 1.0, 1.0, 0.2) == [0, 0]
    assert meet((400, 100), (400, 100), 1.0, 1.0, None) == [0, 0]


def test_who_has_too_little_to_divide_keeps_it() -> None:
    assert meet((1, 3), (3, 1), 1.0, 1.0, None) == [-1, 1]
    assert meet((1, 2), (2, 1), 1.0, 1.0, None) == [0, 0]


@given(st.tuples(amounts, amounts), st.tuples(amounts, amounts), odds, odds)
@settings(deadline=None, max_examples=200)
def test_both_are_better_off_and_nobody_goes_below_nothing(
    first: tuple[int, int], second: tuple[int, int], one: float, two: float
) -> None:
    moved = meet(first, second, one, two, None)
    back = meet(second, first, two, one, None)
    assert back == [-each for each in moved]  # who is called the first does not matter
    if any(moved):
        for held, taste, given_away in ((first, one, moved), (second, two, back)):
            after = [have - gone for have, gone in zip(held, given_away, strict=True)]
            assert min(after) > 0
            growth = [log(Fraction(new, old)) for new, old in zip(after, held, strict=True)]
            assert taste * growth[0] + growth[1] > -1e-12


@given(st.tuples(amounts, amounts), st.tuples(amounts, amounts), odds, odds)
@settings(deadline=None, max_examples=100)
def test_rates_come_nearer_to_each_other(
    first: tuple[int, int], second: tuple[int, int], one: float, two: float
) -> None:
    moved = meet(first, second, one, two, None)
    before = log(one * first[1] / first[0]), log(two * second[1] / second[0])
    x, y = moved
    after = log(one * (first[1] - y) / (first[0] - x)), log(two * (second[1] + y) / (second[0] + x))
    assert abs(after[0] - after[1]) <= abs(before[0] - before[1])


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        (
            {"a": 0.0},
            "a=0: exponents must lie between 0 and 1, so that both goods are wanted; use one such as 0.5",
        ),
        ({"a": [0.5, 1.0]}, "a=1: exponents"),
        ({"a": 0.2, "spread": 0.3}, "a=0.2, spread=0.3: exponents"),
        ({"a": float("nan")}, "finite"),
        ({"a": [0.5, float("inf")]}, "finite"),
        ({"spread": -0.1}, "at least 0"),
    ],
)
def test_bad_exponents(parameters: dict[str, float], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Barter(**parameters)


def test_exponents_are_given_or_drawn() -> None:
    rng = np.random.default_rng(1)
    assert Barter(a=0.3).exponents(2, rng).tolist() == [0.3, 0.3]
    assert Barter(a=[0.3, 0.4]).exponents(2, rng).tolist() == [0.3, 0.4]
    drawn = Barter(spread=0.4).exponents(1000, rng)
    assert drawn.min() >= 0.1
    assert drawn.max() <= 0.9
    assert drawn.std() == pytest.approx(0.4 / 3**0.5, rel=0.1)
    with pytest.raises(InputError, match="a has 2 entries for 3 parties; give one for all, or one for each"):
        Barter(a=[0.3, 0.4]).exponents(3, rng)
