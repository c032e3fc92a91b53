"""Ben-Or's randomised consensus: where no majority is heard, toss a coin.

**Rule.** Round after round, each party reports its value to all and waits for n - f reports of the round. If it heard
`propose` reports of one value it proposes that to all, else it proposes nothing ("?"). It waits for n - f proposals of
the round. If it heard `decide` proposals of one value it decides that; if `adopt`, it goes into the next round with
that; else with the toss of a fair coin. Who decides sends its report and its proposal of one more round, and stops.
**Guarantee.** Asynchronous, n > 2f parties that may crash or lose messages. Two values are never proposed in one
round, as both would need a majority. If somebody decides in a round, more than f proposed its value, and n - f heard
miss f at most: all others adopt it, report and propose nothing else in the next round, and decide there. What the
party that stopped has sent is what it would have sent, and nobody waits for more. With probability 1 all decide at
last. If all put in one value, they decide it in round 1.
**Cost.** Two message delays a round; 2n(n - 1) messages a round, those to oneself not included, of which the round
after the decision is one. Rounds are few where f = O(sqrt(n)) and exponentially many where f is near n/2: with
n <= 2f + 2 an adversary brings their mean to 2^(n-1) + 1 and more (see `analysis.theory.ben_or`).
**Names.** Randomised binary consensus, local-coin consensus, free choice.

With other thresholds than the defaults ``propose=n // 2 + 1, adopt=1, decide=f + 1`` parties decide differently, or
never.

References
----------
.. [1] M. Ben-Or, "Another advantage of free choice: completely asynchronous agreement protocols", PODC 1983,
       27-30, doi:10.1145/800221.806707.
.. [2] M. K. Aguilera, S. Toueg, "The correctness proof of Ben-Or's randomized consensus algorithm", Distributed
       Computing 25 (2012) 371-381, doi:10.1007/s00446-012-0162-z.

Examples
--------
>>> from accord.models import Generals
>>> model = Generals(network="complete(n=5)", protocol="ben-or", initial="bits(p=1)", f=2, rng=1).run()
>>> model.outcome()["rounds"], model.outcome()["messages"]
(1, 80)
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, ClassVar, NamedTuple

from pydantic import Field

from ..machine import Decide, Effect, Flip, Machine, Message, Seat, Send, Step, Value
from . import Faults, Problem, Protocol, Timing, exactly

__all__ = ["BenOr"]


@dataclass(frozen=True, slots=True)
class _Report(Message):
    round: int
    value: Value


@dataclass(frozen=True, slots=True)
class _Proposal(Message):
    round: int
    value: Value | None  # None is "?"


class BenOr(Protocol):
    """Reports, proposals and coins."""

    problem: ClassVar[Problem] = Problem.CONSENSUS
    binary: ClassVar[bool] = True
    timing: ClassVar[Timing] = Timing.ASYNCHRONOUS
    faults: ClassVar[Faults] = Faults.OMISSION

    propose: int | None = Field(None, ge=1, description="reports to propose a value; by default n // 2 + 1")
    adopt: int | None = Field(None, ge=1, description="proposals to go on with a value; by default 1")
    decide: int | None = Field(None, ge=1, description="proposals to decide a value; by default f + 1")

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return the thresholds of the proof."""
        return dict(zip(("propose", "adopt", "decide"), map(exactly, self.thresholds(n, f)), strict=True))

    def least(self, f: int) -> int:
        """Return 2f + 1."""
        return 2 * f + 1

    def thresholds(self, n: int, f: int) -> tuple[int, int, int]:
        """Return how many are needed to propose, to adopt and to decide where nothing else was set."""
        return n // 2 + 1, 1, f + 1

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest party."""
        propose, adopt, decide = self.thresholds(seat.n, seat.f)
        return _Machine(seat, self.propose or propose, self.adopt or adopt, self.decide or decide)

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return every report and every proposal of the first rounds."""
        return tuple(
            message
            for r in range(1, 4)
            for message in (
                *(_Report(r, value) for value in values),
                *(_Proposal(r, value) for value in (*values, None)),
            )
        )


class _Stage(NamedTuple):
    """What is waited for: reports of a round, and then proposals. Stages are in the order of time."""

    round: int
    proposals: bool


