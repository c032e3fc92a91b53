"""What weaker stores promise, held to Lamport's definitions, and what replicated ledgers promise."""

from collections.abc import Callable, Sequence
from itertools import combinations, permutations
from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.models.consistency import durable, preserved, regular, safe, same_order, wrong_reads
from accord.models.histories import Access, Finding, Operation
from accord.models.linearizability import linearizable
from accord.models.verdict import Status
from hypothesis import given, settings
from hypothesis import strategies as st

READ, WRITE = Access.READ, Access.WRITE
HELD, VIOLATED = Status.HELD, Status.VIOLATED


def read(client: int, result: Any, invoked: float, returned: float | None, key: str = "x") -> Operation:
    return Operation(client, READ, key, result=result, invoked=invoked, returned=returned)


def write(client: int, value: Any, invoked: float, returned: float | None, key: str = "x") -> Operation:
    return Operation(client, WRITE, key, value=value, invoked=invoked, returned=returned)


# registers --------------------------------------------------------------------------------------------

WRITES = [write(0, 1, 0, 2), write(0, 2, 4, 8)]  # the one writer that Lamport's definitions are about


@pytest.mark.parametrize(
    ("result", "invoked", "returned", "is_safe", "is_regular"),
    [
        (1, 2.5, 3.5, True, True),  # between the writes: the first one's value and nothing else
        (0, 2.5, 3.5, False, False),
        (2, 2.5, 3.5, False, False),
        (
            1,
            5,
            6,
            True,
            True,
        ),  # during the second write: the old value or the new one, or if merely safe anything
        (2, 5, 6, True, True),
        (0, 5, 6, True, False),
        (7, 5, 6, True, False),
        (0, 1, 5, True, True),  # during both: either, or the initial one
        (1, 1, 5, True, True),
        (2, 1, 5, True, True),
        (2, 9, 10, True, True),  # after both
        (1, 9, 10, False, False),
        (0, -2, -1, True, True),  # before both
        (1, -2, -1, False, False),
    ],
)
def test_one_read(result: int, invoked: float, returned: float, is_safe: bool, is_regular: bool) -> None:
    history = [*WRITES, read(1, result, invoked, returned)]
    assert (safe(history, initial=0).status is HELD) == is_safe
    assert (regular(history, initial=0).status is HELD) == is_regular


def test_wrong_reads_are_those_that_are_not_explained() -> None:
    good, during, stale = read(1, 2, 9, 10), read(1, 7, 5, 6), read(2, 1, 9, 10)
    history = [*WRITES, good, during, stale, read(1, 3, 0, 2, key="y")]
    assert wrong_reads(history, initial=0) == [during, stale, history[-1]]
    assert wrong_reads(history, initial=0, overlapping=False) == [stale, history[-1]]


def test_what_a_read_during_a_write_says_of_durability_depends_on_the_promise() -> None:
    history = [*WRITES, read(1, 0, 5, 6)]
    assert durable(history, initial=0).status is VIOLATED
    assert durable(history, initial=0, overlapping=False).vacuous


def test_new_and_then_old_is_regular_and_not_atomic() -> None:  # Lamport's inversion
    history = [*WRITES, read(1, 2, 4.5, 5), read(1, 1, 5.5, 6)]
    assert regular(history, initial=0).status is HELD
    assert linearizable(history, initial=0).status is VIOLATED


def test_a_write_that_never_returned_overlaps_whatever_follows() -> None:
    pending = [write(0, 1, 0, 2), write(0, 2, 4, None)]
    assert regular([*pending, read(1, 2, 9, 10), read(1, 1, 11, 12)], initial=0).status is HELD
    assert regular([*pending, read(1, 0, 9, 10)], initial=0).status is VIOLATED
    assert safe([*pending, read(1, 0, 9, 10)], initial=0).vacuous  # there is no read that it says anything of


def test_of_two_writers_at_once_either_may_be_the_last() -> None:
    writes = [write(0, 1, 0, 4), write(1, 2, 1, 3)]
    for result, status in ((1, HELD), (2, HELD), (0, VIOLATED)):
        assert safe([*writes, read(2, result, 5, 6)], initial=0).status is status
    # each read is judged by itself, so that two of them may differ
    assert regular([*writes, read(2, 1, 5, 6), read(2, 2, 7, 8), read(2, 1, 9, 10)], initial=0).status is HELD


def test_a_stale_read_is_shown_with_what_had_replaced_it() -> None:
    stale = read(2, 1, 9, 10)
    found = regular([stale, read(2, 0, 20, 21), *WRITES], initial=0)
    assert (found.status, found.step, found.witnesses) == (VIOLATED, 10, (0, 2))
    assert found.operations == (*WRITES, stale)
    assert found.reason == "client 2 read x = 1 in [9, 10], after client 0 write x = 2 in [4, 8]"


def test_an_initial_value_is_shown_with_what_had_replaced_it() -> None:
    stale = read(2, 0, 2.5, 3)
    assert safe([*WRITES, stale], initial=0).operations == (WRITES[0], stale)


