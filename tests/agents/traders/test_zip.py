"""Margins: each rule of Cliff's table by itself, and that they never turn into losses."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.agents.traders import Asked, Mind, Seats, Shout
from accord.agents.traders.zip import Zip
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

BUYS = np.array([True, True, False, False])
LIMITS = np.array([100.0, 80.0, 40.0, 60.0])
EVERYBODY = slice(None)


def mind(margin: float = 0.25) -> Mind:
    # far targets, so that moves can be seen in whole ticks
    trader = Zip(rate=(0.5, 0.5), momentum=(0.0, 0.0), margin=(margin, margin), spread=0.5)
    return trader.mind(Seats(BUYS, 0.0, 200.0), np.random.default_rng(1))


def named(by: Mind, limits: NDArray[np.float64] = LIMITS) -> NDArray[np.float64]:
    return by.prices(Asked(np.arange(4), BUYS, limits, 0.0, 200.0, np.zeros(4)))


@pytest.mark.parametrize(
    ("party", "bid", "price", "taken", "moves"),
    [  # first prices are 75, 60 bid and 50, 75 asked; a move up is a higher price
        (2, False, 50.0, False, [0, 0, -1, -1]),  # an ask was left: sellers who ask as much or more come down
        (3, False, 75.0, False, [0, 0, 0, -1]),
        (0, True, 75.0, False, [1, 1, 0, 0]),  # a bid was left: buyers who bid no more go up
        (1, True, 60.0, False, [0, 1, 0, 0]),
        # an ask was taken: who could have had it sells dearer, or buys cheaper, and dearer sellers come down
        (2, False, 70.0, True, [-1, 0, 1, -1]),
        # a bid was taken: the same, and those who bid less go up
        (0, True, 70.0, True, [-1, 1, 1, 0]),
    ],
)
def test_who_moves_where(party: int, bid: bool, price: float, taken: bool, moves: list[int]) -> None:
    learner = mind()
    before = named(learner)
    assert before.tolist() == [75, 60, 50, 75]
    learner.hear(Shout(party, bid, price, taken, EVERYBODY, LIMITS))
    assert np.sign(named(learner) - before).tolist() == moves


def test_a_step_goes_part_of_the_way_to_the_price_heard() -> None:
    learner = Zip(rate=(0.5, 0.5), momentum=(0.0, 0.0), margin=(0.25, 0.25), spread=0.0, nudge=0.0).mind(
        Seats(BUYS, 0.0, 200.0), np.random.default_rng(1)
    )
    learner.hear(Shout(0, True, 70.0, True, EVERYBODY, LIMITS))
    assert named(learner).tolist() == [72, 65, 60, 75]  # 72.5, 65, 60


def test_a_moving_margin_moves_on() -> None:
    learner = Zip(rate=(0.5, 0.5), momentum=(0.5, 0.5), margin=(0.25, 0.25), spread=0.0, nudge=0.0).mind(
        Seats(BUYS, 0.0, 200.0), np.random.default_rng(1)
    )
    taken = Shout(0, True, 70.0, True, EVERYBODY, LIMITS)
    learner.hear(taken)
    assert named(learner)[2] == 55  # 50 + 0.5 (0.5 (70 - 50))
    learner.hear(taken)
    assert named(learner)[2] == 62  # 55 + 0.5 * 5 + 0.5 (0.5 (70 - 55)) = 61.25


def test_whose_own_rounded_quote_was_left_gives_in() -> None:
    learner = mind(margin=0.23)
    assert named(learner)[2] == 50  # 49.2
    learner.hear(Shout(2, False, 50.0, False, EVERYBODY, LIMITS))
    assert named(learner)[2] < 50


def test_who_has_no_unit_left_learns_to_ask_for_more_but_not_to_give_in() -> None:
    learner = mind()
    learner.hear(Shout(2, False, 50.0, False, EVERYBODY, LIMITS * 1.0))
    before = named(learner)
    without = np.where(np.arange(4) == 2, np.nan, LIMITS)
    learner.hear(Shout(3, False, before[3], False, EVERYBODY, without))
    learner.hear(Shout(2, False, before[2], False, EVERYBODY, without))
    assert named(learner)[2] == before[2]
    learner.hear(Shout(3, False, 75.0, True, EVERYBODY, without))
    assert named(learner)[2] > before[2]


def test_only_those_who_heard_it_learn() -> None:
    learner = mind()
    before = named(learner)
    learner.hear(Shout(0, True, np.array([70.0, 70.0]), True, np.array([0, 1]), LIMITS))
    assert (named(learner) != before).tolist() == [True, True, False, False]


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 200), st.booleans()), max_size=30),
    st.floats(0, 1),
)
def test_nobody_ever_names_a_loss(shouts: list[tuple[int, int, bool]], margin: float) -> None:
    learner = mind(margin)
    for party, price, taken in shouts:
        learner.hear(Shout(party, bool(BUYS[party]), float(price), taken, EVERYBODY, LIMITS))
    prices = named(learner)
    known = ~np.isnan(prices)
    assert (np.where(BUYS, LIMITS - prices, prices - LIMITS)[known] >= 0).all()
    assert ((prices[known] >= 0) & (prices[known] <= 200)).all()


def test_bounds_are_given_the_lesser_first() -> None:
    with pytest.raises(InputError, match=r"rate=\[0.5, 0.1\]"):
        Zip(rate=(0.5, 0.1))
