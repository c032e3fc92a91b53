"""Commands, and what a ledger of them amounts to."""

from math import nan

import pytest
from accord.agents.command import Command, Store
from hypothesis import given, settings
from hypothesis import strategies as st

WRITTEN = st.one_of(st.none(), st.integers(0, 9))


def test_a_read_is_answered_with_what_was_written_last() -> None:
    store = Store()
    for command, answer in [
        (Command(3, 0, key=1), 0),
        (Command(3, 1, key=1, value=7), 7),
        (Command(4, 0, key=1), 7),
        (Command(4, 1, key=2), 0),
        (Command(4, 2, key=1, value=8), 8),
        (Command(3, 2, key=1), 8),
    ]:
        store, result = store.after(command)
        assert result == answer


def test_what_comes_again_is_done_once_and_answered_as_before() -> None:
    store, _ = Store().after(Command(3, 0, key=0, value=1))
    later, _ = store.after(Command(4, 0, key=0, value=2))
    assert later.after(Command(3, 0, key=0, value=1)) == (later, 1)
    assert later.after(Command(3, 1, key=0))[1] == 2


def test_a_store_is_a_value_whoever_goes_on_from_it() -> None:
    first, _ = Store().after(Command(3, 0, key=0, value=1))
    one, _ = first.after(Command(4, 0, key=0, value=2))
    other, _ = first.after(Command(4, 0, key=0, value=3))
    read = Command(5, 0, key=0)
    for _ in range(2):
        assert [each.after(read)[1] for each in (Store(), first, one, other)] == [0, 1, 2, 3]
    assert first.answered(4) == (-1, 0)
    assert (one.answered(4), other.answered(4)) == ((0, 2), (0, 3))
    again, _ = first.after(Command(4, 0, key=0, value=2))
    assert again == one != other
    assert hash(again) == hash(one)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(3, 5), st.integers(0, 4), st.integers(0, 2), WRITTEN))
)
def test_stores_are_what_a_dictionary_is(
    steps: list[tuple[int, int, int, int, int | None]],
) -> None:
    # each step goes on from any store before, and is held against plain dictionaries
    known: list[tuple[Store, dict[int, int], dict[int, tuple[int, int]]]] = [(Store(), {}, {})]
    for start, client, number, key, value in steps:
        store, values, answered = known[start % len(known)]
        values, answered = dict(values), dict(answered)
        if number > answered.get(client, (-1, 0))[0]:
            if value is not None:
                values[key] = value
            answered[client] = number, values.get(key, 0)
        after, result = store.after(Command(client, number, key, value))
        assert result == answered[client][1]
        known.append((after, values, answered))
    for store, _, answered in known:
        assert all(store.answered(client) == last for client, last in answered.items())


@pytest.mark.parametrize(
    "command",
    [
        Command(-1, 0, 0),
        Command(3, -1, 0),
        Command(3, 0, "x"),  # type: ignore[arg-type]
        Command(3, 0, 0, "x"),  # type: ignore[arg-type]
        Command(3, 0, 0, nan),
        Command(True, 0, 0),
        Command(3, 0.5, 0),  # type: ignore[arg-type]
    ],
)
def test_what_no_client_would_ask(command: Command) -> None:
    assert not command.is_sane
    assert Command(3, 0, 0).is_sane
    assert Command(3, 0, 0, 1.5).is_sane


def test_it_can_be_read() -> None:
    assert [str(Command(3, 0, 1, 7)), str(Command(3, 1, 1))] == ["write 1 7 [3.0]", "read 1 [3.1]"]
