"""Make messages up.

**Lie.** The honest parties are parted by their ids, servers and clients alike. At first, and unasked, the lower half
is told everything that the protocol's alphabet can say for small values, and the upper half everything for great
ones, what is farthest out first; what is about the middle, or about no value, is told to both. From then on, whatever
an honest party would say is said to the lower half for the least value, and to the upper half for the greatest; and
`beside` that as it is.
**Effect.** Votes come from who has nothing to vote for, before anybody asked, for both sides at once. Where one voice
too few is enough to go on, the camps part.
**Names.** Message forgery, fabrication, arbitrary (Byzantine) messages, two-faced; fuzzing by grammar. Signatures of
others cannot be forged.

References
----------
.. [1] L. Lamport, R. Shostak, M. Pease, "The Byzantine generals problem", ACM Transactions on Programming
       Languages and Systems 4 (1982) 382-401, doi:10.1145/357172.357176.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from pydantic import Field

from ..machine import Effect, Message, Send, Step
from ..puppet import Puppet, Role
from . import Conduct

__all__ = ["Forging"]


class Forging(Conduct):
    """Send messages that nothing gave rise to."""

    beside: bool = Field(False, description="whether to say what an honest party would, too")

    def puppet(self, role: Role) -> Puppet:
        """Return a machine that makes messages up."""
        return _Forging(role, self.beside)


class _Forging(Puppet):
    """It forges at first, and then only in place of what it would say: its own lies cannot set it off."""

    def __init__(self, role: Role, beside: bool) -> None:
        super().__init__(role)
        self.beside = beside
        self.camps = dict(zip((min(role.values), max(role.values)), role.camps(role.victims), strict=True))

    def first(self, kept: Any) -> Step:
        role = self.role
        lower, upper = self.camps.values()
        sides = {-1: lower, 0: role.victims, 1: upper}
        middle = sum(self.camps) / 2

        def lean(message: Message) -> float:
            about = message.about
            return about - middle if isinstance(about, int | float) else 0.0

        return None, tuple(
            effect
            for message in sorted(role.alphabet, key=lambda each: -abs(lean(each)))
            for to in sides[int(np.sign(lean(message)))]
            for effect in role.address(to, message)
        )

    def speak(self, memory: Any, effect: Send) -> Step:
        forged: list[Effect] = []
        for value, camp in self.camps.items():
            to = tuple(node for node in effect.to if node in camp)
            if to:
                forged.append(Send(to, effect.message.saying(value)))
        rest: Sequence[int] = effect.to if self.beside else self.role.coalition
        told = tuple(node for node in effect.to if node in rest)
        return memory, (*forged, *((Send(told, effect.message),) if told else ()))
