"""Single-decree Paxos: consensus that is safe whatever messengers do, and live once they are prompt.

**Rule.** Everybody is proposer, acceptor and learner. Ballot b belongs to party b mod n, which opens it unless it has
decided: *prepare* to all. An acceptor that has joined no later ballot joins it and *promises*, telling what it accepted
last. With `phase1` promises the proposer asks all to *accept* the value accepted in the latest ballot that it was
told of, or its own input where there is none. Who has still joined no later ballot accepts, and tells all that it has
*accepted*. With `phase2` of these for one ballot a party decides. What has been joined and accepted is persisted.
Ballots open `patience` rounds after each other, in the k-th cycle through the parties k times as long: a proposer that
is not answered tries again, each time after longer, and never together with others.
**Guarantee.** n > 2f parties that crash, or come back with what they persisted; messages lost, late or doubled. No two
parties decide differently as long as every quorum of the first phase meets every one of the second:
phase1 + phase2 > n. Once messages arrive within a bound, the first ballot opened by a party that is well, in a cycle
long enough for 4 message delays, is decided.
**Cost.** 4 message delays; (n - 1)(n + 3) messages where the first ballot succeeds, n(n + 3) with those to oneself.
**Names.** Synod, single-decree Paxos, multi-learner Paxos; with unequal quorums flexible Paxos.

References
----------
.. [1] L. Lamport, "The part-time parliament", ACM Transactions on Computer Systems 16 (1998) 133-169,
       doi:10.1145/279227.279229.
.. [2] H. Howard, D. Malkhi, A. Spiegelman, "Flexible Paxos: quorum intersection revisited", OPODIS 2016, LIPIcs 70,
       25:1-25:14, doi:10.4230/LIPIcs.OPODIS.2016.25.

Examples
--------
>>> from accord.agents.machine import Seat
>>> machine = Paxos().machine(Seat(node=0, n=3, f=1, value=1))
>>> [str(effect.message) for effect in machine.start()[1] if hasattr(effect, "message")]
['prepare(0)']
"""

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from pydantic import Field

from ..machine import Decide, Effect, Machine, Message, Persist, Seat, Send, Step, Timer, Value, is_value
from . import Faults, Problem, Protocol, Timing

__all__ = ["Paxos"]


@dataclass(frozen=True, slots=True)
class _Prepare(Message):
    ballot: int


@dataclass(frozen=True, slots=True)
class _Promise(Message):
    ballot: int
    accepted: int  # the ballot in which it last accepted, and what; -1 and None if never
    value: Value | None


@dataclass(frozen=True, slots=True)
class _Accept(Message):
    ballot: int
    value: Value


@dataclass(frozen=True, slots=True)
class _Accepted(Message):
    ballot: int
    value: Value


class Paxos(Protocol):
    """Consensus by ballots."""

    problem: ClassVar[Problem] = Problem.CONSENSUS
    timing: ClassVar[Timing] = Timing.EVENTUAL
    faults: ClassVar[Faults] = Faults.RECOVERY
    persists: ClassVar[bool] = True

    phase1: int | None = Field(None, ge=1, description="promises that open a ballot; by default n // 2 + 1")
    phase2: int | None = Field(None, ge=1, description="acceptances that decide; by default n // 2 + 1")
    patience: float = Field(4.0, gt=0, description="rounds from one ballot to the next in the first cycle")

    def unproven(self, n: int, f: int) -> str:
        """Return whether there are quorums of the two phases that do not meet."""
        one, two = self._quorums(n)
        return (
            "" if one + two > n else f"proven where quorums meet, and {one} and {two} of {n} parties need not"
        )

    def _quorums(self, n: int) -> tuple[int, int]:
        return self.phase1 or n // 2 + 1, self.phase2 or n // 2 + 1

    def least(self, f: int) -> int:
        """Return 2f + 1, or more if quorums are so large that nobody may be missing."""
        return max(2 * f + 1, *(quorum + f for quorum in (self.phase1, self.phase2) if quorum), 1)

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest party."""
        return _Machine(seat, *self._quorums(seat.n), self.patience)

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return every kind of message about every value, for the first ballot and for two of its own."""
        ballots = tuple(dict.fromkeys((0, seat.node, seat.node + seat.n)))
        return (
            *(_Prepare(ballot) for ballot in ballots),
            *(_Promise(ballot, -1, None) for ballot in ballots),
            *(_Promise(ballot, ballot - 1, value) for ballot in ballots for value in values),
            *(kind(ballot, value) for kind in (_Accept, _Accepted) for ballot in ballots for value in values),
        )


