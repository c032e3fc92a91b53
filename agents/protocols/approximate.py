"""Approximate agreement: in each round everybody averages what is left after trimming, and all come closer.

**Rule.** In each round all send their value to all. Each drops the `trim` least and the `trim` greatest of the n values
that it hears, and of those that are left, in order, it takes the first and every f-th after it (all of them if f is 0);
their mean is its next value. Who says nothing, or nothing that is a number, counts as 0.
**Guarantee.** Synchronous, n > 3f Byzantine parties. Nobody leaves the range of the honest values, as what lies
outside is trimmed; and each round shrinks that range to 1/c of it at most, c = (n - 2f - 1) // f + 1 being the number
of values averaged [1]_. With inputs within `spread` of each other, decisions are within `epsilon`. Where f is 0 all
hear the same, and agree after one round.
**Cost.** The least number of rounds r with spread / c**r <= epsilon (or `rounds`), n(n - 1) messages each, those to
oneself not included.
**Names.** Inexact agreement, epsilon-agreement, fault-tolerant midpoint (n = 3f + 1), DLPSW.

With a smaller `trim` than the default ``trim=f`` a traitor draws everybody out of the range of honest values.

References
----------
.. [1] D. Dolev, N. A. Lynch, S. S. Pinter, E. W. Stark, W. E. Weihl, "Reaching approximate agreement in the presence
       of faults", Journal of the ACM 33 (1986) 499-516, doi:10.1145/5925.5931.

Examples
--------
Seven parties with two traitors average 2 values: each round halves the range, and 7 of them bring 1 below 0.01.

>>> from accord.models import Generals
>>> Generals(network="complete(n=7)", protocol="approximate", f=2, rng=1).run().outcome()["rounds"]
7
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from pydantic import Field

from ..lockstep import Lockstep, Memory, Said, Values
from ..machine import Machine, Message, Seat, Value
from . import Problem, Protocol, Timing, at_least, exactly

__all__ = ["Approximate"]

_HUGE = 1e18  # messages carry no numbers of more than eight bytes


class Approximate(Protocol):
    """Trimmed averages in rounds."""

    problem: ClassVar[Problem] = Problem.APPROXIMATE
    timing: ClassVar[Timing] = Timing.SYNCHRONOUS

    epsilon: float = Field(0.01, gt=0, description="range of decisions that counts as agreement")
    spread: float = Field(1.0, gt=0, le=_HUGE, description="range of the inputs, known beforehand")
    rounds: int | None = Field(
        None,
        ge=1,
        le=100_000,
        description="rounds to make; by default as many as bring spread down to epsilon",
    )
    trim: int | None = Field(None, ge=0, description="values dropped at either end; by default f")

    @property
    def tolerance(self) -> float:
        """Epsilon."""
        return self.epsilon

    def unsuited(self, inputs: Sequence[Value]) -> str:
        """Return whether inputs are farther apart than `spread`."""
        apart = max(inputs) - min(inputs)
        return (
            f"it is set up for spread={self.spread:g}, and inputs are {apart:g} apart"
            if apart > self.spread
            else ""
        )

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return the thresholds of the proof."""
        return {"trim": exactly(f), "rounds": at_least(self.but(rounds=None)._rounds(Seat(0, n, f)))}

    def least(self, f: int) -> int:
        """Return 3f + 1."""
        return 3 * f + 1

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest party."""
        return _Machine(
            seat,
            rounds=self._rounds(seat),
            trim=seat.f if self.trim is None else self.trim,
            step=max(seat.f, 1),
        )

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return every value, and one far out on either side, in every round."""
        said = (min(values) - self.spread, *values, max(values) + self.spread)
        return tuple(Said(r, value) for r in range(1, self._rounds(seat) + 1) for value in said)

    def _rounds(self, seat: Seat) -> int:
        if self.rounds is not None:
            return self.rounds
        if not seat.f:
            return 1
        # below the bound nothing is promised, and it goes on as long as at the bound
        averaged = max((seat.n - 2 * seat.f - 1) // seat.f + 1, 2)
        rounds, spread = 1, self.spread / averaged
        while spread > self.epsilon:
            rounds, spread = rounds + 1, spread / averaged
        return rounds


@dataclass(frozen=True)
class _Machine(Lockstep):
    trim: int
    step: int

    def opening(self, value: Values) -> Memory:
        return (_numbers(value),)

    def says(self, memory: Memory, r: int) -> Values:
        return memory[0]

    def hears(self, memory: Memory, r: int, heard: Values) -> Memory:
        chosen = np.sort(_numbers(heard), axis=0)[self.trim : len(heard) - self.trim : self.step]
        if not len(chosen):
            return memory
        # one after the other: `sum` adds up in another order where there are more runs beside this one
        return (np.add.accumulate(chosen, axis=0)[-1] / len(chosen),)

    def concludes(self, memory: Memory) -> Values:
        return memory[0]


def _numbers(said: Values) -> Values:
    return np.where(np.abs(said) <= _HUGE, said, 0.0)
