"""Linearizability, held to the definition: some order of all operations gives every result."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, permutations
from math import ceil
from random import Random
from typing import Any

import pytest
from accord.models.histories import Access, Operation
from accord.models.linearizability import linearizable
from accord.models.verdict import Status
from hypothesis import given, settings
from hypothesis import strategies as st

READ, WRITE, CAS = Access.READ, Access.WRITE, Access.CAS
HELD, VIOLATED, INCONCLUSIVE = Status.HELD, Status.VIOLATED, Status.INCONCLUSIVE


def read(client: int, result: Any, invoked: float, returned: float | None, key: str = "x") -> Operation:
    return Operation(client, READ, key, result=result, invoked=invoked, returned=returned)


def write(client: int, value: Any, invoked: float, returned: float | None, key: str = "x") -> Operation:
    return Operation(client, WRITE, key, value=value, invoked=invoked, returned=returned)


def cas(
    client: int, change: tuple[Any, Any], result: bool | None, invoked: float, returned: float | None
) -> Operation:
    return Operation(
        client,
        CAS,
        "x",
        expected=change[0],
        value=change[1],
        result=result,
        invoked=invoked,
        returned=returned,
    )


# known answers ----------------------------------------------------------------------------------------


def test_the_first_history_of_porcupines_readme_is_linearizable() -> None:
    # github.com/anishathalye/porcupine, "Testing linearizability": its events, counted
    assert linearizable([write(0, 100, 0, 5), read(1, 100, 1, 4), read(2, 0, 2, 3)], initial=0).status is HELD


def test_the_second_is_not() -> None:
    history = [write(0, 200, 0, 5), read(1, 200, 1, 2), read(2, 0, 3, 4)]
    found = linearizable(history, initial=0)
    assert (found.status, found.step, found.witnesses) == (VIOLATED, 4, (0, 1, 2))
    assert found.operations == tuple(history)
    assert found.reason.endswith("client 1 read x = 200 in [1, 2]; client 2 read x = 0 in [3, 4]")


def test_sequential_consistency_is_not_enough() -> None:
    # each client's own order could be kept, the order in time cannot: Herlihy and Wing's distinction
    history = [write(0, 1, 0, 1), read(1, 0, 2, 3)]
    assert linearizable(history, initial=0).status is VIOLATED
    assert linearizable([replace(each, invoked=0, returned=1) for each in history], initial=0).status is HELD


def test_what_never_returned_may_have_taken_effect_or_not() -> None:
    pending = write(0, 1, 0, None)
    assert linearizable([pending, read(1, 0, 5, 6)], initial=0).status is HELD
    assert linearizable([pending, read(1, 1, 5, 6)], initial=0).status is HELD
    assert linearizable([pending, read(1, 0, 5, 6), read(1, 1, 8, 9)], initial=0).status is HELD
    assert linearizable([pending, read(1, 1, 5, 6), read(1, 0, 8, 9)], initial=0).status is VIOLATED
    assert (
        linearizable([read(1, 1, 5, 6), write(0, 1, 7, None)], initial=0).status is VIOLATED
    )  # not before it was asked


def test_it_takes_effect_once() -> None:
    history = [write(0, 1, 0, None), read(1, 1, 1, 2), write(1, 2, 3, 4), read(1, 1, 5, 6)]
    assert linearizable(history, initial=0).status is VIOLATED
    assert linearizable([*history, write(2, 1, 0, None)], initial=0).status is HELD  # there were two of them
    thrice = [write(2, 1, 0, 1), *history, write(1, 3, 7, 8), read(1, 1, 9, 10)]
    assert linearizable(thrice, initial=0).status is VIOLATED


def test_compare_and_set() -> None:
    won, lost = cas(0, (0, 1), True, 0, 3), cas(1, (0, 2), False, 1, 4)
    assert linearizable([won, lost], initial=0).status is HELD
    assert linearizable([won, replace(lost, result=True)], initial=0).status is VIOLATED  # both cannot win
    assert linearizable([replace(won, result=False), lost], initial=0).status is VIOLATED  # nor both lose
    assert linearizable([cas(0, (0, 1), None, 0, None), read(1, 1, 5, 6)], initial=0).status is HELD
    assert linearizable([cas(0, (3, 1), None, 0, None), read(1, 1, 5, 6)], initial=0).status is VIOLATED


def test_a_clients_own_operations_are_in_order_though_the_clock_stands_still() -> None:
    assert linearizable([write(0, 1, 0, 2), read(0, 0, 2, 4)], initial=0).status is VIOLATED
    assert linearizable([write(0, 1, 0, 2), read(1, 0, 2, 4)], initial=0).status is HELD
    assert linearizable([read(0, 1, 0, 2), write(0, 1, 2, None)], initial=0).status is VIOLATED
    for first, second in ((1, 2), (2, 1)):  # two at once, over at once
        both = [write(0, 1, 0, 2), write(0, 2, 1, 2), read(0, first, 2, 4), read(0, second, 4, 5)]
        assert linearizable(both, initial=0).status is VIOLATED


def test_a_stale_read_is_found_among_a_thousand_operations() -> None:
    history = sequence(1000)
    first = next(each for each in history if each.access is WRITE and each.key == "k0")
    stale = read(7, first.value, 2001, 2006, key="k0")
    found = linearizable([*history, stale], initial=None)
    assert (found.status, found.step) == (VIOLATED, 2006)
    assert [each.access for each in found.operations] == [WRITE, WRITE, READ]
    assert found.operations[0] == first
    assert found.operations[-1] == stale


def test_a_lost_write_is_found() -> None:
    history = [write(0, 1, 0, 1), write(0, 2, 2, 3), write(1, 9, 2, 4), read(1, 2, 5, 6), read(2, 1, 7, 8)]
    found = linearizable(history, initial=0)
    assert found.operations == (history[0], history[1], history[4])


def test_of_two_keys_the_one_violated_first_is_told() -> None:
    late, early = read(0, 1, 8, 9, key="x"), read(1, 1, 1, 2, key="y")
    found = linearizable([write(0, 2, 0, 1, key="x"), late, early], initial=0)
    assert (found.step, found.operations) == (2, (early,))


def test_who_saw_what_is_left_out_is_left_out_with_it() -> None:
    forged = read(1, 9, 8, 9)
    history = [write(0, 5, 0, 1), write(0, 1, 2, 3), cas(0, (1, 2), True, 4, 5), read(0, 2, 6, 7), forged]
    assert linearizable(history, initial=0).operations == (forged,)


def test_holds_vacuously_where_nobody_was_told_anything() -> None:
    assert linearizable([]).vacuous
    assert linearizable([write(0, 1, 0, 1), read(0, None, 2, None)]).vacuous
    assert not linearizable([read(0, None, 0, 1)]).vacuous


# budget -----------------------------------------------------------------------------------------------


def crowd(size: int) -> list[Operation]:
    """Return writes of one another's values, all at once, and a read of what nobody wrote."""
    return [*(write(each, each % 2, 0, 100 + each) for each in range(size)), read(size, 7, 200, 201)]


