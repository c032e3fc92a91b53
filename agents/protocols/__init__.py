"""Protocols: what honest parties do with messages, one protocol a file.

A protocol makes a `Machine` for each seat. It says what problem it solves, under which timing and which faults,
and how many parties it needs; those are its claims, and every run is held to them. Thresholds are parameters, so a
weakened protocol is a setting like any other. Protocols do not know conducts, networks or channels.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from enum import IntEnum, StrEnum
from typing import ClassVar

from ..catalogue import Catalogue
from ..machine import Machine, Message, Seat, State, Value
from ..parameters import Parameters

__all__ = ["Faults", "Problem", "Protocol", "Timing", "at_least", "exactly", "protocols"]


class Problem(StrEnum):
    """What is to be solved; it says what validity means."""

    BROADCAST = "broadcast"  # all decide what party 0, the sender, put in
    CONSENSUS = "consensus"  # all decide one value; if all put in the same, that one
    APPROXIMATE = "approximate"  # all decide nearly the same, within what was put in
    LEDGER = "ledger"  # all enter the same operations of clients in the same order
    REGISTER = "register"  # clients read what was written last, from servers that need no order
    DISK = "disk"  # a client reads its blocks as it wrote them, or not at all
    COMMIT = "commit"  # all decide 1 only if all put in 1, and 1 if all did and nothing failed


class Timing(StrEnum):
    """What a protocol needs of the network to keep its promises."""

    SYNCHRONOUS = "synchronous"  # every message arrives within a round
    EVENTUAL = "eventually synchronous"  # safe whatever happens, live once messages arrive within a bound
    ASYNCHRONOUS = "asynchronous"  # every message arrives at last


class Faults(IntEnum):
    """How badly a party may depart from its protocol; each kind includes those before."""

    CRASH = 0  # it stops
    OMISSION = 1  # it loses messages
    RECOVERY = 2  # it comes back from a crash, and remembers nothing but what it persisted
    LOSS = 3  # it comes back from a crash, and remembers nothing at all
    BYZANTINE = 4  # it says anything


_NO_END = 10**9


def exactly(threshold: int) -> range:
    """Return the thresholds that a proof allows where it allows one."""
    return range(threshold, threshold + 1)


def at_least(threshold: int) -> range:
    """Return the thresholds that a proof allows where more is as good."""
    return range(threshold, _NO_END)


class Protocol(Parameters, ABC):
    """One way to agree by messages.

    Attributes
    ----------
    problem : Problem
    timing : Timing
    faults : Faults
        The worst that it bears from up to f parties; of servers and clients, servers.
    client_faults : Faults
        The worst that it bears from any number of clients, where there are such.
    blocks : bool
        True if it promises no termination once anybody fails.
    binary : bool
        True if parties put in 0 or 1.
    persists : bool
        True if who crashes and comes back is none the worse for it but for what it missed: whatever it has said that
        others go by, it had persisted before.
    """

    problem: ClassVar[Problem]
    timing: ClassVar[Timing]
    faults: ClassVar[Faults] = Faults.BYZANTINE
    client_faults: ClassVar[Faults] = Faults.CRASH
    blocks: ClassVar[bool] = False
    binary: ClassVar[bool] = False
    persists: ClassVar[bool] = False

    @property
    def tolerance(self) -> float:
        """Range of decisions that counts as agreement."""
        return 0.0

    def unsuited(self, inputs: Sequence[Value]) -> str:
        """Return why the protocol is not made for what parties put in; empty if it is."""
        strange = [value for value in inputs if value not in (0, 1)] if self.binary else []
        return f"it agrees on 0 or 1, and somebody puts in {strange[0]:g}" if strange else ""

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return by parameter for which thresholds the guarantee was proven; the default is one of them always."""
        return {}

    def unproven(self, n: int, f: int) -> str:
        """Return which threshold is none that the guarantee was proven for; empty if all are."""
        for name, bounds in self.proven(n, f).items():
            given = getattr(self, name)
            if given is not None and given not in bounds:
                most = (
                    "" if len(bounds) == 1 else f" to {bounds[-1]}" if bounds.stop < _NO_END else " or more"
                )
                return f"proven with {name}={bounds.start}{most}, and it is {given}"
        return ""

    def check(self, n: int, f: int) -> None:
        """Raise InputError if it cannot bear f faulty ones of n parties for another reason than their number."""

    def needed(self, n: int, f: int) -> int | None:
        """Return how many votes carry a value that is broadcast; None where it is not put to the vote."""
        return None

    def reign(self, state: State) -> int:
        """Return how many leaders a server has known, as its state tells; 0 where nobody leads."""
        return 0

    @abstractmethod
    def least(self, f: int) -> int:
        """Return the least number of parties with which `f` faulty ones are borne."""

    @abstractmethod
    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest party."""

    @abstractmethod
    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return what a traitor on a seat might make up about some values, signed with its own keys.

        Every kind of message of the protocol is among them; where there are too many to list, those that do most
        harm.
        """


protocols: Catalogue[type[Protocol]] = Catalogue(__name__, "protocol")
