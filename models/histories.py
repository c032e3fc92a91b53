"""Histories: what clients asked of a store, what they were told, and when.

An operation lasts from its invocation to its return. One precedes another if it had returned before the other was
invoked; two of which neither precedes the other are concurrent, and may take effect in either order [1]_. One that
never returned precedes nothing, and may have taken effect at any time since, or never. What was refused for certain
has no place in a history.

References
----------
.. [1] M. P. Herlihy, J. M. Wing, "Linearizability: a correctness condition for concurrent objects", ACM Transactions
       on Programming Languages and Systems 12 (1990) 463-492, doi:10.1145/78969.78972.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from ..agents.errors import InputError
from .verdict import Judgement

__all__ = ["Access", "Finding", "Operation", "by_key"]


class Access(StrEnum):
    """What an operation does to its key."""

    READ = "read"
    WRITE = "write"
    CAS = "cas"  # compare and set: write if the expected value is there


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a client on a key.

    Parameters
    ----------
    client
        Who asked.
    access
        Read, write, or compare and set.
    key
        On what.
    value
        What was to be written; None of reads.
    result
        What was read, or whether the comparison held; None of writes.
    invoked, returned
        When it was asked and answered, by a clock that all clients share, such as the number of the run's event;
        `returned` is None where no answer ever came. Where two ends fall on the same time, only a client's own
        operations are in order.
    expected
        What a compare and set compares with.

    Raises
    ------
    InputError
        If it returned before it was invoked, or at once.

    Examples
    --------
    >>> write = Operation(0, Access.WRITE, "x", value=5, invoked=0, returned=2)
    >>> read = Operation(1, Access.READ, "x", result=5, invoked=3, returned=4)
    >>> write.precedes(read), str(read)
    (True, 'client 1 read x = 5 in [3, 4]')
    """

    client: int
    access: Access
    key: Hashable
    value: Hashable = None
    result: Hashable = None
    invoked: float = 0
    returned: float | None = None
    expected: Hashable = None

    def __post_init__(self) -> None:
        if self.returned is not None and not self.returned > self.invoked:
            raise InputError(
                f"returned={self.returned}: {self.access} of {self.key!r} by client {self.client} must return after "
                f"it was invoked at {self.invoked}; where time stands still, count events"
            )

    def precedes(self, other: "Operation") -> bool:
        """Return whether it had returned before another one was invoked."""
        if self.returned is None:
            return False
        return self.returned < other.invoked or (
            self.returned == other.invoked and self.client == other.client
        )

    @property
    def writes(self) -> bool:
        """Whether it changes its key, or may have: a write, or a compare and set that did not fail."""
        return self.access is Access.WRITE or (
            self.access is Access.CAS and (self.returned is None or bool(self.result))
        )

    @property
    def failed(self) -> bool:
        """Whether it compared and did not set."""
        return self.access is Access.CAS and self.returned is not None and not self.result

    def over(self, time: float) -> bool:
        """Return whether it had returned by a time."""
        return self.returned is not None and self.returned <= time

    @property
    def sees(self) -> bool:
        """Whether its result says anything about its key: a read, or a compare and set."""
        return self.access is not Access.WRITE

    @property
    def saw(self) -> Hashable:
        """What it found in its key: what was read, or what a comparison that held was with."""
        return self.result if self.access is Access.READ else self.expected

    def __str__(self) -> str:
        done = self.returned is not None
        told = f"{self.value}"
        if self.access is Access.READ:
            told = f"{self.result}" if done else "?"
        elif self.access is Access.CAS:
            told = f"{self.expected} -> {self.value}{' failed' if self.failed else ''}"
        end = f"{self.returned:g}]" if self.returned is not None else "...)"
        return f"client {self.client} {self.access} {self.key} = {told} in [{self.invoked:g}, {end}"


@dataclass(frozen=True)
class Finding(Judgement):
    """A judgement on a history, with the operations that show it.

    Parameters
    ----------
    operations
        Operations by which a violation can be seen, in order of invocation; nothing else need be known.
    """

    operations: tuple[Operation, ...] = ()


def by_key(history: Iterable[Operation]) -> dict[Hashable, list[Operation]]:
    """Return each key's operations, in order of invocation; keys in order of their first one."""
    keys: dict[Hashable, list[Operation]] = {}
    for operation in sorted(history, key=lambda each: each.invoked):
        keys.setdefault(operation.key, []).append(operation)
    return keys
