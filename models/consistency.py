"""Consistency: what stores promise besides linearizability, judged by what clients and servers saw.

A register is *safe* if a read that overlaps no write returns what was written last, and *regular* if, besides, a read
that overlaps writes returns what was written last or what one of them writes [1]_. With several writers, what was
written last is any value that no other write is known to have replaced: some write's that no write follows which in
turn precedes the read; the initial one only if no write precedes it. So it is told of masking quorums [2]_, and it is
the weakest of the ways to extend regular registers to several writers [3]_, as each read is judged by itself. A write
that never returned overlaps whatever comes after it.

Replicated ledgers promise more: one order everywhere, and in it all that was acknowledged.

References
----------
.. [1] L. Lamport, "On interprocess communication. Part II: algorithms", Distributed Computing 1 (1986) 86-101,
       doi:10.1007/BF01786228.
.. [2] D. Malkhi, M. Reiter, "Byzantine quorum systems", Distributed Computing 11 (1998) 203-213,
       doi:10.1007/s004460050050.
.. [3] C. Shao, J. L. Welch, E. Pierce, H. Lee, "Multiwriter consistency conditions for shared memory registers", SIAM
       Journal on Computing 40 (2011) 28-62, doi:10.1137/07071158X.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from math import ceil, inf

from ..agents.errors import InputError
from .histories import Access, Finding, Operation, by_key
from .verdict import Judgement, Status

__all__ = ["durable", "preserved", "regular", "safe", "same_order", "wrong_reads"]


def safe(history: Iterable[Operation], initial: Hashable = None) -> Finding:
    """Judge whether every read that overlapped no write returned what was written last.

    Parameters
    ----------
    history
        Reads and writes, in any order.
    initial
        What every key holds at first.

    Returns
    -------
    Finding
        Violated by the first read that returned anything else. It is the last of the operations; before it stand the
        latest write of what it returned, if there is any, and a write that had replaced that. Vacuous if there was no
        such read.

    Raises
    ------
    InputError
        If there is a compare and set among the operations.
    """
    return _judged(history, initial, overlapping=False)


def regular(history: Iterable[Operation], initial: Hashable = None) -> Finding:
    """Judge whether every read returned what was written last, or what was being written meanwhile.

    Parameters, result and errors are those of `safe`.

    Examples
    --------
    >>> writes = [Operation(0, Access.WRITE, "x", value=1, invoked=0, returned=9)]
    >>> new = Operation(1, Access.READ, "x", result=1, invoked=1, returned=2)
    >>> old = Operation(1, Access.READ, "x", result=0, invoked=3, returned=4)
    >>> regular([*writes, new, old], initial=0).status  # though it went back: no single order explains it
    <Status.HELD: 'held'>
    """
    return _judged(history, initial, overlapping=True)


def wrong_reads(
    history: Iterable[Operation], initial: Hashable = None, *, overlapping: bool = True
) -> list[Operation]:
    """Return the reads that a regular register would not have answered so; or a safe one, if not `overlapping`.

    Parameters and errors are those of `safe`; key by key, the reads in order of invocation.
    """
    return [
        read
        for register in _registers(history, initial, overlapping)
        for read in register.reads
        if not register.explains(read)
    ]


def durable(history: Iterable[Operation], initial: Hashable = None, *, overlapping: bool = True) -> Finding:
    """Judge whether any acknowledged write was lost.

    A write is lost if it had returned, and the last reads of its key that followed it all returned something older:
    what a write before it had written, or the initial value. A read that is stale while a later one is not has lost
    nothing; what nobody wrote says nothing. If not `overlapping`, reads that overlapped a write say nothing either, as
    a safe register may answer them anyhow.

    Parameters, result and errors are those of `safe`; the finding shows the first such write, and then those reads.
    It is vacuous if no read followed a write.
    """
    tested = False
    lost: list[tuple[Operation, ...]] = []
    for register in _registers(history, initial, overlapping):
        for write in register.writes:
            later = [read for read in register.last_reads if write.precedes(read)]
            tested = tested or bool(later)
            if later and all(register.is_older(read.result, write) for read in later):
                lost.append((write, *later))
    if lost:
        first = min(lost, key=lambda each: (each[0].invoked, each[0].client))
        write, *reads = first
        return _violated(first, max(map(_end, reads)), f"{write}, and at last {'; '.join(map(str, reads))}")
    return Finding(Status.HELD, vacuous=not tested)


def same_order(ledgers: Mapping[int, Sequence[Hashable]]) -> Judgement:
    """Judge whether of any two servers' ledgers one begins with the other.

    Parameters
    ----------
    ledgers
        What each honest server has put in order, by node.

    Returns
    -------
    Judgement
        Violated by two servers that differ at the first place at which any two do. Vacuous if fewer than two have
        anything.

    Examples
    --------
    >>> print(same_order({0: "abc", 1: "ab", 2: "abd"}).reason)
    place 2 holds 'd' at server 2 and 'c' at server 0
    """
    filled = {node: ledger for node, ledger in ledgers.items() if len(ledger)}
    if len(filled) < 2:
        return Judgement(Status.HELD, vacuous=True)
    # what begins the longest begins whatever is as long and does so, too
    longest = max(filled, key=lambda node: len(filled[node]))
    parted = [
        (place, node)
        for node, ledger in filled.items()
        for place, (mine, theirs) in enumerate(zip(ledger, filled[longest], strict=False))
        if mine != theirs
    ]
    if not parted:
        return Judgement(Status.HELD)
    place, node = min(parted)
    told = (
        f"holds {filled[node][place]!r} at server {node} and {filled[longest][place]!r} at server {longest}"
    )
    return Judgement(Status.VIOLATED, witnesses=(node, longest), reason=f"place {place} {told}")


def preserved(acknowledged: Mapping[Hashable, int], ledgers: Mapping[int, Sequence[Hashable]]) -> Judgement:
    """Judge whether everything that was acknowledged stands in a server's ledger at last.

    Where all have the `same_order`, that is the ledger of whoever has put most in order.

    Parameters
    ----------
    acknowledged
        The client that each entry was acknowledged to.
    ledgers
        What each honest server has put in order, by node, what it forgot in a crash left out.

    Returns
    -------
    Judgement
        Violated; the witnesses are the clients whose entries are in no ledger. Vacuous if nothing was acknowledged.

    Examples
    --------
    >>> preserved({"a": 4, "b": 5}, {0: ["a"], 1: []}).reason
    "acknowledged and in no ledger: 'b'"
    """
    there = {entry for ledger in ledgers.values() for entry in ledger}
    lost = [entry for entry in acknowledged if entry not in there]
    if not lost:
        return Judgement(Status.HELD, vacuous=not acknowledged)
    clients = tuple(dict.fromkeys(acknowledged[entry] for entry in lost))
    return Judgement(
        Status.VIOLATED,
        witnesses=clients,
        reason=f"acknowledged and in no ledger: {', '.join(map(repr, lost))}",
    )


class _Register:
    """The writes of one key, and its reads that returned; those that overlapped a write, if they are to count."""

    def __init__(self, operations: Sequence[Operation], initial: Hashable, overlapping: bool) -> None:
        self.initial = initial
        self.writes = [each for each in operations if each.access is Access.WRITE]
        self.sources: dict[Hashable, list[Operation]] = defaultdict(list)
        self._from: dict[tuple[int, float | None], list[Operation]] = defaultdict(list)
        self._until: dict[tuple[int, float | None], list[Operation]] = defaultdict(list)
        for each in self.writes:
            self.sources[each.value].append(each)
            self._from[each.client, each.invoked].append(each)
            self._until[each.client, each.returned].append(each)
        self._invoked = [each.invoked for each in self.writes]
        done = sorted((each.returned, each.invoked) for each in self.writes if each.returned is not None)
        self._returned = [returned for returned, _ in done]
        self._newest = [-inf, *accumulate((invoked for _, invoked in done), max)]
        reads = [each for each in operations if each.access is Access.READ and each.returned is not None]
        self.reads = reads if overlapping else [each for each in reads if not self.overlaps(each)]
        latest = [each for each in self.reads if each.invoked == self.reads[-1].invoked]
        self.last_reads = [each for each in self.reads if not any(map(each.precedes, latest))]

    def explains(self, read: Operation) -> bool:
        """Return whether what a read returned was written last, or meanwhile."""
        newest = self._newest_before(read)
        if read.result == self.initial and newest == -inf:
            return True
        return any(
            not read.precedes(write) and not self._is_replaced(write, read, newest)
            for write in self.sources.get(read.result, ())
        )

    def overlaps(self, read: Operation) -> bool:
        """Return whether a write overlaps a read."""
        before = bisect_left(self._returned, read.invoked) + len(
            self._until.get((read.client, read.invoked), ())
        )
        after = len(self.writes) - bisect_right(self._invoked, read.returned)  # type: ignore[type-var]
        after += len(self._from.get((read.client, read.returned), ()))
        return before + after < len(self.writes)

    def is_older(self, value: Hashable, than: Operation) -> bool:
        """Return whether a value was there, and only before a write."""
        sources = self.sources.get(value, ())
        return bool(sources or value == self.initial) and all(each.precedes(than) for each in sources)

    def evidence(self, read: Operation) -> tuple[Operation, ...]:
        """Return a read that is not explained, after the latest write of what it returned and one that replaced it."""
        sources = [each for each in self.sources.get(read.result, ()) if not read.precedes(each)]
        if not sources and read.result != self.initial:
            return (read,)
        replaced = [
            each
            for each in self.writes
            if each.precedes(read) and all(source.precedes(each) for source in sources[-1:])
        ]
        return (*sources[-1:], replaced[-1], read)

    def _newest_before(self, read: Operation) -> float:
        newest = self._newest[bisect_left(self._returned, read.invoked)]
        own = self._until.get((read.client, read.invoked), ())
        return max([newest, *(each.invoked for each in own)])

    def _is_replaced(self, write: Operation, read: Operation, newest: float) -> bool:
        if write.returned is None:
            return False
        own = self._from.get((write.client, write.returned), ())
        return write.returned < newest or any(each.precedes(read) for each in own)


def _registers(history: Iterable[Operation], initial: Hashable, overlapping: bool) -> Iterator[_Register]:
    for operations in by_key(history).values():
        for each in operations:
            if each.access is Access.CAS:
                raise InputError(
                    f"access=cas: {each}: a register knows reads and writes only; judge whether it is linearizable"
                )
        yield _Register(operations, initial, overlapping)


def _judged(history: Iterable[Operation], initial: Hashable, *, overlapping: bool) -> Finding:
    tested = False
    wrong: list[tuple[Operation, ...]] = []
    for register in _registers(history, initial, overlapping):
        tested = tested or bool(register.reads)
        wrong += (register.evidence(each) for each in register.reads if not register.explains(each))
    if not wrong:
        return Finding(Status.HELD, vacuous=not tested)
    first = min(wrong, key=lambda each: (_end(each[-1]), each[-1].client))
    *others, read = first
    why = f"after {others[-1]}" if others else "which nobody had written"
    return _violated(first, _end(read), f"{read}, {why}")


def _violated(operations: tuple[Operation, ...], time: float, reason: str) -> Finding:
    clients = tuple(dict.fromkeys(each.client for each in operations))
    return Finding(Status.VIOLATED, ceil(time), clients, reason, operations=operations)


def _end(operation: Operation) -> float:
    return inf if operation.returned is None else operation.returned