def test_out_of_budget_is_neither_held_nor_violated() -> None:
    history = [write(each, each % 2, 0, 100) for each in range(8)] + [
        read(9, 2, 101, 102),
        write(9, 2, 0, 100),
    ]
    spent = linearizable(history, initial=0, budget=3)
    assert spent.status is INCONCLUSIVE
    assert spent.reason == "no answer for x within 3 ways"
    assert linearizable(history, initial=0).status is HELD


def test_a_violated_key_is_told_though_another_was_given_up() -> None:
    wrong = read(0, 1, 0, 1, key="y")
    found = linearizable([*crowd(8), wrong], initial=0, budget=5)
    assert (found.status, found.operations) == (VIOLATED, (wrong,))


@pytest.mark.parametrize("budget", [1, 2, 3, 10, 1000])
def test_a_budget_is_counted_and_not_timed(budget: int) -> None:
    answers = {linearizable(crowd(6), initial=0, budget=budget).status for _ in range(3)}
    assert len(answers) == 1


def test_a_budget_is_the_number_of_ways_that_may_be_followed() -> None:
    history = [write(0, 1, 0, 1), read(0, 1, 2, 3)]  # the way to begin, and the one on after the write
    assert linearizable(history, initial=0, budget=1).status is INCONCLUSIVE
    assert linearizable(history, initial=0, budget=2).status is HELD


def test_ways_that_come_to_the_same_are_followed_once() -> None:
    # ten writes have 10! orders, and twice 2^10 sets that one of two values was written last in
    assert linearizable(crowd(10), initial=0, budget=2 << 10).status is VIOLATED
    # writes that never returned stand for each other: it is their number that matters
    pending = [write(each, 1, 0, None) for each in range(10)]
    wrong = [write(10, 2, 1, 2), write(10, 3, 3, 4), read(10, 7, 5, 6)]
    assert linearizable([*pending, *wrong], initial=0, budget=100).status is VIOLATED


def test_a_value_that_comes_but_once_is_not_left_too_soon() -> None:
    assert linearizable(sequence(300, keys=1, clients=30, length=60), budget=1000).status is HELD
    pending = [write(each, each, 0, None) for each in range(12)]
    reads = [read(20, each, 2 * each + 1, 2 * each + 2) for each in range(12)]
    assert linearizable([*pending, *reads, read(20, 0, 30, 31)], budget=100).status is VIOLATED


def test_long_histories_need_no_deep_recursion() -> None:
    assert linearizable(sequence(20_000, keys=1)).status is HELD


# properties -------------------------------------------------------------------------------------------


def is_right(order: Sequence[Operation], initial: Any) -> bool:
    """Return whether one operation at a time, in this order, gives every result."""
    held: dict[Any, Any] = {}
    for each in order:
        found = held.get(each.key, initial)
        if each.access is READ and each.returned is not None and each.result != found:
            return False
        if each.access is CAS and each.returned is not None and each.result != (found == each.expected):
            return False
        if each.access is WRITE or (each.access is CAS and found == each.expected):
            held[each.key] = each.value
    return True


