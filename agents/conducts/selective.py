"""Speak to some, and never to the others.

**Lie.** Nothing is sent to a `share` of the other parties, those of the greatest ids (of servers and of clients alike),
or to the given `nodes`; to the rest everything that an honest party would send.
**Effect.** Some hear it and some do not, so those who count may count differently. Those who wait for everybody wait
for ever.
**Names.** Send omission, selective omission, faulty link, partial silence, eclipse.

References
----------
.. [1] C. Cachin, R. Guerraoui, L. Rodrigues, "Introduction to Reliable and Secure Distributed Programming",
       2nd ed., Springer 2011, doi:10.1007/978-3-642-15260-3, chapter 2 (omissions).
"""

from typing import Any

from pydantic import Field

from ..errors import InputError
from ..machine import Send, Step
from ..protocols import Faults
from ..puppet import Puppet, Role, Voice
from . import Conduct

__all__ = ["Selective"]


class Selective(Conduct):
    """Send nothing to some."""

    share: float = Field(0.5, ge=0, le=1, description="share of the other parties that hear nothing")
    nodes: tuple[int, ...] | None = Field(None, description="who hears nothing; by default that share of all")

    @property
    def faults(self) -> Faults:
        """Omissions."""
        return Faults.OMISSION

    def check(self, *, opinions: bool, n: int | None = None) -> None:
        """Check that it is put on parties that send messages, and that all nodes are there."""
        super().check(opinions=opinions, n=n)
        beyond = [node for node in self.nodes or () if n is not None and not 0 <= node < n]
        if beyond:
            raise InputError(f"conduct={self}: there is no party {beyond[0]}; use nodes from 0 to {n - 1}")  # type: ignore[operator]

    def puppet(self, role: Role) -> Puppet:
        """Return a machine that leaves some out."""
        if self.nodes is not None:
            return _Selective(role, frozenset(self.nodes))
        deaf: list[int] = []
        for kind in role.seat.kinds:
            others = [node for node in kind if node != role.seat.node]
            deaf += others[len(others) - round(self.share * len(others)) :]
        return _Selective(role, frozenset(deaf))


class _Selective(Puppet):
    def __init__(self, role: Role, deaf: frozenset[int]) -> None:
        super().__init__(role)
        self.deaf = deaf

    def speak(self, memory: Any, effect: Send) -> Step:
        to = tuple(node for node in effect.to if node not in self.deaf)
        return memory, (Send(to, effect.message),) if to else ()

    def voices(self) -> tuple[Voice, ...] | None:
        seat = self.seat
        return self.alone(Voice(seat.value, frozenset(seat.others) - self.deaf, frozenset({seat.node})))
