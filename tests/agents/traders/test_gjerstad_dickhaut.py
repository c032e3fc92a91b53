"""Beliefs: the paper's formula on small histories, and the price that promises most."""

from typing import Any

import numpy as np
import pytest
from accord.agents.traders import Asked, Seats, Shout
from accord.agents.traders.gjerstad_dickhaut import GjerstadDickhaut, _Memory
from hypothesis import given, settings
from hypothesis import strategies as st

LIMITS = np.array([90.0, 10.0])


def chance(memory: Any, price: float, *, bids: bool) -> float:
    prices, chances = memory._bids if bids else memory._asks
    return float(chances[np.flatnonzero(prices == price)[0]])


def remembered(*shouts: tuple[int, bool, float, bool], deals: int = 5) -> _Memory:
    memory = _Memory(deals, 0.0, 100.0)
    for shout in shouts:
        memory.note(*shout)
    return memory


def test_an_ask_by_what_was_taken_offered_and_left() -> None:
    # Gjerstad, Dickhaut 1998: (TA(>=a) + B(>=a)) / (TA(>=a) + B(>=a) + RA(<=a))
    memory = remembered(
        *((1, False, 60.0, False), (2, False, 50.0, False), (2, False, 50.0, True)),  # 60 left, 50 taken
        *((1, False, 40.0, False), (3, True, 20.0, False), (3, True, 40.0, False), (1, False, 40.0, True)),
    )
    assert chance(memory, 40.0, bids=False) == 1.0  # taken at 40 and 50, bid 40
    assert chance(memory, 50.0, bids=False) == 1.0
    assert chance(memory, 60.0, bids=False) == 0.0  # one ask at 60 was left, nothing for it
    assert chance(memory, 20.0, bids=True) == 0.0  # a bid at 20 was left, and no ask was so low
    assert chance(memory, 40.0, bids=True) == pytest.approx(1 / 2)  # an ask at 40; a bid at 40 was left


def test_what_stands_is_taken_for_sure_and_must_be_improved_on() -> None:
    memory = remembered((1, False, 60.0, False), (2, True, 30.0, False))
    assert chance(memory, 60.0, bids=True) == 1.0
    assert chance(memory, 30.0, bids=False) == 1.0
    assert chance(memory, 60.0, bids=False) == 0.0
    assert chance(memory, 30.0, bids=True) == 0.0


def test_what_stands_counts_for_more_than_what_was() -> None:
    # before the last deal an ask at 20 was left and one at 60 taken: by the formula alone the chances were 1/2
    before = (1, False, 20.0, False), (2, False, 60.0, True)
    assert chance(remembered(*before, (3, True, 40.0, False)), 40.0, bids=False) == 1.0
    assert chance(remembered(before[1], (1, False, 50.0, False)), 50.0, bids=False) == 0.0


def test_old_deals_are_forgotten() -> None:
    old, new = [(1, False, 80.0, True)], [(1, False, 50.0, True)] * 3
    assert chance(remembered(*old, *new, deals=4), 80.0, bids=False) == 1.0
    assert 80.0 not in remembered(*old, *new, deals=3)._asks[0]


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 100).map(float), st.booleans()), max_size=20),
    st.integers(0, 100),
    st.booleans(),
)
def test_a_seller_is_a_buyer_in_the_mirror(
    shouts: list[tuple[int, float, bool]], limit: int, buys: bool
) -> None:
    one, other = _Memory(5, 0.0, 100.0), _Memory(5, 0.0, 100.0)
    for party, price, taken in shouts:
        one.note(party, party < 2, price, taken)
        other.note(party, party >= 2, 100.0 - price, taken)
    for memory in (one, other):
        for _, chances in (memory._bids, memory._asks):
            assert (chances >= 0).all()
            assert (chances <= 1).all()
    prices, chances = one._bids
    mirrored, same = other._asks
    assert np.allclose(np.sort(prices), np.sort(100.0 - mirrored))
    assert np.allclose(np.sort(chances), np.sort(same))


def test_named_prices_gain() -> None:
    seats = Seats(np.array([True, False]), 0.0, 100.0)
    mind = GjerstadDickhaut().mind(seats, np.random.default_rng(1))
    asked = Asked(np.arange(2), seats.buys, LIMITS, 0.0, 100.0, np.zeros(2))
    bid, ask = mind.prices(asked)
    assert 0 < bid < 90
    assert 10 < ask < 100
    nothing = Asked(np.arange(2), seats.buys, np.array([np.nan, 100.0]), 0.0, 100.0, np.zeros(2))
    assert np.isnan(mind.prices(nothing)).all()


def test_each_remembers_what_it_was_told() -> None:
    seats = Seats(np.array([True, True, False]), 0.0, 100.0, public=False)
    mind = GjerstadDickhaut().mind(seats, np.random.default_rng(1))
    limits = np.array([90.0, 90.0, 10.0])
    asked = Asked(np.arange(3), seats.buys, limits, 0.0, 100.0, np.zeros(3))
    before = mind.prices(asked)
    mind.hear(Shout(2, False, np.array([20.0, 20.0]), False, np.array([0, 2]), limits))
    after = mind.prices(asked)
    assert (before != after).tolist() == [True, False, True]
    assert after[0] <= 20