class _Kept(NamedTuple):
    """What survives a crash."""

    opened: int  # the latest ballot of its own; -1 if none
    joined: int
    accepted: int
    value: Value | None  # what it accepted last
    decided: bool


_NEW = _Kept(-1, -1, -1, None, False)


class _State(NamedTuple):
    kept: _Kept
    promises: int  # who joined the ballot that it opened last: bit k is party k
    latest: int  # the latest ballot in which one of them accepted, and what
    found: Value | None
    asked: bool  # whether it has asked all to accept
    heard: tuple[tuple[int, Value | None], ...]  # for each party, in which ballot it last accepted, and what


@dataclass(frozen=True)
class _Machine(Machine):
    seat: Seat
    phase1: int
    phase2: int
    patience: float

    def start(self) -> Step:
        return self._again(_NEW)

    def recover(self, kept: _Kept | None) -> Step:
        return self._again(kept or _NEW)

    def _again(self, kept: _Kept) -> Step:
        """Return what to do in the beginning and after a crash: wait for one's turn."""
        nobody = ((-1, None),) * self.seat.n
        # promises of before the crash may still come, and it may have asked: never twice for one ballot
        state = _State(kept, 0, -1, None, True, nobody)
        if kept.decided:
            return state, ()
        if kept.opened < 0 and self.seat.node == 0:
            return self._opened(state, 0)
        return state, (self._turn(kept.opened),)

    def _turn(self, opened: int) -> Timer:
        """Return the timer for one's next ballot, told when the one before was opened."""
        n, node = self.seat.n, self.seat.node
        if opened < 0:
            return Timer(node, self.patience * node)
        cycle = opened // n + 1
        return Timer(opened + n, self.patience * (cycle * n + node))  # node of the next n ballots are longer

    def _opened(self, state: _State, ballot: int) -> Step:
        kept = state.kept._replace(opened=ballot)
        state = state._replace(kept=kept, promises=0, latest=-1, found=None, asked=False)
        return state, (Persist(kept), Send(self.seat.everyone, _Prepare(ballot)), self._turn(ballot))

    def timeout(self, state: _State, name: int) -> Step:
        if state.kept.decided or name <= state.kept.opened:
            return state, ()
        return self._opened(state, name)

    def receive(self, state: _State, sender: int, message: Any) -> Step:
        if not isinstance(getattr(message, "ballot", None), int):
            return state, ()
        if isinstance(message, _Prepare):
            return self._prepare(state, sender, message)
        if isinstance(message, _Promise):
            return self._promise(state, sender, message)
        if isinstance(message, _Accept):
            return self._accept(state, message)
        if isinstance(message, _Accepted):
            return self._accepted(state, sender, message)
        return state, ()

    def _prepare(self, state: _State, sender: int, message: _Prepare) -> Step:
        kept, ballot = state.kept, message.ballot
        if ballot <= kept.joined:
            return state, ()
        after = kept._replace(joined=ballot)
        promise = _Promise(ballot, kept.accepted, kept.value)
        return state._replace(kept=after), (Persist(after), Send((sender,), promise))

    def _promise(self, state: _State, sender: int, message: _Promise) -> Step:
        if message.ballot != state.kept.opened or state.asked or not isinstance(message.accepted, int):
            return state, ()
        state = state._replace(promises=state.promises | 1 << sender)
        if message.accepted > state.latest:
            state = state._replace(latest=message.accepted, found=message.value)
        if state.promises.bit_count() < self.phase1:
            return state, ()
        value = self.seat.value if state.found is None else state.found
        asked = Send(self.seat.everyone, _Accept(message.ballot, value))
        return state._replace(asked=True), (asked,)

    def _accept(self, state: _State, message: _Accept) -> Step:
        kept, ballot = state.kept, message.ballot
        if ballot < kept.joined or ballot <= kept.accepted or not is_value(message.value):
            return state, ()
        after = kept._replace(joined=ballot, accepted=ballot, value=message.value)
        told = Send(self.seat.everyone, _Accepted(ballot, message.value))
        return state._replace(kept=after), (Persist(after), told)

    def _accepted(self, state: _State, sender: int, message: _Accepted) -> Step:
        said = (message.ballot, message.value)
        if state.kept.decided or message.ballot <= state.heard[sender][0]:
            return state, ()
        heard = (*state.heard[:sender], said, *state.heard[sender + 1 :])
        state = state._replace(heard=heard)
        if heard.count(said) < self.phase2 or not is_value(message.value):
            return state, ()
        kept = state.kept._replace(decided=True)
        effects: tuple[Effect, ...] = (Persist(kept), Decide(message.value, message.ballot + 1))
        return state._replace(kept=kept), effects