def orders(operations: Sequence[Operation]) -> Iterator[tuple[Operation, ...]]:
    """Yield every order of all that returned and some of what did not that keeps to precedence."""
    closed = [each for each in operations if each.returned is not None]
    pending = [each for each in operations if each.returned is None]
    for size in range(len(pending) + 1):
        for some in combinations(pending, size):
            for order in permutations([*closed, *some]):
                if not any(two.precedes(one) for one, two in combinations(order, 2)):
                    yield order


def has_order(operations: Sequence[Operation], initial: Any = 0) -> bool:
    return any(is_right(order, initial) for order in orders(operations))


@st.composite
def operations(
    draw: Any,
    accesses: Sequence[Access] = tuple(Access),
    keys: str = "x",
    values: Sequence[Any] = (0, 1, None),
) -> Operation:
    """Draw an operation with few values and short times, so that much collides."""
    invoked = draw(st.integers(0, 8))
    length = draw(st.none() | st.integers(1, 5) | st.integers(1, 5) | st.integers(1, 5))
    access, value = draw(st.sampled_from(accesses)), st.sampled_from(values)
    return Operation(
        client=draw(st.integers(0, 2)),
        access=access,
        key=draw(st.sampled_from(keys)),
        value=None if access is READ else draw(value),
        result=None
        if access is WRITE or length is None
        else draw(value if access is READ else st.booleans()),
        invoked=invoked,
        returned=None if length is None else invoked + length,
        expected=draw(value) if access is CAS else None,
    )


def sequence(size: int, keys: int = 10, clients: int = 5, length: float = 4) -> list[Operation]:
    """Return operations that take effect one after another, each somewhere between its ends."""
    luck = Random(1)  # noqa: S311
    store: dict[str, int] = {}
    made = []
    for place in range(size):
        key, value = f"k{luck.randrange(keys)}", place
        times = {
            "invoked": 2 * place - luck.random() * length,
            "returned": 2 * place + 1 + luck.random() * length,
        }
        if luck.random() < 0.5:
            store[key] = value
            made.append(Operation(place % clients, WRITE, key, value=value, **times))
        else:
            made.append(Operation(place % clients, READ, key, result=store.get(key), **times))
    return made


def is_closed(part: list[Operation], whole: list[Operation]) -> bool:
    gone = [each for each in whole if each not in part and each.writes]
    return not any(each.sees and (each.failed or other.value == each.saw) for each in part for other in gone)


registers = st.lists(operations(accesses=(READ, WRITE)), max_size=6)
histories = st.lists(operations(), max_size=6)


@given(histories | registers)
@settings(deadline=None, max_examples=250)
def test_is_what_the_definition_says(history: list[Operation]) -> None:
    found = linearizable(history, initial=0)
    assert (found.status is HELD) == has_order(history)
    assert found.status is not INCONCLUSIVE


@given(st.lists(operations(keys="xy"), max_size=5))
@settings(deadline=None, max_examples=100)
def test_is_local(history: list[Operation]) -> None:  # Herlihy and Wing, theorem 1
    assert (linearizable(history, initial=0).status is HELD) == has_order(history)


@given(st.lists(operations(), min_size=1, max_size=6, unique=True))
@settings(deadline=None, max_examples=200)
def test_a_window_cannot_be_explained_and_nothing_of_it_can_be_left_out(history: list[Operation]) -> None:
    found = linearizable(history, initial=0)
    if found.status is HELD:
        return
    window = list(found.operations)
    assert set(window) <= set(history)
    assert not has_order(window)
    assert all(each.writes or each.over(found.step or 0) for each in window)
    seen = [each for each in history if each.invoked <= (found.step or 0)]
    assert is_closed(window, seen)
    for each in window:
        rest = [other for other in window if other is not each]
        while not is_closed(rest, seen):
            rest = [
                other
                for other in rest
                if is_closed([other], [other, *(one for one in seen if one not in rest)])
            ]
        assert has_order(rest), each


@given(st.lists(operations(), min_size=1, max_size=6))
@settings(deadline=None, max_examples=100)
def test_a_violation_is_told_as_of_the_first_return_that_shows_it(history: list[Operation]) -> None:
    found = linearizable(history, initial=0)
    ends = sorted({each.returned for each in history if each.returned is not None})
    for time in ends:
        by_then = [
            each if each.over(time) else replace(each, returned=None, result=None)
            for each in history
            if each.invoked <= time
        ]
        if not has_order(by_then):
            assert found.step == ceil(time)
            return
    assert found.status is HELD


@given(histories, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=100)
def test_does_not_depend_on_the_order_in_which_operations_are_told(
    history: list[Operation], luck: Random
) -> None:
    shuffled = luck.sample(history, len(history))
    assert linearizable(history, initial=0).status is linearizable(shuffled, initial=0).status
    assert linearizable(history, initial=0).step == linearizable(shuffled, initial=0).step


def test_what_took_effect_one_by_one_is_linearizable() -> None:
    for clients in (1, 5, 30):
        for keys in (1, 3):
            assert linearizable(sequence(300, keys, clients)).status is HELD
