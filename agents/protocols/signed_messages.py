"""Signed messages SM(m): the general's order goes round under a growing chain of signatures.

**Rule.** The general (party 0) signs its order and sends it to all. A lieutenant that hears of an order new to it by
the end of round r, under the signatures of the general and r - 1 others, adds its own and sends it to everybody who has
not signed, up to round m + 1. After that all obey the one order that they know of; if they know of none or of several,
they retreat: 0.
**Guarantee.** Synchronous, m Byzantine parties of any n >= m + 2 (with fewer there is nothing to agree on). All honest
lieutenants obey the same order, and the general's if it is honest. Whoever ends with two orders of the general's has
proof against it, and accuses it.
**Cost.** m + 1 rounds; without traitors (n - 1)^2 messages if m > 0, n - 1 if m = 0. Each further order that a traitor
signs costs up to (n - 1)(n - 2) more.
**Names.** SM(m), written messages, authenticated Byzantine generals.

`m` below the number of traitors is too few rounds: an order released in the last one splits the others.

References
----------
.. [1] L. Lamport, R. Shostak, M. Pease, "The Byzantine generals problem", ACM Transactions on Programming Languages
       and Systems 4 (1982) 382-401, doi:10.1145/357172.357176, section 4.

Examples
--------
>>> from accord.agents.keys import Keys
>>> from accord.agents.machine import Seat
>>> protocol = SignedMessages()
>>> order = protocol.machine(Seat(0, n=4, f=2, value=1, keys=Keys((0,)))).start()[1][0]
>>> machine = protocol.machine(Seat(2, n=4, f=2, keys=Keys((2,))))
>>> state, _ = machine.receive(machine.start()[0], 0, order.message)
>>> passed_on = machine.timeout(state, 1)[1][0]
>>> print(passed_on.to, passed_on.message)
(1, 3) 1:0:2
"""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from ..machine import Machine, Message, Seat, Value
from ..signed import Gatherer, Signed, made_up
from . import Problem, Protocol, Timing, at_least

__all__ = ["SignedMessages"]


class SignedMessages(Protocol):
    """SM(m): every order that the general signed is passed on."""

    problem: ClassVar[Problem] = Problem.BROADCAST
    timing: ClassVar[Timing] = Timing.SYNCHRONOUS

    m: int | None = Field(None, ge=0, description="rounds in which orders are passed on; by default f")

    def proven(self, n: int, f: int) -> Mapping[str, range]:
        """Return the thresholds of the proof."""
        return {"m": at_least(f)}

    def least(self, f: int) -> int:
        """Return f + 2."""
        return f + 2

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest party."""
        return _Machine(seat, self._rounds(seat))

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return chains that the coalition can sign."""
        return made_up(seat, values, self._rounds(seat))

    def _rounds(self, seat: Seat) -> int:
        return (seat.f if self.m is None else self.m) + 1


class _Machine(Gatherer):
    def audience(self, order: Signed) -> tuple[int, ...]:
        signers = order.signers
        return tuple(node for node in self.seat.others if node not in signers)
