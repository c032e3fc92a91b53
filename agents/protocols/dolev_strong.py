"""Dolev-Strong broadcast: two values that the sender signed are as good as all, so nobody passes on a third.

**Rule.** The sender (party 0) signs its value and sends it to all. Whoever sees a value new to it by the end of round
r, under the signatures of the sender and r - 1 others, adds its own and sends it to all, up to round f + 1; once it has
two values it is done with listening. After the last round all decide the one value that they have; with none or two
they know that the sender failed, and decide 0.
**Guarantee.** Synchronous, any number f < n - 1 of Byzantine parties. All honest parties decide the same, and the
sender's value if it is honest. Whoever ends with two values has proof against the sender, and accuses it. f + 1 rounds
are needed by any deterministic protocol in the worst case, with or without signatures [1]_.
**Cost.** f + 1 rounds; without traitors n(n - 1) messages if f > 0, n - 1 if f = 0. Whatever traitors do, honest
parties send at most twice that.
**Names.** Authenticated broadcast, Byzantine broadcast with signatures.

`rounds` at most the number of traitors are too few: a value released in the last one splits the others.

References
----------
.. [1] D. Dolev, H. R. Strong, "Authenticated algorithms for Byzantine agreement", SIAM Journal on Computing 12
       (1983) 656-666, doi:10.1137/0212045.

Examples
--------
>>> from accord.agents.keys import Keys
>>> from accord.agents.machine import Seat
>>> protocol = DolevStrong()
>>> order = protocol.machine(Seat(0, n=4, f=2, value=1, keys=Keys((0,)))).start()[1][0]
>>> machine = protocol.machine(Seat(2, n=4, f=2, keys=Keys((2,))))
>>> state, _ = machine.receive(machine.start()[0], 0, order.message)
>>> passed_on = machine.timeout(state, 1)[1][0]
>>> print(passed_on.to, passed_on.message)
(0, 1, 3) 1:0:2
"""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from ..machine import Machine, Message, Seat, Value
from ..signed import Gatherer, Signed, made_up
from . import Problem, Protocol, Timing, at_least

__all__ = ["DolevStrong"]


class DolevStrong(Protocol):
    """Broadcast under chains of signatures, of at most two values."""

    problem: ClassVar[Problem] = Problem.BROADCAST
    timing: ClassVar[Timing] = Timing.SYNCHRONOUS

    rounds: int | None = Field(None, ge=1, description="rounds until all decide; by default f + 1")

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return the thresholds of the proof."""
        return {"rounds": at_least(f + 1)}

    def least(self, f: int) -> int:
        """Return f + 2."""
        return f + 2

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest party."""
        return _Machine(seat, self.rounds or seat.f + 1)

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return chains that the coalition can sign."""
        return made_up(seat, values, self.rounds or seat.f + 1)


class _Machine(Gatherer):
    most: ClassVar[int | None] = 2

    def audience(self, order: Signed) -> tuple[int, ...]:
        return self.seat.others
