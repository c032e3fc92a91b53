"""Linearizability: whether clients could tell a store from one that does a single operation at a time.

A history is linearizable if its operations can be put in one order, each between its invocation and its return, in
which every result is right [1]_. It is if each key's part of it is, so keys are judged one by one.

For each key, Wing and Gong's search [2]_: what may come next is what no other operation left precedes; try each, and
go back where nothing fits. Lowe's addition [3]_: two ways that have done the same operations and left the same value
have the same future, so only one is followed. Three more, which hold for registers: an operation that changes nothing
(a read of the present value, a failed comparison) is done at once, as it can only be in the way later; a value that
can come but once is not left before everybody who saw it is done; and operations that never returned and write the
same value stand for each other.

The problem is NP-complete [4]_, so the search has a budget, counted in ways followed: the answer is a function of the
history, and not of the machine's mood.

References
----------
.. [1] M. P. Herlihy, J. M. Wing, "Linearizability: a correctness condition for concurrent objects", ACM Transactions
       on Programming Languages and Systems 12 (1990) 463-492, doi:10.1145/78969.78972.
.. [2] J. M. Wing, C. Gong, "Testing and verifying concurrent objects", Journal of Parallel and Distributed Computing
       17 (1993) 164-182, doi:10.1006/jpdc.1993.1015.
.. [3] G. Lowe, "Testing for linearizability", Concurrency and Computation: Practice and Experience 29 (2017) e3928,
       doi:10.1002/cpe.3928.
.. [4] P. B. Gibbons, E. Korach, "Testing shared memories", SIAM Journal on Computing 26 (1997) 1208-1244,
       doi:10.1137/S0097539794279614.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from math import ceil, inf
from operator import itemgetter
from typing import NamedTuple

from .histories import Access, Finding, Operation, by_key
from .shrinking import minimised
from .verdict import Status

__all__ = ["linearizable"]


def linearizable(history: Iterable[Operation], initial: Hashable = None, budget: int = 100_000) -> Finding:
    """Judge whether a history is linearizable.

    Parameters
    ----------
    history
        Operations, in any order.
    initial
        What every key holds at first.
    budget
        Ways that are followed for each key at most.

    Returns
    -------
    Finding
        Violated, with the time at which it was (of the key where it was first) and operations that no order explains.
        They are closed, as whoever wrote what one of them saw is among them, so that they cannot be explained by what
        is left out; and minimal, as without any of them (and those that saw what it wrote) there is an order.
        Inconclusive, where the budget was spent on a key and no other is violated.

    Examples
    --------
    >>> put = Operation(0, Access.WRITE, "x", value=200, invoked=0, returned=9)
    >>> new = Operation(1, Access.READ, "x", result=200, invoked=1, returned=3)
    >>> old = Operation(2, Access.READ, "x", result=0, invoked=5, returned=7)
    >>> linearizable([put, new], initial=0).status, linearizable([put, new, old], initial=0).status
    (<Status.HELD: 'held'>, <Status.VIOLATED: 'violated'>)
    """
    violated: list[tuple[float, list[Operation]]] = []
    spent: list[Hashable] = []
    tested = False
    for key, operations in by_key(history).items():
        tested = tested or any(each.returned is not None and each.sees for each in operations)
        status = _Register(operations, initial).search(budget)
        if status is Status.INCONCLUSIVE:
            spent.append(key)
        elif status is Status.VIOLATED:
            violated.append(_first_offence(operations, initial, budget))
    if violated:
        time, until = min(violated, key=itemgetter(0))
        window = _window(until, initial, budget)
        told = "; ".join(map(str, window))
        clients = tuple(dict.fromkeys(each.client for each in window))
        return Finding(Status.VIOLATED, ceil(time), clients, f"no order explains {told}", operations=window)
    if spent:
        keys = ", ".join(map(str, spent))
        return Finding(Status.INCONCLUSIVE, reason=f"no answer for {keys} within {budget} ways")
    return Finding(Status.HELD, vacuous=not tested)


class _Way(NamedTuple):
    """A way to begin the order: which operations are done, and the value that they leave.

    Of those that returned, the first `low` in order of invocation are done, and those after them whose bits are set
    in `beyond`; of those that never returned, those whose bits are set in `open`.
    """

    low: int
    beyond: int
    open: int
    value: Hashable

    def done(self, index: int) -> bool:
        return index < self.low or bool(self.beyond >> (index - self.low) & 1)

    def doing(self, indices: Iterable[int], value: Hashable) -> "_Way":
        beyond = self.beyond
        for index in indices:
            beyond |= 1 << (index - self.low)
        ready = (~beyond & (beyond + 1)).bit_length() - 1  # ones at the low end
        return _Way(self.low + ready, beyond >> ready, self.open, value)


class _Register:
    """The operations on one key, which come in order of invocation, and the search for an order of them."""

    def __init__(self, operations: Sequence[Operation], initial: Hashable) -> None:
        self.initial = initial
        self.closed = [each for each in operations if each.returned is not None]
        self.pending = [each for each in operations if each.returned is None and each.writes]
        self.ends: dict[tuple[int, float | None], list[int]] = defaultdict(list)
        for index, each in enumerate(self.closed):
            self.ends[each.client, each.returned].append(index)
        sources = Counter([initial, *(each.value for each in operations if each.writes)])
        self.seers: dict[Hashable, list[int]] = {value: [] for value, times in sources.items() if times == 1}
        for index, each in enumerate(self.closed):
            if each.sees and not each.failed and each.saw in self.seers:
                self.seers[each.saw].append(index)

    def search(self, budget: int) -> Status:
        """Return whether there is an order; inconclusive if the budget does not suffice to tell."""
        seen: set[_Way] = set()
        stack = [_Way(0, 0, 0, self.initial)]
        while stack:
            way = stack.pop()
            if way in seen:
                continue
            if len(seen) == budget:
                return Status.INCONCLUSIVE
            seen.add(way)
            way, free, deadline = self._advanced(way)
            if way.low == len(self.closed):
                return Status.HELD
            stack.extend(reversed([*self._next(way, free, deadline)]))
        return Status.VIOLATED

    def _advanced(self, way: _Way) -> tuple[_Way, list[int], float]:
        """Return a way with all done that changes nothing, what may come next, and the return it has to precede."""
        while True:
            free: list[int] = []
            idle: list[int] = []
            deadline = inf
            rest = ~way.beyond
            while True:
                index = way.low + (rest & -rest).bit_length() - 1
                if index >= len(self.closed) or self.closed[index].invoked > deadline:
                    break
                each = self.closed[index]
                deadline = min(deadline, each.returned)  # type: ignore[type-var,assignment]
                if self._is_turn(each, way):
                    (idle if _changes_nothing(each, way.value) else free).append(index)
                rest &= rest - 1
            if not idle:
                return way, free, deadline
            way = way.doing(idle, way.value)

    def _is_turn(self, each: Operation, way: _Way) -> bool:
        """Return whether what the client was told of just when it invoked this is done."""
        return all(map(way.done, self.ends.get((each.client, each.invoked), ())))

    def _next(self, way: _Way, free: Iterable[int], deadline: float) -> Iterator[_Way]:
        """Yield the ways on from one, by an operation that changes its value."""
        blind = [index for index in self.seers.get(way.value, ()) if not way.done(index)]
        for index in free:
            each = self.closed[index]
            if each.writes and blind in ([], [index]) and _fits(each, way.value):
                yield way.doing((index,), each.value)
        tried = {way.value}
        for place, each in enumerate(self.pending):
            if blind or each.invoked > deadline:
                break
            if way.open >> place & 1 or each.value in tried or not _fits(each, way.value):
                continue
            if self._is_turn(each, way):
                tried.add(each.value)
                yield way._replace(open=way.open | 1 << place, value=each.value)


def _changes_nothing(each: Operation, value: Hashable) -> bool:
    if each.access is Access.READ:
        return each.result == value
    return each.failed and each.expected != value


def _fits(each: Operation, value: Hashable) -> bool:
    return each.access is Access.WRITE or each.expected == value


def _first_offence(
    operations: Sequence[Operation], initial: Hashable, budget: int
) -> tuple[float, list[Operation]]:
    """Return the first time by which no order explains what had returned, and the operations that matter to it."""
    returns = sorted({each.returned for each in operations if each.returned is not None})

    def explained(time: float) -> bool:
        by_then = [
            each if each.over(time) else replace(each, returned=None)
            for each in operations
            if each.invoked <= time
        ]
        return _Register(by_then, initial).search(budget) is not Status.VIOLATED

    time = returns[bisect_left(returns, True, key=lambda time: not explained(time))]
    return time, [each for each in operations if each.invoked <= time and (each.writes or each.over(time))]


def _window(operations: Sequence[Operation], initial: Hashable, budget: int) -> tuple[Operation, ...]:
    """Return a part of some operations on a key that no order explains, whatever may be left out."""

    def unexplained(some: list[Operation]) -> list[Operation] | None:
        kept = _closed_under_reading(some, operations)
        return kept if _Register(kept, initial).search(budget) is Status.VIOLATED else None

    return tuple(minimised(operations, unexplained))


def _closed_under_reading(some: Iterable[Operation], whole: Iterable[Operation]) -> list[Operation]:
    """Return those of some operations that saw nothing written by an operation of the whole that is left out.

    Any order of the whole is one of these, too: nobody who is left misses the writes that are gone.
    """
    kept = list(some)
    while True:
        there = set(map(id, kept))
        gone = {each.value for each in whole if each.writes and id(each) not in there}
        left = [each for each in kept if not gone or not (each.failed or (each.sees and each.saw in gone))]
        if len(left) == len(kept):
            return kept
        kept = left
