"""Raft: a ledger kept by a leader that a majority has elected.

**Rule.** Time is cut into terms, each with one leader at most. A follower that hears nothing of a leader for longer
than its patience, drawn anew for each term, stands for election in a new term. Servers vote for the first who asks in
a term, unless its log is behind theirs: its last entry of an earlier term, or of the same and the log shorter. Who has
a majority leads. A leader appends what clients ask to its log and sends every follower what it lacks, together with the
entry before; a follower without that entry says no and is sent more, and one with another in its place cuts its log
there. What a majority has is committed if it is of the leader's own term, and with it all before. Term, vote and log
are persisted before anybody is told.
**Guarantee.** n > 2f servers that crash, or come back with what they persisted; messages lost, late or doubled.
Committed entries are the same at all servers, and are never lost. Once messages arrive within a bound well below
`patience`, some leader is elected and clients are answered.
**Cost.** Without failures 2 message delays from leader to commitment, 2 more from and to the client; 2(n - 1) messages
a command, 2 with the client, and 2(n - 1) a heartbeat.
**Names.** Leader-based log replication; of the family of multi-Paxos and viewstamped replication.

References
----------
.. [1] D. Ongaro, J. Ousterhout, "In search of an understandable consensus algorithm", USENIX ATC 2014, 305-319.
.. [2] D. Ongaro, "Consensus: bridging theory and practice", dissertation, Stanford University 2014, section 6.3 (what a
       client asks for again is done once).

Examples
--------
>>> from accord.agents.machine import Seat
>>> machine = Raft().machine(Seat(node=1, n=3, f=1, servers=3))
>>> machine.start()[0].role
<_Role.FOLLOWER: 'follower'>
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from pydantic import Field, model_validator

from ..client import Client, Elsewhere, Reply, Request
from ..command import Command, Store
from ..errors import InputError
from ..ledger.log import Log
from ..machine import Commit, Effect, Flip, Lead, Machine, Message, Persist, Seat, Send, Step, Timer, Value
from . import Faults, Problem, Protocol, Timing, at_least

__all__ = ["Raft"]

_BATCH = 1000  # entries in one message at most
_TICK = Timer("tick", 1)


class _Entry(NamedTuple):
    term: int
    command: Command | None  # a leader begins its term with an empty one, to commit what it found


class _Call(Message):
    """What servers tell each other, in some term."""

    __slots__ = ()
    term: int

    @property
    def is_sane(self) -> bool:
        """Whether it has the form that an honest server would give it; here, whether its term has."""
        return _are_counts(self.term)


@dataclass(frozen=True, slots=True)
class _RequestVote(_Call):
    term: int
    length: int  # of the candidate's log, and the term of its last entry
    last: int

    @property
    def is_sane(self) -> bool:
        return _are_counts(self.term, self.length, self.last)


@dataclass(frozen=True, slots=True)
class _Vote(_Call):
    term: int
    granted: bool


@dataclass(frozen=True, slots=True)
class _Append(_Call):
    term: int
    before: int  # how many entries come before those sent, and the term of the last of them
    last: int
    entries: tuple[_Entry, ...]
    committed: int

    @property
    def is_sane(self) -> bool:
        if not _are_counts(self.term, self.before, self.last, self.committed):
            return False
        return isinstance(self.entries, tuple) and all(map(_is_entry, self.entries))


@dataclass(frozen=True, slots=True)
class _Appended(_Call):
    term: int
    done: bool
    upto: int  # how many entries agree with the leader's; after a no, how many may

    @property
    def is_sane(self) -> bool:
        return _are_counts(self.term, self.upto)


class Raft(Protocol):
    """A replicated ledger with an elected leader."""

    problem: ClassVar[Problem] = Problem.LEDGER
    timing: ClassVar[Timing] = Timing.EVENTUAL
    faults: ClassVar[Faults] = Faults.RECOVERY
    client_faults: ClassVar[Faults] = Faults.BYZANTINE
    persists: ClassVar[bool] = True

    patience: int = Field(
        10, ge=2, description="rounds of silence after which a follower stands, at least; up to twice as many"
    )
    heartbeat: int = Field(
        2, ge=1, description="rounds between a leader's messages where there is nothing to say"
    )
    quorum: int | None = Field(None, ge=1, description="servers that elect and commit; by default a majority")

    @model_validator(mode="after")
    def _heard_in_time(self) -> "Raft":
        if self.heartbeat >= self.patience:
            raise InputError(
                f"heartbeat={self.heartbeat} must be less than patience={self.patience}: followers would stand "
                "between any two messages of their leader"
            )
        return self

    def reign(self, state: "_State") -> int:
        """Return its term."""
        return state.kept.term

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return the thresholds of the proof."""
        return {"quorum": at_least(n // 2 + 1)}

    def least(self, f: int) -> int:
        """Return 2f + 1."""
        return max(2 * f + 1, (self.quorum or 0) + f)

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest server, or client."""
        servers = seat.n if seat.servers is None else seat.servers
        if seat.node >= servers:
            return Client(seat, patience=2.0 * self.patience)
        return _Server(seat, servers, self.quorum or servers // 2 + 1, self.patience, self.heartbeat)

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return every kind of message, of the first terms."""
        servers = seat.n if seat.servers is None else seat.servers
        client = seat.node if seat.node >= servers else seat.n - 1
        wishes = tuple(Command(client, number, 0, value) for number in (0, 1) for value in values)
        made = tuple(_Entry(1, command) for command in wishes[: len(values)])
        return (
            *map(Request, wishes),
            *(_RequestVote(term, 0, 0) for term in (1, 2)),
            *(_Vote(term, True) for term in (1, 2)),
            *(_Append(term, 0, 0, (entry,), 1) for term in (1, 2) for entry in made),
            *(_Appended(term, True, 1) for term in (1, 2)),
            *(Reply(0, value) for value in values),
        )


class _Role(Enum):
    FOLLOWER = "follower"
    CANDIDATE = "candidate"
    LEADER = "leader"


class _Kept(NamedTuple):
    """What survives a crash."""

    term: int
    voted: int | None
    log: Log[_Entry]


class _State(NamedTuple):
    kept: _Kept
    role: _Role
    leader: int | None
    quiet: int  # ticks since a leader, or somebody voted for, was heard; a leader's since it spoke to all
    patience: int | None  # ticks that are borne; None until the coin has fallen
    committed: int
    store: Store
    votes: int = 0  # a candidate's: bit k is server k's
    sent: tuple[int, ...] = ()  # a leader's, by server: how many entries it was sent
    match: tuple[int, ...] = ()  # and how many are known to be there


@dataclass(frozen=True)
class _Server(Machine):
    seat: Seat
    servers: int
    quorum: int
    patience: int
    heartbeat: int

    @cached_property
    def _others(self) -> tuple[int, ...]:
        return tuple(node for node in range(self.servers) if node != self.seat.node)

    def start(self) -> Step:
        return self.recover(None)

    def recover(self, kept: _Kept | None) -> Step:
        kept = kept or _Kept(0, None, Log())
        state = _State(kept, _Role.FOLLOWER, None, 0, None, 0, Store())
        return state, (self._coin(kept.term), _TICK)

    def _coin(self, term: int) -> Flip:
        return Flip(("patience", term), range(self.patience, 2 * self.patience))

    def flip(self, state: _State, key: Any, value: int) -> Step:
        return state._replace(patience=value), ()

    def timeout(self, state: _State, name: str) -> Step:
        kept, role, leader, quiet, patience, committed, store, votes, sent, match = state
        quiet += 1
        state = _State(kept, role, leader, quiet, patience, committed, store, votes, sent, match)
        effects: Sequence[Effect]
        if role is _Role.LEADER:
            if quiet < self.heartbeat:
                return state, (_TICK,)
            state, effects = self._spoken(state)
        else:
            if patience is None or quiet < patience:
                return state, (_TICK,)
            state, effects = self._stood(state)
        return state, (*effects, _TICK)

    def receive(self, state: _State, sender: int, message: Message) -> Step:
        if sender >= self.servers:
            return self._requested(state, sender, message) if isinstance(message, Request) else (state, ())
        if not isinstance(message, _Call) or not message.is_sane:
            return state, ()
        if message.term <= state.kept.term:
            return self._heard(state, sender, message)
        state, effects = self._in_term(state, message.term)
        state, more = self._heard(state, sender, message)
        return state, (*effects, *more)

    def _heard(self, state: _State, sender: int, message: _Call) -> Step:
        if isinstance(message, _Append):
            return self._append(state, sender, message)
        if isinstance(message, _Appended):
            return self._appended(state, sender, message)
        if isinstance(message, _RequestVote):
            return self._asked_for_vote(state, sender, message)
        return self._voted(state, sender, message) if isinstance(message, _Vote) else (state, ())

    # Elections ----------------------------------------------------------------------------------------------

    def _in_term(self, state: _State, term: int, voted: int | None = None) -> Step:
        """Follow in a later term, with a patience drawn anew."""
        kept = _Kept(term, voted, state.kept.log)
        state = _State(kept, _Role.FOLLOWER, None, state.quiet, None, state.committed, state.store)
        return state, (Persist(kept), self._coin(term))

    def _stood(self, state: _State) -> Step:
        """Stand for election in a new term."""
        me = self.seat.node
        state, effects = self._in_term(state, state.kept.term + 1, voted=me)
        state = state._replace(role=_Role.CANDIDATE, quiet=0)
        if self.quorum == 1:
            state, more = self._elected(state)
            return state, (*effects, *more)
        kept = state.kept
        ask = Send(self._others, _RequestVote(kept.term, len(kept.log), _last(kept.log)))
        return state._replace(votes=1 << me), (*effects, ask)

    def _asked_for_vote(self, state: _State, sender: int, message: _RequestVote) -> Step:
        kept = state.kept
        ahead = (message.last, message.length) >= (_last(kept.log), len(kept.log))
        if message.term < kept.term or kept.voted not in (None, sender) or not ahead:
            return state, (Send((sender,), _Vote(kept.term, False)),)
        kept = kept._replace(voted=sender)
        return state._replace(kept=kept, quiet=0), (Persist(kept), Send((sender,), _Vote(kept.term, True)))

    def _voted(self, state: _State, sender: int, message: _Vote) -> Step:
        if (
            state.role is not _Role.CANDIDATE
            or message.term != state.kept.term
            or message.granted is not True
        ):
            return state, ()
        state = state._replace(votes=state.votes | 1 << sender)
        return self._elected(state) if state.votes.bit_count() >= self.quorum else (state, ())

    def _elected(self, state: _State) -> Step:
        """Lead: begin the term with an empty entry."""
        start, me = len(state.kept.log), self.seat.node
        nobody = (0,) * self.servers
        state, effects = self._entered(
            state._replace(role=_Role.LEADER, leader=me, sent=(start,) * self.servers, match=nobody), None
        )
        return state, (Lead(state.kept.term), *effects)

    # Replication ----------------------------------------------------------------------------------------------

    def _requested(self, state: _State, sender: int, request: Request) -> Step:
        command = request.command
        if not _is_command(command) or command.client != sender:
            return state, ()
        number = command.number
        if state.role is not _Role.LEADER:
            known = () if state.leader is None else (Send((sender,), Elsewhere(number, state.leader)),)
            return state, known
        last, result = state.store.answered(sender)
        if number <= last:
            return state, (Send((sender,), Reply(number, result)),) if number == last else ()
        return self._entered(state, command)

    def _entered(self, state: _State, command: Command | None) -> Step:
        """Put something into the leader's log, and tell the others."""
        kept = state.kept
        kept = _Kept(kept.term, kept.voted, kept.log.and_then(_Entry(kept.term, command)))
        state, effects = self._spoken(state._replace(kept=kept))
        state, more = self._matched(state, self.seat.node, len(kept.log))
        return state, (Persist(kept), *effects, *more)

    def _spoken(self, state: _State) -> Step:
        """Send all followers what they have not been sent yet."""
        return self._sent(state._replace(quiet=0), self._others)

    def _sent(self, state: _State, to: tuple[int, ...]) -> Step:
        """Send some followers what they have not been sent yet; one message to all who were sent as much."""
        (term, _, log), sent = state.kept, list(state.sent)
        effects: list[Effect] = []
        places = {sent[node] for node in to}
        for before in sorted(places):
            alike = to if len(places) == 1 else tuple([node for node in to if state.sent[node] == before])
            entries = log[before : before + _BATCH]
            last = log[before - 1].term if before else 0
            effects.append(Send(alike, _Append(term, before, last, entries, state.committed)))
            for node in alike:
                sent[node] = before + len(entries)
        return state._replace(sent=tuple(sent)), effects

    def _append(self, state: _State, sender: int, message: _Append) -> Step:
        kept, role, _, _, patience, committed, store, *_ = state
        term, log, before, entries = kept.term, kept.log, message.before, message.entries
        if message.term < term:
            return state, (Send((sender,), _Appended(term, False, 0)),)
        if role is _Role.LEADER:  # two in a term: somebody forgot its vote, and an answer would have no end
            return state, ()
        there, upto = len(log), before + len(entries)
        if before > there or (before and log[before - 1].term != message.last):
            state = _State(kept, _Role.FOLLOWER, sender, 0, patience, committed, store)
            return state, (Send((sender,), _Appended(term, False, min(there, before - 1))),)
        effects: list[Effect] = [Send((sender,), _Appended(term, True, upto))]
        alike = before
        while alike < there and alike < upto and log[alike].term == entries[alike - before].term:
            alike += 1
        if alike < upto:
            kept = _Kept(term, kept.voted, log.cut(alike).and_then(*entries[alike - before :]))
            effects.insert(0, Persist(kept))
        if message.committed > committed and upto > committed:
            store, more = _done(store, kept.log, committed, min(message.committed, upto))
            effects += more
            committed = min(message.committed, upto)
        return _State(kept, _Role.FOLLOWER, sender, 0, patience, committed, store), effects

    def _appended(self, state: _State, sender: int, message: _Appended) -> Step:
        kept, upto = state.kept, message.upto
        if state.role is not _Role.LEADER or message.term != kept.term or upto > len(kept.log):
            return state, ()
        sent, match = state.sent[sender], state.match[sender]
        if not message.done:
            if upto < match:  # less than is known to be there: said long ago, or by one that lost its disk
                return state, ()
            return self._sent(state._replace(sent=_with(state.sent, sender, min(upto, sent))), (sender,))
        if upto <= match:
            return state, ()
        if upto > sent:
            state = state._replace(sent=_with(state.sent, sender, upto))
        state, effects = self._matched(state, sender, upto)
        if max(upto, sent) == len(kept.log):
            return state, effects
        state, more = self._sent(state, (sender,))  # the next of a long row
        return state, (*effects, *more)

    def _matched(self, state: _State, node: int, upto: int) -> Step:
        """Commit what a quorum has now that a server has so much, if it is of this term, and answer the clients."""
        kept, role, leader, quiet, patience, committed, store, votes, sent, match = state
        match = _with(match, node, upto)
        effects: Sequence[Effect] = ()
        if upto > committed:
            common = sorted(match)[-self.quorum]
            if common > committed and kept.log[common - 1].term == kept.term:
                store, effects = _done(store, kept.log, committed, common, answer=True)
                committed = common
        return _State(kept, role, leader, quiet, patience, committed, store, votes, sent, match), effects


def _done(
    store: Store, log: Log[_Entry], start: int, end: int, *, answer: bool = False
) -> tuple[Store, list[Effect]]:
    """Return the store after some entries of the log, and what comes of them."""
    effects: list[Effect] = []
    for place in range(start, end):
        command = log[place].command
        effects.append(Commit(place, command))
        if command is not None:
            store, result = store.after(command)
            if answer:
                effects.append(Send((command.client,), Reply(command.number, result)))
    return store, effects


def _last(log: Log[_Entry]) -> int:
    return log[-1].term if log else 0


def _with(numbers: tuple[int, ...], place: int, number: int) -> tuple[int, ...]:
    return (*numbers[:place], number, *numbers[place + 1 :])


def _is_entry(said: Any) -> bool:
    if not isinstance(said, _Entry):
        return False
    term, command = said
    return _are_counts(term) and (command is None or _is_command(command))


def _is_command(said: Any) -> bool:
    return isinstance(said, Command) and said.is_sane


def _are_counts(*said: Any) -> bool:
    for each in said:  # noqa: SIM110 - three times as fast as all() with a generator
        if type(each) is not int or each < 0:
            return False
    return True
