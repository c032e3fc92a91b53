"""Operations: which precedes which, and how they are told."""

import pytest
from accord.agents.errors import InputError
from accord.models.histories import Access, Operation, by_key
from hypothesis import given, settings
from hypothesis import strategies as st


def at(invoked: float, returned: float | None, client: int = 0) -> Operation:
    return Operation(client, Access.READ, "x", invoked=invoked, returned=returned)


def test_precedes_what_is_invoked_after_it_returned() -> None:
    assert at(0, 2).precedes(at(3, 4, client=1))
    assert not at(3, 4, client=1).precedes(at(0, 2))
    assert not at(0, 3).precedes(at(2, 4, client=1))
    assert not at(0, None).precedes(at(9, 10, client=1))


def test_ends_at_the_same_time_are_in_order_for_one_client_only() -> None:
    assert at(0, 2).precedes(at(2, 4))
    assert not at(0, 2).precedes(at(2, 4, client=1))


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5), st.integers(1, 3)), min_size=3, max_size=3))
@settings(deadline=None, max_examples=200)
def test_precedence_is_a_strict_order(drawn: list[tuple[int, int, int]]) -> None:
    one, two, three = (at(start, start + length, client) for client, start, length in drawn)
    assert not one.precedes(one)
    if one.precedes(two):
        assert not two.precedes(one)
        if two.precedes(three):
            assert one.precedes(three)


def test_an_operation_takes_time() -> None:
    for returned in (2, 1):
        with pytest.raises(
            InputError, match=rf"returned={returned}: read of 'x' by client 0 must return after .* at 2"
        ):
            at(2, returned)


def test_what_writes_and_what_it_saw() -> None:
    write = Operation(0, Access.WRITE, "x", value=1, returned=1)
    held, failed, open_ = (
        Operation(0, Access.CAS, "x", expected=1, value=2, result=result, returned=returned)
        for result, returned in ((True, 1), (False, 1), (None, None))
    )
    assert [each.writes for each in (write, held, failed, open_, at(0, 1))] == [
        True,
        True,
        False,
        True,
        False,
    ]
    assert [each.sees for each in (write, held, failed, open_, at(0, 1))] == [False, True, True, True, True]
    assert [each.failed for each in (write, held, failed, open_)] == [False, False, True, False]
    assert held.saw == 1
    assert Operation(0, Access.READ, "x", result=7, returned=1).saw == 7
    assert held.over(1)
    assert not held.over(0.5)
    assert not open_.over(10**9)


def test_told() -> None:
    assert str(Operation(3, Access.WRITE, "x", value=1, invoked=2)) == "client 3 write x = 1 in [2, ...)"
    assert str(at(0, None)) == "client 0 read x = ? in [0, ...)"
    cas = Operation(1, Access.CAS, "x", expected=1, value=2, result=False, invoked=0.5, returned=1)
    assert str(cas) == "client 1 cas x = 1 -> 2 failed in [0.5, 1]"


def test_by_key_in_order_of_invocation() -> None:
    first, second = at(1, 2), at(0, 2)
    other = Operation(0, Access.READ, "y", invoked=5)
    assert by_key([first, other, second]) == {"x": [second, first], "y": [other]}
