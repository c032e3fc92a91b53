"""Two-phase commit: all commit or all abort, and whoever voted yes waits for the coordinator's word.

**Rule.** The coordinator (party 0) asks everybody else to vote. Who put in 0 votes no and aborts; who put in 1 votes
yes and waits. If all votes are yes, the coordinator's own among them, it commits; at the first no it aborts; either
way it tells everybody. A coordinator that put in 0 aborts without asking. With `timeout`, a vote that is missing after
so many rounds counts as no, and so does a request: a party that was not asked by then aborts.
**Guarantee.** Any number of crashes, any delay, any loss: no party commits while another aborts, and nobody commits
unless all voted yes. If nobody crashes and nothing is lost all decide. It blocks: if the coordinator crashes between
the votes and its word, those who voted yes wait for ever; without `timeout` they also do if anybody crashes before
voting. With `timeout` it is the coordinator's crash alone that blocks, but a vote that is late aborts what nobody
objected to, so that then it needs messages to arrive in time.
**Cost.** 3 message delays; 3(n - 1) messages unless the coordinator objects or loses patience; n - 1 if it objects.
**Names.** 2PC, centralised two-phase commit, blocking atomic commitment.

References
----------
.. [1] J. N. Gray, "Notes on data base operating systems", in: Operating Systems, LNCS 60 (1978) 393-481,
       doi:10.1007/3-540-08755-9_9.
.. [2] D. Skeen, "Nonblocking commit protocols", SIGMOD 1981, 133-142, doi:10.1145/582318.582339.

Examples
--------
>>> from accord.agents.machine import Seat
>>> machine = TwoPhaseCommit().machine(Seat(node=0, n=3, f=0, value=1))
>>> [str(effect) for effect in machine.start()[1]]
['Send(to=(1, 2), message=_Request())']
"""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from pydantic import Field

from ..machine import Decide, Machine, Message, Persist, Seat, Send, Step, Timer, Value
from . import Faults, Problem, Protocol, Timing

__all__ = ["TwoPhaseCommit"]

_COORDINATOR = 0


@dataclass(frozen=True, slots=True)
class _Request(Message):
    pass


@dataclass(frozen=True, slots=True)
class _Vote(Message):
    value: Value


@dataclass(frozen=True, slots=True)
class _Outcome(Message):
    value: Value


class TwoPhaseCommit(Protocol):
    """Commit by request, vote and outcome."""

    problem: ClassVar[Problem] = Problem.COMMIT
    binary: ClassVar[bool] = True
    faults: ClassVar[Faults] = Faults.RECOVERY
    persists: ClassVar[bool] = True
    blocks: ClassVar[bool] = True

    timeout: float | None = Field(
        None,
        ge=2,  # a request and the vote on it take two
        description="rounds after which a missing vote or request counts as no; by default never",
    )

    @property
    def timing(self) -> Timing:  # type: ignore[override]  # who loses patience needs messages in time
        """Asynchronous, or synchronous with a timeout."""
        return Timing.ASYNCHRONOUS if self.timeout is None else Timing.SYNCHRONOUS

    def least(self, f: int) -> int:
        """Return f + 1: however many crash, it is safe."""
        return f + 1

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest party."""
        return (_Coordinator if seat.node == _COORDINATOR else _Participant)(seat, self.timeout)

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return every kind of message about every value."""
        return (_Request(), *(kind(value) for kind in (_Vote, _Outcome) for value in values))


@dataclass(frozen=True)
class _Coordinator(Machine):
    """State: who voted yes (bit k is party k), and the outcome or None. It persists the outcome."""

    seat: Seat
    patience: float | None

    def start(self) -> Step:
        yes = 1 << _COORDINATOR
        if self.seat.value != 1:
            return self._settled(0, 0)
        if self.seat.n == 1:
            return self._settled(yes, 1)
        request = Send(self.seat.others, _Request())
        return (yes, None), (request,) if self.patience is None else (request, Timer("votes", self.patience))

    def recover(self, kept: Value | None) -> Step:
        if kept is None:  # nobody can have been told anything: ask again
            return self.start()
        return (0, kept), (Send(self.seat.others, _Outcome(kept)),)

    def receive(self, state: tuple[int, Value | None], sender: int, message: Message) -> Step:
        yes, outcome = state
        if not isinstance(message, _Vote) or outcome is not None:
            return state, ()
        if message.value != 1:
            return self._settled(yes, 0)
        yes |= 1 << sender
        return self._settled(yes, 1) if yes.bit_count() == self.seat.n else ((yes, None), ())

    def timeout(self, state: tuple[int, Value | None], name: str) -> Step:
        yes, outcome = state
        return self._settled(yes, 0) if outcome is None else (state, ())

    def _settled(self, yes: int, outcome: Value) -> Step:
        told = Send(self.seat.others, _Outcome(outcome))
        return (yes, outcome), (Persist(outcome), Decide(outcome), told)


class _Ballot(NamedTuple):
    vote: Value | None = None
    outcome: Value | None = None


@dataclass(frozen=True)
class _Participant(Machine):
    """State: what it voted, and the outcome, as far as it knows. It persists both."""

    seat: Seat
    patience: float | None

    def start(self) -> Step:
        return _Ballot(), () if self.patience is None else (Timer("request", self.patience),)

    def recover(self, kept: _Ballot | None) -> Step:
        return self.start() if kept is None else (kept, ())

    def receive(self, state: _Ballot, sender: int, message: Message) -> Step:
        if sender != _COORDINATOR:
            return state, ()
        if isinstance(message, _Request):
            if state.vote is not None:  # asked before: the coordinator fell and came back
                return state, (Send((_COORDINATOR,), _Vote(state.vote)),)
            if self.seat.value != 1:
                after, effects = self._settled(0, 0)
                return after, (*effects, Send((_COORDINATOR,), _Vote(0)))
            after = state._replace(vote=1)
            return after, (Persist(after), Send((_COORDINATOR,), _Vote(1)))
        if isinstance(message, _Outcome) and state == (1, None) and message.value in (0, 1):
            return self._settled(1, message.value)
        if isinstance(message, _Outcome) and state == (None, None) and message.value == 0:
            return self._settled(0, 0)
        return state, ()

    def timeout(self, state: _Ballot, name: str) -> Step:
        return self._settled(0, 0) if state.vote is None else (state, ())

    def _settled(self, vote: Value, outcome: Value) -> Step:
        after = _Ballot(vote, outcome)
        return after, (Persist(after), Decide(outcome))