class _Heard(NamedTuple):
    """Who has said 0, 1 and "?" in some stage: bit k is party k."""

    zeros: int = 0
    ones: int = 0
    none: int = 0

    @property
    def everybody(self) -> int:
        return self.zeros | self.ones | self.none

    @property
    def favourite(self) -> tuple[int, int]:
        """Which of 0 and 1 was said by more, and by how many."""
        zeros, ones = self.zeros.bit_count(), self.ones.bit_count()
        return (1, ones) if ones > zeros else (0, zeros)


_Early = tuple[tuple[_Stage, _Heard], ...]  # in the order of stages


class _State(NamedTuple):
    value: int
    stage: _Stage | None  # None once it has decided
    heard: _Heard = _Heard()  # in this stage
    early: _Early = ()  # in stages to come


@dataclass(frozen=True)
class _Machine(Machine):
    seat: Seat
    propose: int
    adopt: int
    decide: int

    def start(self) -> Step:
        return self._reported(1 if self.seat.value == 1 else 0, 1, ())

    def receive(self, state: _State, sender: int, message: Message) -> Step:
        stage = _stage(message)
        if stage is None or state.stage is None or stage < state.stage:
            return state, ()
        value = message.value  # type: ignore[attr-defined]
        if stage == state.stage:
            return self._onward(state._replace(heard=_with(state.heard, sender, value)))
        before, heard, after = _opened(state.early, stage)
        return state._replace(early=(*before, (stage, _with(heard, sender, value)), *after)), ()

    def flip(self, state: _State, key: Any, value: int) -> Step:
        if state.stage is None:
            return state, ()
        return self._reported(value, state.stage.round + 1, state.early)

    def _reported(self, value: int, r: int, early: _Early) -> Step:
        """Begin round r."""
        return self._onward(
            _entered(value, _Stage(r, False), early), Send(self.seat.everyone, _Report(r, value))
        )

    def _onward(self, state: _State, *effects: Effect) -> Step:
        """Go on as long as enough was heard, which may be so for stages to come as well."""
        everyone, enough = self.seat.everyone, self.seat.n - self.seat.f
        done = list(effects)
        while state.stage is not None and state.heard.everybody.bit_count() >= enough:
            value, votes = state.heard.favourite
            r, proposals = state.stage
            if not proposals:
                done.append(Send(everyone, _Proposal(r, value if votes >= self.propose else None)))
                state = _entered(state.value, _Stage(r, True), state.early)
            elif votes >= self.decide:
                last = Send(everyone, _Report(r + 1, value)), Send(everyone, _Proposal(r + 1, value))
                return _State(value, None), (*done, Decide(value, r), *last)
            elif votes >= self.adopt:
                done.append(Send(everyone, _Report(r + 1, value)))
                state = _entered(value, _Stage(r + 1, False), state.early)
            else:
                done.append(Flip(r))
                break
        return state, tuple(done)


def _entered(value: int, stage: _Stage, early: _Early) -> _State:
    """Return the state at the beginning of a stage, of which something may have been heard before."""
    _, heard, after = _opened(early, stage)
    return _State(value, stage, heard, after)


def _opened(early: _Early, stage: _Stage) -> tuple[_Early, _Heard, _Early]:
    """Return what was heard before its time in the stages before some stage, in that one, and in those after it."""
    at = bisect_left(early, stage, key=itemgetter(0))
    if at < len(early) and early[at][0] == stage:
        return early[:at], early[at][1], early[at + 1 :]
    return early[:at], _Heard(), early[at:]


def _stage(message: Message) -> _Stage | None:
    """Return the stage that a message is of, or None if it is of none."""
    if not isinstance(message, _Report | _Proposal) or not isinstance(message.round, int):
        return None
    proposals = isinstance(message, _Proposal)
    if message.value in (0, 1) or (message.value is None and proposals):
        return _Stage(message.round, proposals)
    return None


def _with(heard: _Heard, sender: int, value: Value | None) -> _Heard:
    """Return what was heard in a stage with what one party said; what it says later counts for nothing."""
    bit, (zeros, ones, none) = 1 << sender, heard
    if heard.everybody & bit:
        return heard
    if value is None:
        return _Heard(zeros, ones, none | bit)
    return _Heard(zeros, ones | bit, none) if value else _Heard(zeros | bit, ones, none)