def test_an_invention_is_shown_alone() -> None:
    forged = read(2, 7, 9, 9.5)
    found = safe([*WRITES, forged], initial=0)
    assert (found.step, found.operations) == (10, (forged,))
    assert found.reason == "client 2 read x = 7 in [9, 9.5], which nobody had written"
    early = read(2, 2, 2.5, 3)
    assert safe([*WRITES, early], initial=0).operations == (early,)


def test_keys_are_registers_of_their_own() -> None:
    assert regular([write(0, 1, 0, 1, key="y"), read(0, 0, 2, 3)], initial=0).status is HELD
    wrong = read(1, 5, 1, 2, key="z")
    later = [read(0, 0, 0, 1), read(0, 5, 3, 4)]
    assert regular([*later, wrong], initial=0).operations == (wrong,)


def test_a_clients_own_operations_are_in_order_though_the_clock_stands_still() -> None:
    own, others = read(0, 0, 2, 4), read(1, 0, 2, 4)
    assert regular([write(0, 1, 0, 2), own], initial=0).operations == (write(0, 1, 0, 2), own)
    assert safe([write(0, 1, 0, 2), own], initial=0).status is VIOLATED
    assert regular([write(0, 1, 0, 2), others], initial=0).status is HELD
    assert regular([read(0, 1, 0, 2), write(0, 1, 2, 4)], initial=0).status is VIOLATED
    assert safe([read(0, 1, 0, 2), write(0, 1, 2, 4)], initial=0).status is VIOLATED
    assert safe([read(1, 1, 0, 2), write(0, 1, 2, 4)], initial=0).vacuous
    first, second, other, old = write(0, 1, 0, 2), write(0, 2, 2, 4), write(1, 3, 2, 4), read(2, 1, 5, 6)
    assert regular([first, other, old], initial=0).status is HELD
    assert regular([first, second, other, old], initial=0).operations == (first, second, old)


def test_without_reads_nothing_is_said() -> None:
    for monitor in (safe, regular, durable):
        assert monitor([]).vacuous
        assert monitor([*WRITES, read(1, None, 9, None)]).vacuous


@pytest.mark.parametrize("monitor", [safe, regular, durable])
def test_registers_do_not_compare(monitor: Callable[..., Finding]) -> None:
    change = Operation(0, Access.CAS, "x", expected=0, value=1, result=True, invoked=0, returned=1)
    with pytest.raises(
        InputError, match=r"access=cas: client 0 cas x = 0 -> 1 in \[0, 1\]: a register knows reads"
    ):
        monitor([change])


@st.composite
def operations(draw: Any, writers: int = 3) -> Operation:
    invoked, length = draw(st.integers(0, 9)), draw(st.none() | st.integers(1, 4) | st.integers(1, 4))
    access, value = draw(st.sampled_from([READ, WRITE])), draw(st.integers(0, 3))
    return Operation(
        client=draw(st.integers(0, writers - 1)),
        access=access,
        key="x",
        value=value if access is WRITE else None,
        result=value if access is READ and length is not None else None,
        invoked=invoked,
        returned=None if length is None else invoked + length,
    )


def is_last_in_some_order(seen: Operation, history: Sequence[Operation], *, overlapping: bool) -> bool:
    """Return whether some writes and a read can be put in one order in which it returns what it did.

    All that precede the read are among them, and of those that overlap it any.
    """
    writes = [each for each in history if each.access is WRITE and not seen.precedes(each)]
    before = [each for each in writes if each.precedes(seen)]
    others = [each for each in writes if not each.precedes(seen)]
    if others and not overlapping:
        return True
    for size in range(len(others) + 1):
        for some in combinations(others, size):
            for order in permutations([*before, *some]):
                if any(two.precedes(one) for one, two in combinations(order, 2)):
                    continue
                if seen.result == (order[-1].value if order else 0):
                    return True
    return False


@given(st.lists(operations(), max_size=6))
@settings(deadline=None, max_examples=250)
def test_is_what_the_definition_says(history: list[Operation]) -> None:
    reads = [each for each in history if each.access is READ and each.returned is not None]
    for monitor, overlapping in ((safe, False), (regular, True)):
        expected = all(is_last_in_some_order(each, history, overlapping=overlapping) for each in reads)
        found = monitor(history, initial=0)
        assert (found.status is HELD) == expected
        if not expected:
            assert monitor(found.operations, initial=0).status is VIOLATED
            wrong = (
                each for each in reads if not is_last_in_some_order(each, history, overlapping=overlapping)
            )
            assert found.operations[-1].returned == min(each.returned or 0 for each in wrong)


@given(st.lists(operations(), max_size=7))
@settings(deadline=None, max_examples=200)
def test_linearizable_is_regular_is_safe_and_loses_nothing(history: list[Operation]) -> None:
    if linearizable(history, initial=0).status is HELD:
        assert regular(history, initial=0).status is HELD
        assert durable(history, initial=0).status is HELD
    if regular(history, initial=0).status is HELD:
        assert safe(history, initial=0).status is HELD


