"""Logs that share memory and are values all the same."""

import pytest
from accord.agents.ledger.log import Log
from hypothesis import given
from hypothesis import strategies as st


@given(st.data())
def test_it_behaves_as_a_tuple_does(data: st.DataObject) -> None:
    logs: list[tuple[Log[int], tuple[int, ...]]] = [(Log(), ())]
    for _ in range(data.draw(st.integers(1, 12))):
        log, same = logs[data.draw(st.integers(0, len(logs) - 1))]
        if data.draw(st.booleans()):
            more = data.draw(st.lists(st.integers(0, 3), max_size=3))
            logs.append((log.and_then(*more), (*same, *more)))
        else:
            length = data.draw(st.integers(0, len(same) + 1))
            logs.append((log.cut(length), same[:length]))
    for log, same in logs:  # whatever came later
        assert tuple(log) == same == log[:]
        assert len(log) == len(same)
        assert [log[k] for k in range(len(same))] == list(same)
        for other, its in logs:
            assert (log == other) == (same == its)
            assert log != other or hash(log) == hash(other)


def test_what_is_continued_shares_memory() -> None:
    log: Log[int] = Log()
    for k in range(1000):
        log = log.and_then(k)
    assert log.cut(5)._shared is log._shared
    assert log.cut(5).and_then(1)._shared is not log._shared


@pytest.mark.parametrize("index", [2, -3])
def test_there_is_nothing_beyond_its_end(index: int) -> None:
    longer = Log("abc")
    with pytest.raises(IndexError, match="2 entries"):
        longer.cut(2)[index]
    assert longer.cut(2)[-1] == "b"


def test_an_empty_log_keeps_nothing_of_those_that_began_with_it() -> None:
    # it is often a constant, and would hold on to a whole run
    empty: Log[str] = Log()
    assert list(empty.and_then("a").and_then("b")) == ["a", "b"]
    assert empty._shared == []
    assert empty.cut(3) is empty
