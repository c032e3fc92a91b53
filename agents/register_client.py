"""The client of registers: it asks a quorum what it keeps, and then has a quorum keep something.

A command has two phases. In the first, a quorum tells what it keeps under the key. A write then takes a stamp greater
than those it was told; a read takes the newest version, which is its result. In the second, a quorum is told to keep
that version; a read that repairs nothing leaves this out. All servers are asked, and those that have not answered in
time are asked again.

Where servers may lie about anything, `vouchers` of them, one more than may lie, have to tell the same before it is
believed, so that one of them is honest. So it is with stamps: of those told, the one that so many others reach or
surpass is not above what an honest server keeps, however far liars reach; and it is not below what was written last,
as so many honest servers keep that or more.
"""

from dataclasses import dataclass
from typing import NamedTuple

from .client import NOT_ASKED, Caller
from .machine import Effect, Message, Seat, Send, Step, Timer
from .quorums import Quorums
from .register import Answer, Query, Stamp, Version, Write, Written

__all__ = ["Progress", "RegisterClient"]


class Progress(NamedTuple):
    """How far a client has come."""

    turn: int = 0
    attempt: int = NOT_ASKED
    heard: int = 0  # in this phase: bit k is server k
    versions: tuple[Version, ...] = ()  # what those told in the first
    writing: Version | None = None  # what is to be kept, in the second
    last: int = 0  # the number of its last stamp


@dataclass(frozen=True)
class RegisterClient(Caller):
    """A client.

    Parameters
    ----------
    seat
        Its commands among it.
    reads, writes
        Quorums of the first and of the second phase.
    patience
        Rounds after which it asks again.
    repair
        Whether reads have a second phase.
    vouchers
        How many servers it takes to believe something.
    signed
        Whether versions are signed.
    """

    seat: Seat
    reads: Quorums
    writes: Quorums
    patience: float
    repair: bool
    vouchers: int = 1
    signed: bool = False

    def fresh(self) -> Progress:
        """Return the state in which nothing was asked yet."""
        return Progress()

    def audience(self, state: Progress) -> tuple[int, ...]:
        """Return whom to ask: all who have not answered."""
        return tuple([server for server in range(self.seat.servers or 0) if not state.heard >> server & 1])

    def asked(self, state: Progress, *before: Effect) -> Step:
        """Ask what is kept, or to keep something."""
        key, number = self.seat.commands[state.turn].key, state.turn
        wish = Query(number, key) if state.writing is None else Write(number, *state.writing)
        again = Timer((state.turn, state.attempt), self.patience)
        return state, (*before, Send(self.audience(state), wish), again)

    def again(self, state: Progress) -> Step:
        """Ask those again who have not answered."""
        return self.asked(state._replace(attempt=state.attempt + 1))

    def receive(self, state: Progress, sender: int, message: Message) -> Step:
        """Note an answer, and go on when a quorum has answered."""
        if (
            sender >= (self.seat.servers or 0)
            or not self.is_about(message, state)
            or state.heard >> sender & 1
        ):
            return state, ()
        heard = state.heard | 1 << sender
        if state.writing is not None:
            if not isinstance(message, Written):
                return state, ()
            state = state._replace(heard=heard)
            return self.ended(state) if self.writes.within(heard) else (state, ())
        if not isinstance(message, Answer):
            return state, ()
        key = self.seat.commands[state.turn].key
        version = Version(key, message.stamp, message.value, message.signature)
        if not version.is_sane or (
            self.signed and not version.is_genuine(self.seat.keys, self.seat.servers or 0)
        ):
            return state, ()
        state = state._replace(heard=heard, versions=(*state.versions, version))
        return self._told(state) if self.reads.within(heard) else (state, ())

    def ended(self, state: Progress) -> Step:
        """Return state and effects once a version is kept."""
        assert state.writing is not None
        return self.answered(Progress(state.turn, last=state.last), state.writing.value)

    def _told(self, state: Progress) -> Step:
        """End the first phase."""
        command, me = self.seat.commands[state.turn], self.seat.node
        if command.value is None:
            newest = self._newest(state.versions)
            if newest is None or not self.repair:
                left = Progress(state.turn, last=state.last)
                return self.answered(left, None if newest is None else newest.value)
            return self._second(state._replace(writing=newest))
        number = 1 + max(state.last, self._number(state.versions))
        version = Version(command.key, Stamp(number, me), command.value)
        if self.signed:
            version = version.by(self.seat.keys)
        return self._second(state._replace(writing=version, last=number))

    def _second(self, state: Progress) -> Step:
        return self.asked(state._replace(attempt=state.attempt + 1, heard=0, versions=()))

    def _newest(self, versions: tuple[Version, ...]) -> Version | None:
        """Return the newest version that enough servers tell, of several the first told; None if there is none."""
        believed = versions
        if self.vouchers > 1:
            believed = tuple([each for each in versions if versions.count(each) >= self.vouchers])
        return max(believed, key=lambda each: each.stamp, default=None)

    def _number(self, versions: tuple[Version, ...]) -> int:
        """Return the greatest number that enough servers reach or surpass."""
        numbers = sorted(each.stamp[0] for each in versions)
        return numbers[-min(self.vouchers, len(numbers))]
