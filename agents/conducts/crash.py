"""Stop, perhaps in the middle of a broadcast, and perhaps come back.

**Lie.** None: the party does as it should until `at`, and then nothing. Where `reach` is above 0 it falls only when it
next speaks: of all that it sends in that step, that share still goes out, in the order in which it is sent. After
`recover` it comes back. Messages that came meanwhile are lost, and timers that were due go off then. With `amnesia` it
remembers nothing but what it persisted, and no timer of its former life goes off.
**Effect.** Some hear its last words and others do not, which is what makes f + 1 rounds necessary [1]_. A protocol that
waits for everybody waits for ever.
**Names.** Crash-stop, fail-stop, crash-recovery, omission of what came meanwhile; partial broadcast.

References
----------
.. [1] M. K. Aguilera, S. Toueg, "A simple bivalency proof that t-resilient consensus requires t + 1 rounds",
       Information Processing Letters 71 (1999).
.. [2] C. Cachin, R. Guerraoui, L. Rodrigues, "Introduction to Reliable and Secure Distributed Programming",
       2nd ed., Springer 2011, doi:10.1007/978-3-642-15260-3, chapter 2 (crashes, omissions, crashes with recoveries).
"""

from collections.abc import Hashable, Sequence
from enum import Enum
from typing import Any, NamedTuple

from pydantic import Field, model_validator

from ..errors import InputError
from ..machine import Effect, Message, Persist, Send, Step, Timer
from ..protocols import Faults
from ..puppet import Possessed, Puppet, Role
from . import Conduct

__all__ = ["Crash"]


class Crash(Conduct):
    """Stop at a time."""

    at: float = Field(
        1.0, ge=0, description="rounds until it stops; one that stops at 0 falls in its first step"
    )
    reach: float = Field(
        0.0, ge=0, le=1, description="share of what it sends next that still goes out; 0: it stops at once"
    )
    recover: float | None = Field(
        None, gt=0, description="rounds until it comes back; by default it never does"
    )
    amnesia: bool = Field(
        False, description="whether it comes back with nothing but what it wrote to stable storage"
    )

    @model_validator(mode="after")
    def _comes_back(self) -> "Crash":
        if self.amnesia and self.recover is None:
            raise InputError(
                "amnesia=True: one that never comes back has nothing to forget; give recover=..."
            )
        return self

    @property
    def faults(self) -> Faults:
        """A crash; an omission if it comes back, as messages got lost; a recovery if memory did."""
        if self.recover is None:
            return Faults.CRASH
        return Faults.RECOVERY if self.amnesia else Faults.OMISSION

    def puppet(self, role: Role) -> Puppet:
        """Return a machine that stops."""
        return _Crash(role, self)


class _Phase(Enum):
    WELL = "well"
    DOOMED = "doomed"  # will fall when it next speaks
    DOWN = "down"
    BACK = "back"


class _Life(NamedTuple):
    phase: _Phase
    kept: Any = None
    missed: tuple[Hashable, ...] = ()  # timers that went off while it was down


class _Again(NamedTuple):
    """A timer's name in the life after amnesia."""

    name: Hashable


class _Crash(Puppet):
    def __init__(self, role: Role, conduct: Crash) -> None:
        super().__init__(role)
        self.conduct = conduct

    def first(self) -> Step:
        if self.conduct.at > 0:
            return _Life(_Phase.WELL), (Timer(self.own("crash"), self.conduct.at),)
        return self._struck(_Life(_Phase.WELL))

    def rewrite(self, memory: _Life, effects: Sequence[Effect]) -> Step:
        if memory.phase is _Phase.DOWN:  # its last step may still be going on: coins fall in it
            return self._cut(memory, effects, 0)
        sent = sum(len(self._abroad(effect)) for effect in effects)
        if memory.phase is _Phase.DOOMED and sent:
            life, left = self._cut(memory, effects, round(self.conduct.reach * sent))
            life, later = self._fallen(life)
            return life, (*left, *later)
        life = memory
        for effect in effects:
            if isinstance(effect, Persist):
                life = life._replace(kept=effect.kept)
        if life.phase is _Phase.BACK and self.conduct.amnesia:
            effects = tuple(
                Timer(_Again(each.name), each.after) if isinstance(each, Timer) else each for each in effects
            )
        return life, effects

    def receive(self, state: Possessed, sender: int, message: Message) -> Step:
        if state.memory.phase is _Phase.DOWN:
            return state, ()
        return super().receive(state, sender, message)

    def timeout(self, state: Possessed, name: Any) -> Step:
        inner, life = state
        if name == self.own("recover"):
            return self._back(state)
        if self._owns(name):
            return super().timeout(state, name)
        if life.phase is _Phase.DOWN:
            return Possessed(inner, life._replace(missed=(*life.missed, name))), ()
        if life.phase is _Phase.BACK and self.conduct.amnesia:
            return super().timeout(state, name.name) if isinstance(name, _Again) else (state, ())
        return super().timeout(state, name)

    def rang(self, memory: _Life, name: Any) -> Step:
        return self._struck(memory)

    def _struck(self, life: _Life) -> Step:
        if self.conduct.reach > 0:
            return life._replace(phase=_Phase.DOOMED), ()
        return self._fallen(life)

    def _fallen(self, life: _Life) -> Step:
        rise = self.conduct.recover
        later = () if rise is None else (Timer(self.own("recover"), rise),)
        return life._replace(phase=_Phase.DOWN), later

    def _back(self, state: Possessed) -> Step:
        inner, life = state
        back = life._replace(phase=_Phase.BACK, missed=())
        if self.conduct.amnesia:
            return self._passed(back, (), self.honest.recover(life.kept))
        # one by one, as a coin may have to fall between two
        return Possessed(inner, back), tuple(Timer(name, 0) for name in life.missed)

    def _abroad(self, effect: Effect) -> tuple[int, ...]:
        return tuple(node for node in effect.to if node != self.seat.node) if isinstance(effect, Send) else ()

    def _cut(self, life: _Life, effects: Sequence[Effect], reached: int) -> tuple[_Life, Sequence[Effect]]:
        """Return what remains if it falls once so many recipients are reached: no more is sent or written."""
        left: list[Effect] = []
        for effect in effects:
            if isinstance(effect, Send):
                to = self._abroad(effect)[:reached]
                reached -= len(to)
                if to:
                    left.append(Send(to, effect.message))
            elif not isinstance(effect, Persist):
                left.append(effect)
            elif reached:
                life = life._replace(kept=effect.kept)
                left.append(effect)
        return life, left
