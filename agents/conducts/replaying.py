"""Say again what others have said.

**Lie.** Each message heard from an honest party is sent on as one's own, to all other honest ones, `after` some
rounds; each one only once, and no more than `most`. Beside that the party does as it should.
**Effect.** Old messages come back in other rounds, and a vote for one value may be followed by one for another. Those
who count parties, and not messages, are not misled; what is signed by another says so.
**Names.** Replay attack, stale messages, echo.

References
----------
.. [1] P. Syverson, "A taxonomy of replay attacks", Computer Security Foundations Workshop VII, IEEE 1994, 187-191.
"""

from typing import Any

from pydantic import Field

from ..machine import Message, Send, Step, Timer
from ..puppet import Puppet, Role
from . import Conduct

__all__ = ["Replaying"]


class Replaying(Conduct):
    """Repeat what was heard."""

    after: float = Field(0.0, ge=0, description="rounds until a message is said again")
    most: int = Field(100, ge=1, description="messages said again at most")

    def puppet(self, role: Role) -> Puppet:
        """Return a machine that repeats others."""
        return _Replaying(role, self)


_Heard = tuple[Message, ...]


class _Replaying(Puppet):
    def __init__(self, role: Role, conduct: Replaying) -> None:
        super().__init__(role)
        self.conduct = conduct

    def first(self, kept: Any) -> Step:
        return (), ()

    def heard(self, memory: _Heard, sender: int, message: Message) -> Step:
        # nothing from other traitors: two of them could go on for ever
        if sender in self.role.coalition or message in memory or len(memory) >= self.conduct.most:
            return memory, ()
        again = Send(tuple(node for node in self.role.victims if node != sender), message)
        after = self.conduct.after
        return (*memory, message), (Timer(self.own(again), after) if after else again,)

    def rang(self, memory: _Heard, name: Send) -> Step:
        return memory, (name,)
