"""Folds: what logs amount to, as values that share memory."""

from typing import Any, ClassVar

from accord.agents.ledger.fold import Fold
from hypothesis import given, settings
from hypothesis import strategies as st


class Adding:
    done = 0  # by all of them: what it costs

    def __init__(self) -> None:
        self.length, self.sum = 0, 0

    def do(self, entry: int) -> int:
        Adding.done += 1
        self.length, self.sum = self.length + 1, self.sum + entry
        return self.sum


class Total(Fold[int, Adding]):
    empty: ClassVar[Any] = Adding

    @property
    def sum(self) -> int:
        return self.contents().sum


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), max_size=20))
def test_each_is_what_its_own_entries_amount_to_whoever_goes_on(steps: list[tuple[int, int]]) -> None:
    folds, entries = [Total()], [list[int]()]
    for before, entry in steps:
        before %= len(folds)
        after, told = folds[before].and_then(entry)
        folds.append(after)
        entries.append([*entries[before], entry])
        assert told == sum(entries[-1])
    for fold, own in zip(folds, entries, strict=True):
        assert (fold.sum, len(fold)) == (sum(own), len(own))
        for other, theirs in zip(folds, entries, strict=True):
            assert (fold == other) == (own == theirs)
            assert fold != other or hash(fold) == hash(other)


def test_going_on_takes_one_step_however_long_it_is() -> None:
    fold, before = Total(), Adding.done
    for entry in range(1000):
        fold, _ = fold.and_then(entry)
    assert fold.sum == 499_500
    assert Adding.done - before == 1000
