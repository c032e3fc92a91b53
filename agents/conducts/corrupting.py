"""Change what one says before saying it.

**Lie.** Each message to others, for each recipient and with probability `p`, names another value: of the values that
parties argue about the one farthest from the honest one, so that 0 becomes 1 and 1 becomes 0. Messages carried
inside it are changed alike.
**Effect.** With ``p=1`` everybody hears the same lie; with less some hear the truth, which is harder to bear. What is
signed cannot be changed unnoticed: there it is no worse than silence.
**Names.** Value fault, bit flip, message corruption, commission fault; with ``p=1`` symmetric Byzantine.

References
----------
.. [1] L. Lamport, R. Shostak, M. Pease, "The Byzantine generals problem", ACM Transactions on Programming
       Languages and Systems 4 (1982) 382-401, doi:10.1145/357172.357176.
.. [2] P. Thambidurai, Y.-K. Park, "Interactive consistency with multiple failure modes", Symposium on
       Reliable Distributed Systems 1988 (symmetric and asymmetric faults).
"""

from fractions import Fraction
from typing import Any

from pydantic import Field

from ..machine import Flip, Message, Send, Step
from ..puppet import Puppet, Role, Voice
from . import Conduct

__all__ = ["Corrupting"]


class Corrupting(Conduct):
    """Turn values round."""

    p: float = Field(
        1.0, ge=0, le=1, description="probability that a message is changed, to the nearest 0.001"
    )

    def puppet(self, role: Role) -> Puppet:
        """Return a machine that says something else."""
        return _Corrupting(role, Fraction(self.p).limit_denominator(1000))


class _Corrupting(Puppet):
    def __init__(self, role: Role, p: Fraction) -> None:
        super().__init__(role)
        self.p = p

    def speak(self, memory: Any, effect: Send) -> Step:
        if self.p == 1:
            return memory, (Send(effect.to, self._changed(effect.message)),)
        sides = range(self.p.denominator)
        return memory, tuple(Flip(self.own((to, effect.message)), sides) for to in effect.to)

    def fell(self, memory: Any, key: tuple[int, Message], value: int) -> Step:
        to, message = key
        lie = value < self.p.numerator
        return memory, (Send((to,), self._changed(message) if lie else message),)

    def _changed(self, message: Message) -> Message:
        return message.saying(self.role.farthest(message.about))

    def voices(self) -> tuple[Voice, ...] | None:
        seat, values = self.seat, self.role.values
        ends = min(values), max(values)
        voice = Voice(seat.value, frozenset(seat.others), frozenset({seat.node}), ends)
        return self.alone(voice) if self.p == 1 else None
