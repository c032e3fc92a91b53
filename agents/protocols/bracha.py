"""Bracha's reliable broadcast: all deliver the sender's value, or nobody delivers anything.

**Rule.** The sender (party 0) sends its value to all. Whoever first hears it from the sender echoes it to all.
Whoever hears `echo` echoes of one value, or `amplify` readies, sends ready to all, once. Whoever hears `deliver`
readies delivers.
**Guarantee.** Asynchronous, n > 3f Byzantine parties. No two honest parties deliver different values; if one
delivers, all do; if the sender is honest, all deliver what it sent. If it is not, perhaps nobody ever delivers.
**Cost.** 3 message delays; n(2n + 1) messages, those to oneself included, (n - 1)(2n + 1) without them.
**Names.** Reliable broadcast, echo-ready broadcast, authenticated double-echo broadcast.

Weaker thresholds than the defaults ``echo=(n + f) // 2 + 1, amplify=f + 1, deliver=2f + 1`` break it: among four
parties ``bracha(echo=2, deliver=2)`` with an equivocating sender under the omniscient scheduler, every time.

References
----------
.. [1] G. Bracha, "Asynchronous Byzantine agreement protocols", Information and Computation 75 (1987) 130-143,
       doi:10.1016/0890-5401(87)90054-X.

Examples
--------
>>> from accord.agents.machine import Seat
>>> machine = Bracha().machine(Seat(node=0, n=4, f=1, value=1))
>>> [str(effect.message) for effect in machine.start()[1]]
['initial(1)']
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from pydantic import Field

from ..machine import Decide, Effect, Machine, Message, Seat, Send, Step, Value, is_value
from . import Problem, Protocol, Timing, exactly

__all__ = ["Bracha"]


@dataclass(frozen=True, slots=True)
class _Initial(Message):
    value: Value


@dataclass(frozen=True, slots=True)
class _Echo(Message):
    is_vote: ClassVar[bool] = True
    value: Value


@dataclass(frozen=True, slots=True)
class _Ready(Message):
    value: Value


class Bracha(Protocol):
    """Reliable broadcast by echo and ready."""

    problem: ClassVar[Problem] = Problem.BROADCAST
    timing: ClassVar[Timing] = Timing.ASYNCHRONOUS

    echo: int | None = Field(None, ge=1, description="echoes that make ready; by default (n + f) // 2 + 1")
    amplify: int | None = Field(None, ge=1, description="readies that make ready; by default f + 1")
    deliver: int | None = Field(None, ge=1, description="readies that deliver; by default 2f + 1")

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return the thresholds of the proof."""
        return {"echo": exactly((n + f) // 2 + 1), "amplify": exactly(f + 1), "deliver": exactly(2 * f + 1)}

    def least(self, f: int) -> int:
        """Return 3f + 1."""
        return 3 * f + 1

    def needed(self, n: int, f: int) -> int:
        """Return the echoes that make ready."""
        return self.echo or (n + f) // 2 + 1

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest party."""
        return _Machine(
            seat,
            echo=self.needed(seat.n, seat.f),
            amplify=self.amplify or seat.f + 1,
            deliver=self.deliver or 2 * seat.f + 1,
        )

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return every kind of message about every value."""
        return tuple(kind(value) for kind in (_Initial, _Echo, _Ready) for value in values)


_Votes = tuple[tuple[Value, int], ...]  # for each value, who voted for it: bit k is party k


class _State(NamedTuple):
    echoed: bool
    readied: bool
    delivered: bool
    echoes: _Votes
    readies: _Votes


@dataclass(frozen=True)
class _Machine(Machine):
    seat: Seat
    echo: int
    amplify: int
    deliver: int

    def start(self) -> Step:
        first = _State(False, False, False, (), ())
        seat = self.seat
        return first, (Send(seat.everyone, _Initial(seat.value)),) if seat.node == 0 else ()

    def receive(self, state: _State, sender: int, message: Message) -> Step:
        everyone = self.seat.everyone
        if isinstance(message, _Echo):
            echoes, votes = _with_vote(state.echoes, message.value, sender)
            echoed, readied, delivered, _, readies = state
            if votes >= self.echo and not readied:
                return _State(echoed, True, delivered, echoes, readies), (
                    Send(everyone, _Ready(message.value)),
                )
            return _State(echoed, readied, delivered, echoes, readies), ()
        if isinstance(message, _Ready):
            readies, votes = _with_vote(state.readies, message.value, sender)
            echoed, readied, delivered, echoes, _ = state
            effects: tuple[Effect, ...] = ()
            if votes >= self.amplify and not readied:
                readied, effects = True, (Send(everyone, _Ready(message.value)),)
            if votes >= self.deliver and not delivered:
                delivered, effects = True, (*effects, Decide(message.value))
            return _State(echoed, readied, delivered, echoes, readies), effects
        if isinstance(message, _Initial) and sender == 0 and not state.echoed and is_value(message.value):
            return state._replace(echoed=True), (Send(everyone, _Echo(message.value)),)
        return state, ()


def _with_vote(votes: _Votes, value: Value, voter: int) -> tuple[_Votes, int]:
    """Return the votes with one more, and how many there are for its value; nobody's counts twice, or for no value."""
    bit = 1 << voter
    for place, (known, voters) in enumerate(votes):
        if known == value:
            voters |= bit
            return (*votes[:place], (value, voters), *votes[place + 1 :]), voters.bit_count()
    return ((*votes, (value, bit)), 1) if is_value(value) else (votes, 0)
