"""Lockstep: a machine in rounds of fixed length, in each of which parties say one value to all.

In round r, from time r - 1 to time r, every party says a value, or one of them does; when the round is over each draws
its conclusions from what it heard, all at once, so nothing depends on the order of messages within a round. Each
message carries its round: one of the round to come is kept, as clocks agree and nobody is further ahead; others are
ignored.

What a protocol fills in is arithmetic on arrays with parties first, as a rule for opinions is: it reads as for one
party in one run, and numpy broadcasts it over the copies and runs of a `Crowd`.

References
----------
.. [1] N. A. Lynch, "Distributed Algorithms", Morgan Kaufmann 1996, chapter 2 (the synchronous model).
"""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .crowd import Crowd
from .machine import Decide, Effect, Machine, Message, Seat, Send, Step, Timer, Value, is_value

__all__ = ["Lockstep", "Memory", "Said", "Values"]

Values = NDArray[np.float64]
Memory = tuple[NDArray[Any], ...]


@dataclass(frozen=True, slots=True)
class Said(Message):
    """What a party says in a round."""

    round: int
    value: Value


class _State(NamedTuple):
    round: int  # one more than there are once all are over
    memory: tuple[Value, ...]
    heard: tuple[Any, ...]  # by party, the first that it said in this round; None if nothing
    early: tuple[Any, ...]  # the same of the next round


@dataclass(frozen=True)
class Lockstep(Machine):
    """A machine that speaks, listens and concludes, round after round, and decides after the last.

    Parameters
    ----------
    seat
        Its seat.
    rounds
        How many there are, at least one.
    """

    seat: Seat
    rounds: int

    # What a protocol fills in: each for one party in one run, or for many side by side ------------

    @abstractmethod
    def opening(self, value: Values) -> Memory:
        """Return what a party with some input remembers at first."""

    def speaker(self, r: int) -> int | None:
        """Return the only party that speaks in round r, the first being 1; None if all do."""
        return None

    @abstractmethod
    def says(self, memory: Memory, r: int) -> Values:
        """Return what a party says in round r, if it speaks."""

    @abstractmethod
    def hears(self, memory: Memory, r: int, heard: Values) -> Memory:
        """Return what a party remembers after round r.

        Parameters
        ----------
        memory
            What it remembered before.
        r
            The round, from 1.
        heard : (n, ...)
            What each party said, itself among them; NaN where that was nothing, or no number.
        """

    @abstractmethod
    def concludes(self, memory: Memory) -> Values:
        """Return the decision after the last round."""

    # One party, message by message --------------------------------------------------------------

    def start(self) -> Step:
        """Open the first round."""
        memory = self.opening(np.asarray(self.seat.value, dtype=np.float64))
        return self._opened(1, memory, (None,) * self.seat.n)

    def receive(self, state: _State, sender: int, message: Message) -> Step:
        """Keep what is said in this round or the next."""
        if isinstance(message, Said) and state.round <= self.rounds:
            if message.round == state.round:
                return state._replace(heard=_with(state.heard, sender, message.value)), ()
            if message.round == state.round + 1:
                return state._replace(early=_with(state.early, sender, message.value)), ()
        return state, ()

    def timeout(self, state: _State, name: Any) -> Step:
        """Close a round, and open the next or decide."""
        r = state.round
        if name != r or r > self.rounds:
            return state, ()
        heard = np.array([said if is_value(said) else nan for said in state.heard], dtype=np.float64)
        memory = self.hears(tuple(map(np.asarray, state.memory)), r, heard)
        if r < self.rounds:
            return self._opened(r + 1, memory, state.early)
        return _State(r + 1, (), (), ()), (Decide(_plain(self.concludes(memory)), r),)

    def _opened(self, r: int, memory: Memory, heard: tuple[Any, ...]) -> Step:
        effects: Sequence[Effect] = (Timer(r, 1),)
        if self.speaker(r) in (None, self.seat.node):
            effects = (Send(self.seat.everyone, Said(r, _plain(self.says(memory, r)))), *effects)
        scalars = tuple(each.item() for each in memory)
        return _State(r, scalars, heard, (None,) * self.seat.n), effects

    # Many runs side by side ---------------------------------------------------------------------

    @property
    def load(self) -> int:
        """Entries of the largest array that one run of a crowd takes."""
        return 2 * self.seat.n**2

    def play(self, crowd: Crowd) -> None:
        """Play for a crowd."""
        memory = self.opening(crowd.inputs)
        size = Said(0, 0).size
        for r in range(1, self.rounds + 1):
            heard = crowd.exchange(self.says(memory, r), size, self.speaker(r))
            memory = self.hears(memory, r, heard)
        crowd.decide(self.concludes(memory))


def _plain(value: Any) -> Value:
    """Return a whole number as an int: votes are 0 and 1, not 0.0 and 1.0."""
    number = float(value)
    return int(number) if number.is_integer() else number


def _with(heard: tuple[Any, ...], sender: int, value: Any) -> tuple[Any, ...]:
    if heard[sender] is not None:
        return heard
    return (*heard[:sender], value, *heard[sender + 1 :])
