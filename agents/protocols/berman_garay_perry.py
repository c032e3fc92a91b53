"""Berman, Garay and Perry's phase king: two exchanges before the king speaks, and a third of traitors are borne.

**Rule.** In each phase there are three rounds. In the first all send their value to all; a value heard `support` times
is proposed, else 2, which stands for "no idea". In the second all send their proposal to all, and each takes the
least one heard `adopt` times. In the third the phase's king sends what it took to all. Who heard what it took, if not
2, `keep` times keeps it; the others take the king's, 2 read as 1. Parties 0..f are kings, one after the other.
**Guarantee.** Synchronous, n > 3f Byzantine parties. No two honest parties propose different values, as two sets of
n - f votes share an honest one. If somebody keeps a value in the phase of an honest king, all took it, and so
did the king.
**Cost.** 3(f + 1) rounds; (f + 1)(n - 1)(2n + 1) messages of two bits, those to oneself not included.
**Names.** Phase king with optimal resilience, BGP.

Other thresholds than the defaults ``support=n - f, adopt=f + 1, keep=n - f`` break it, and so do fewer phases.

References
----------
.. [1] P. Berman, J. A. Garay, K. J. Perry, "Towards optimal distributed consensus", FOCS 1989, 410-415,
       doi:10.1109/SFCS.1989.63511.

Examples
--------
>>> from accord.models import Generals
>>> Generals(network="complete(n=7)", protocol="berman-garay-perry", f=2, rng=1).run().outcome()["messages"]
270
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from pydantic import Field

from ..lockstep import Lockstep, Memory, Said, Values
from ..machine import Machine, Message, Seat, Value
from . import Problem, Protocol, Timing, at_least, exactly

__all__ = ["BermanGarayPerry"]

_UNDECIDED = 2


class BermanGarayPerry(Protocol):
    """Votes, proposals, and kings where proposals are not clear."""

    problem: ClassVar[Problem] = Problem.CONSENSUS
    binary: ClassVar[bool] = True
    timing: ClassVar[Timing] = Timing.SYNCHRONOUS

    support: int | None = Field(None, ge=1, description="votes to propose a value; by default n - f")
    adopt: int | None = Field(None, ge=1, description="proposals to take a value; by default f + 1")
    keep: int | None = Field(None, ge=1, description="proposals to do without the king; by default n - f")
    phases: int | None = Field(None, ge=1, description="number of kings; by default f + 1")

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return the thresholds of the proof."""
        return {
            "support": exactly(n - f),
            "adopt": exactly(f + 1),
            "keep": exactly(n - f),
            "phases": at_least(f + 1),
        }

    def least(self, f: int) -> int:
        """Return 3f + 1."""
        return 3 * f + 1

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest party."""
        return _Machine(
            seat,
            rounds=self._rounds(seat),
            support=self.support or seat.n - seat.f,
            adopt=self.adopt or seat.f + 1,
            keep=self.keep or seat.n - seat.f,
        )

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return every value, and no idea, in every round."""
        rounds = range(1, self._rounds(seat) + 1)
        return tuple(Said(r, value) for r in rounds for value in (*values, _UNDECIDED))

    def _rounds(self, seat: Seat) -> int:
        return 3 * (self.phases or seat.f + 1)


@dataclass(frozen=True)
class _Machine(Lockstep):
    support: int
    adopt: int
    keep: int

    # It remembers its value, and before the king speaks how many proposed it

    def opening(self, value: Values) -> Memory:
        return np.where(value == 1, 1, 0), np.zeros_like(value)

    def speaker(self, r: int) -> int | None:
        return None if r % 3 else (r // 3 - 1) % self.seat.n

    def says(self, memory: Memory, r: int) -> Values:
        return memory[0].astype(np.float64)

    def hears(self, memory: Memory, r: int, heard: Values) -> Memory:
        value, proposals = memory
        zeros, ones, _ = counts = [(heard == each).sum(axis=0) for each in (0, 1, _UNDECIDED)]
        if r % 3 == 1:
            proposal = np.where(ones >= self.support, 1, np.where(zeros >= self.support, 0, _UNDECIDED))
            return proposal, np.zeros_like(proposal)
        if r % 3 == 2:
            value = np.select([count >= self.adopt for count in counts], [0, 1, _UNDECIDED], value)
            return value, np.choose(value, counts)
        king = np.isin(heard[self.speaker(r)], (1, _UNDECIDED)).astype(value.dtype)
        return np.where((value == _UNDECIDED) | (proposals < self.keep), king, value), proposals

    def concludes(self, memory: Memory) -> Values:
        return memory[0].astype(np.float64)