# durability -------------------------------------------------------------------------------------------


def test_a_write_is_lost_if_the_last_reads_know_only_what_was_before() -> None:
    gone = read(1, 1, 20, 21)
    found = durable([*WRITES, read(1, 2, 9, 10), gone], initial=0)
    assert (found.status, found.step, found.operations) == (VIOLATED, 21, (WRITES[1], gone))
    assert found.reason == "client 0 write x = 2 in [4, 8], and at last client 1 read x = 1 in [20, 21]"
    assert durable([*WRITES, read(1, 0, 20, 21)], initial=0).operations[0] == WRITES[0]  # all was lost


def test_what_is_stale_once_is_not_lost() -> None:
    assert durable([*WRITES, read(1, 1, 9, 10), read(1, 2, 20, 21)], initial=0).status is HELD


def test_of_the_last_reads_one_that_knows_is_enough() -> None:
    old, new = read(1, 1, 20, 23), read(2, 2, 21, 22)
    assert durable([*WRITES, old, new], initial=0).status is HELD
    assert durable([*WRITES, old, read(2, 1, 21, 22)], initial=0).operations == (
        WRITES[1],
        old,
        read(2, 1, 21, 22),
    )
    early = read(2, 2, 5, 22)  # began before the write returned: it may have been answered then
    assert durable([*WRITES, old, early], initial=0).operations == (WRITES[1], old)


def test_of_reads_at_once_all_are_last() -> None:
    new, old, same = read(1, 2, 20, 22), read(1, 1, 22, 24), read(2, 1, 22, 24)
    assert durable([*WRITES, new, old, same], initial=0).operations == (WRITES[1], old, same)


def test_what_was_replaced_or_never_acknowledged_is_not_lost() -> None:
    assert durable([*WRITES, write(1, 3, 9, 10), read(2, 3, 11, 12)], initial=0).status is HELD
    assert durable([*WRITES, write(1, 3, 5, None), read(2, 3, 11, 12)], initial=0).status is HELD
    assert durable([write(0, 1, 0, None), read(1, 0, 5, 6)], initial=0).status is HELD


def test_the_same_value_written_again_is_not_older() -> None:
    assert durable([*WRITES, write(1, 1, 9, 10), read(2, 1, 11, 12)], initial=0).status is HELD
    assert durable([*WRITES, write(1, 0, 9, 10), read(2, 0, 11, 12)], initial=0).status is HELD


def test_an_invention_says_nothing_of_durability() -> None:
    assert durable([*WRITES, read(1, 7, 20, 21)], initial=0).status is HELD


# ledgers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ledgers", "status", "witnesses", "vacuous"),
    [
        ({}, HELD, (), True),
        ({0: "abc", 1: "", 2: ""}, HELD, (), True),
        ({0: "a", 1: "abc", 2: "ab", 3: ""}, HELD, (), False),
        ({0: "abc", 1: "abd"}, VIOLATED, (1, 0), False),
        ({0: "abc", 1: "abd", 2: "x"}, VIOLATED, (2, 0), False),  # the first place at which any two differ
        ({4: "ab", 7: "ba", 9: "abc"}, VIOLATED, (7, 9), False),
    ],
)
def test_same_order(
    ledgers: dict[int, Any], status: Status, witnesses: tuple[int, ...], vacuous: bool
) -> None:
    found = same_order(ledgers)
    assert (found.status, found.witnesses, found.vacuous) == (status, witnesses, vacuous)


@given(st.dictionaries(st.integers(0, 9), st.text("ab", max_size=4), max_size=4))
@settings(deadline=None, max_examples=300)
def test_same_order_is_that_of_any_two_one_begins_with_the_other(ledgers: dict[int, str]) -> None:
    pairs = list(combinations(ledgers.values(), 2))
    agree = all(one.startswith(other) or other.startswith(one) for one, other in pairs)
    found = same_order(ledgers)
    assert (found.status is HELD) == agree
    if not agree:
        first = min(
            next(place for place in range(min(map(len, pair))) if pair[0][place] != pair[1][place])
            for pair in pairs
            if not pair[0].startswith(pair[1]) and not pair[1].startswith(pair[0])
        )
        one, other = (ledgers[node] for node in found.witnesses)
        assert one[first] != other[first]
        assert one[:first] == other[:first]
        assert found.reason.startswith(
            f"place {first} holds {one[first]!r} at server {found.witnesses[0]} and "
        )


def test_preserved() -> None:
    assert preserved({}, {0: "a"}).vacuous
    assert not preserved({"a": 5}, {0: "a"}).vacuous
    assert preserved({"a": 5, "b": 6}, {0: "", 1: "ba"}).status is HELD
    found = preserved({"a": 5, "c": 6, "b": 7, "d": 6}, {0: "a", 1: "ab"})
    assert (found.status, found.witnesses) == (VIOLATED, (6,))
    assert found.reason == "acknowledged and in no ledger: 'c', 'd'"
