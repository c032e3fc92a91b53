"""The order book: price-time priority against a list that is sorted anew each time."""

from typing import Any

import pytest
from accord.models.order_book import LocalBook, Meeting, OrderBook
from hypothesis import given, settings
from hypothesis import strategies as st

NAN = float("nan")
BUYS = [True, True, True, False, False, False]

orders = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 8).map(float) | st.just(NAN)), max_size=60)


def everybody(owner: int, price: float) -> dict[int, float]:
    return dict.fromkeys((node for node in range(6) if node != owner), price)


def met(book: Any, shouts: list[tuple[int, float]]) -> list[tuple[int, int, float]]:
    """Return all meetings."""
    owners, prices = [owner for owner, _ in shouts], [price for _, price in shouts]
    meetings, start = [], 0
    while meeting := book.put(owners, prices, start):
        meetings.append(tuple(meeting))
        start = meeting.at + 1
    return meetings


def sorted_anew(shouts: list[tuple[int, float]], *, clear: bool) -> list[tuple[int, int, float]]:
    """Return what a book must do, in the plainest words."""
    standing: list[tuple[int, float]] = []  # the earliest first
    meetings = []
    for at, (owner, price) in enumerate(shouts):
        if price != price:
            continue
        buys = BUYS[owner]
        sign = 1 if buys else -1
        suitable = [each for each in standing if BUYS[each[0]] != buys and sign * each[1] <= sign * price]
        if suitable:
            maker, struck = min(suitable, key=lambda each: sign * each[1])  # of equal ones the first
            meetings.append((at, maker, struck))
            standing = [] if clear else [each for each in standing if each[0] not in (owner, maker)]
        elif not clear:
            standing = [*(each for each in standing if each[0] != owner), (owner, price)]
        elif all(sign * price > sign * each[1] for each in standing if BUYS[each[0]] == buys):
            standing.append((owner, price))
    return meetings


@settings(deadline=None, max_examples=200)
@given(orders, st.booleans())
def test_price_time_priority(shouts: list[tuple[int, float]], clear: bool) -> None:
    expected = sorted_anew(shouts, clear=clear)
    assert met(OrderBook(BUYS, clear=clear), shouts) == expected
    # where everybody is told everything, a local book is a public one
    assert met(LocalBook(BUYS, everybody, clear=clear), shouts) == expected


@settings(deadline=None, max_examples=50)
@given(orders, st.sets(st.tuples(st.integers(0, 2), st.integers(3, 5))), st.booleans())
def test_quotes_are_met_by_those_who_were_told_them(
    shouts: list[tuple[int, float]], links: set[tuple[int, int]], clear: bool
) -> None:
    def tell(owner: int, price: float) -> dict[int, float]:
        told = {other: price for pair in links if owner in pair for other in pair if other != owner}
        return dict(sorted(told.items()))

    for at, maker, _ in met(LocalBook(BUYS, tell, clear=clear), shouts):
        taker = shouts[at][0]
        assert (min(maker, taker), max(maker, taker)) in links


@pytest.mark.parametrize("kind", [OrderBook, lambda buys: LocalBook(buys, everybody)])
def test_the_earlier_of_equal_quotes_comes_first(kind: Any) -> None:
    book = kind(BUYS)
    assert book.put([4, 3, 5], [5.0, 5.0, 4.0]) is None
    assert book.put([0], [9.0]) == Meeting(0, 5, 4.0)  # the best, at its price
    assert book.put([0], [9.0]) == Meeting(0, 4, 5.0)  # then the earliest
    assert book.put([0], [9.0]) == Meeting(0, 3, 5.0)
    assert book.put([0], [9.0]) is None


@pytest.mark.parametrize("kind", [OrderBook, lambda buys: LocalBook(buys, everybody)])
def test_a_new_quote_takes_the_place_of_the_old_one(kind: Any) -> None:
    book = kind(BUYS)
    assert book.put([3, 3], [2.0, 7.0]) is None
    assert book.put([0], [6.0]) is None
    assert book.put([0], [7.0]) == Meeting(0, 3, 7.0)


def test_different_prices_for_different_listeners() -> None:
    told = {3: {0: 2.0, 1: 8.0}, 0: {3: 1.0}, 1: {3: 5.0}, 2: {4: 9.0}}
    book = LocalBook(BUYS, lambda owner, price: told[owner])
    assert (
        book.put([3, 0, 1, 2], [5.0, 5.0, 5.0, 9.0]) is None
    )  # 2 was not told of it, 0 and 1 offer too little
    told[2] = {4: 9.0, 3: 9.0}
    assert book.put([2], [9.0]) is None  # it tells 3, which did not tell it
    told[1] = {4: 9.0}
    assert book.put([1], [9.0]) is None  # 3 told it, and it does not tell 3
    told[0] = {3: 2.0}
    assert book.put([0], [5.0]) == Meeting(0, 3, 2.0)


def test_a_deal_may_clear_the_book() -> None:
    for book in (OrderBook(BUYS, clear=True), LocalBook(BUYS, everybody, clear=True)):
        assert book.put([3, 4, 3], [5.0, 6.0, 7.0]) is None  # only the first improves on what stands
        assert book.put([0], [9.0]) == Meeting(0, 3, 5.0)
        assert book.put([0], [9.0]) is None
