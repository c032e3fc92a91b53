"""Phase king: all vote, and whoever saw no clear majority follows the king of the phase.

**Rule.** In each phase there are two rounds. In the first all send their value to all, and each takes the majority of
what it hears; who says nothing counts as 0. In the second the phase's king sends its majority to all. Who counted
`keep` votes for its own majority keeps that; the others take the king's. Parties 0..f are kings, one after the other.
**Guarantee.** Synchronous, n > 4f Byzantine parties. Among f + 1 kings one is honest: in its phase all come to one
value, and with n - f >= keep votes for it, they stay there. With n = 4f they do not: a traitor that is king in the
last phase splits them.
**Cost.** 2(f + 1) rounds; (f + 1)(n - 1)(n + 1) messages of one bit, those to oneself not included.
**Names.** Single-bit consensus, Berman-Garay algorithm.

With fewer votes than the default ``keep=n // 2 + f + 1`` (more than n/2 + f), or fewer than f + 1 phases, it breaks;
with more votes than n - f an agreement is lost again.

References
----------
.. [1] P. Berman, J. A. Garay, "Asymptotically optimal distributed consensus", ICALP 1989, LNCS 372, 80-94,
       doi:10.1007/BFb0035753.
.. [2] H. Attiya, J. Welch, "Distributed Computing", 2nd ed., Wiley 2004, doi:10.1002/0471478210, chapter 5.

Examples
--------
>>> from accord.models import Generals
>>> Generals(network="complete(n=9)", protocol="phase-king", f=2, rng=1).run().outcome()["messages"]
240
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..lockstep import Lockstep, Memory, Said, Values
from ..machine import Machine, Message, Seat, Value
from . import Problem, Protocol, Timing, at_least, exactly

__all__ = ["PhaseKing"]


class PhaseKing(Protocol):
    """Votes, and kings where votes are not clear."""

    problem: ClassVar[Problem] = Problem.CONSENSUS
    binary: ClassVar[bool] = True
    timing: ClassVar[Timing] = Timing.SYNCHRONOUS

    keep: int | None = Field(None, ge=1, description="votes to keep a majority; by default n // 2 + f + 1")
    phases: int | None = Field(None, ge=1, description="number of kings; by default f + 1")

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return the thresholds of the proof."""
        return {"keep": exactly(n // 2 + f + 1), "phases": at_least(f + 1)}

    def least(self, f: int) -> int:
        """Return 4f + 1."""
        return 4 * f + 1

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest party."""
        phases = self.phases or seat.f + 1
        return _Machine(seat, rounds=2 * phases, keep=self.keep or seat.n // 2 + seat.f + 1)

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return every value in every round."""
        rounds = 2 * (self.phases or seat.f + 1)
        return tuple(Said(r, value) for r in range(1, rounds + 1) for value in values)


@dataclass(frozen=True)
class _Machine(Lockstep):
    keep: int

    # It remembers its value, and in between how many votes there were for it

    def opening(self, value: Values) -> Memory:
        return _bit(value == 1), np.zeros_like(value)

    def speaker(self, r: int) -> int | None:
        return None if r % 2 else (r // 2 - 1) % self.seat.n

    def says(self, memory: Memory, r: int) -> Values:
        return memory[0]

    def hears(self, memory: Memory, r: int, heard: Values) -> Memory:
        if r % 2:
            ones = (heard == 1).sum(axis=0)
            zeros = len(heard) - ones
            return _bit(ones > zeros), np.maximum(ones, zeros)
        value, votes = memory
        king = _bit(heard[self.speaker(r)] == 1)
        return np.where(votes >= self.keep, value, king), votes

    def concludes(self, memory: Memory) -> Values:
        return memory[0]


def _bit(true: NDArray[np.bool_]) -> Values:
    return np.where(true, 1.0, 0.0)
