"""Live in the past.

**Lie.** The party does as it should until `at`. From then on it answers every message of an honest party as it would
have answered it at that time: the state of then hears the message, what comes of it is sent, and the state is that of
then again. Its clock stands still, so nothing comes of timers any more.
**Effect.** Each answer is one that an honest party could have given, with good signatures and all, and no two of them
need go together: it votes for whoever asks, acknowledges what it does not keep, and reads what was there long ago.
**Names.** Rollback attack, state continuity violation, replay of old state, stale replica; a restored backup or
snapshot of a virtual machine.

References
----------
.. [1] R. Strackx, F. Piessens, "Ariadne: a minimal approach to state continuity", USENIX Security 2016, 875-892.
.. [2] S. Matetic, M. Ahmed, K. Kostiainen, A. Dhar, D. Sommer, A. Gervais, A. Juels, S. Capkun, "ROTE: rollback
       protection for trusted execution", USENIX Security 2017, 1289-1306.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pydantic import Field

from ..machine import Effect, Message, State, Step, Timer
from ..puppet import Possessed, Puppet, Role
from . import Conduct

__all__ = ["Stale"]


class Stale(Conduct):
    """Answer from the past."""

    at: float = Field(5.0, ge=0, description="rounds until its time stands still")

    def puppet(self, role: Role) -> Puppet:
        """Return a machine that never gets beyond a state."""
        return _Stale(role, self.at)


class _Past(NamedTuple):
    """The state that all is answered from."""

    state: State


class _Stale(Puppet):
    def __init__(self, role: Role, at: float) -> None:
        super().__init__(role)
        self.at = at

    def first(self, kept: Any) -> Step:
        return None, (Timer(self.own("stop"), self.at),)

    def timeout(self, state: Possessed, name: Any) -> Step:
        if self._owns(name):
            return Possessed(state.inner, _Past(state.inner)), ()
        return super().timeout(state, name) if state.memory is None else (state, ())

    def receive(self, state: Possessed, sender: int, message: Message) -> Step:
        past = state.memory
        if past is None:
            return super().receive(state, sender, message)
        if sender in self.role.coalition:  # itself, too: who never learns could talk to itself for ever
            return state, ()
        # what comes of it is kept until the next message, for coins that have yet to fall
        return super().receive(Possessed(past.state, past), sender, message)

    def rewrite(self, memory: _Past | None, effects: Sequence[Effect]) -> Step:
        if memory is None:
            return None, effects
        return memory, tuple(effect for effect in effects if not isinstance(effect, Timer))
