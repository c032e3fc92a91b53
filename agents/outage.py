"""Outage: a party stops, comes back, and remembers all, what it had persisted, or nothing.

What the conducts that stop parties have in common; each says when they are struck.
"""

from collections.abc import Hashable, Sequence
from enum import Enum
from typing import Any, Literal, NamedTuple

from pydantic import Field, model_validator

from .conducts import Conduct
from .errors import InputError
from .machine import Effect, Message, Persist, Send, Step, Timer
from .protocols import Faults
from .puppet import Possessed, Puppet, Role

__all__ = ["Falling", "Life", "Outage", "Phase"]


class Outage(Conduct):
    """Stop, perhaps for a while."""

    at: float = Field(1.0, ge=0, description="rounds until it stops")
    recover: float | None = Field(
        None, gt=0, description="rounds until it comes back; by default it never does"
    )
    loses: Literal["nothing", "memory", "disk"] = Field(
        "nothing",
        description="what is lost by then; with its memory all but what it persisted, with its disk that as well",
    )

    @model_validator(mode="after")
    def _comes_back(self) -> "Outage":
        if self.loses != "nothing" and self.recover is None:
            raise InputError(
                f"loses={self.loses}: one that never comes back has nothing to forget; give recover=..."
            )
        return self

    @property
    def faults(self) -> Faults:
        """A crash; if it comes back, an omission, as messages got lost, or worse, as memory or disk did."""
        if self.recover is None:
            return Faults.CRASH
        return {"nothing": Faults.OMISSION, "memory": Faults.RECOVERY, "disk": Faults.LOSS}[self.loses]


class Phase(Enum):
    """How a party is."""

    UP = "up"
    DOOMED = "doomed"  # will fall when it next speaks
    DOWN = "down"


class Life(NamedTuple):
    """What a puppet that falls remembers.

    Parameters
    ----------
    phase
        How it is.
    number
        Lives that it has lost with its memory.
    kept
        What it persisted last.
    missed
        Timers that went off while it was down.
    """

    phase: Phase = Phase.UP
    number: int = 0
    kept: Any = None
    missed: tuple[Hashable, ...] = ()


class _Again(NamedTuple):
    """A timer's name in a life after the first."""

    life: int
    name: Hashable


class Falling(Puppet):
    """A machine that stops when it is struck.

    Parameters
    ----------
    role
        What the traitor is given to work with.
    outage
        Whether it comes back, and what it loses.
    reach
        If above 0 it falls only when it next speaks, and that share of what it sends still goes out.
    """

    def __init__(self, role: Role, outage: Outage, reach: float = 0.0) -> None:
        super().__init__(role)
        self.outage, self.reach = outage, reach

    def first(self, kept: Any) -> Step:
        """Be well."""
        return Life(kept=kept), ()

    def struck(self, life: Life) -> Step:
        """Fall, at once or when it next speaks, unless it is down."""
        if life.phase is not Phase.UP:
            return life, ()
        return (life._replace(phase=Phase.DOOMED), ()) if self.reach > 0 else self._fallen(life)

    def rewrite(self, memory: Life, effects: Sequence[Effect]) -> Step:
        """Do as one should while one is well, and nothing while one is down."""
        if memory.phase is Phase.DOWN:  # its last step may still be going on: coins fall in it
            return self._cut(memory, effects, 0)
        sent = sum(len(self._abroad(effect)) for effect in effects)
        if memory.phase is Phase.DOOMED and sent:
            life, left = self._cut(memory, effects, round(self.reach * sent))
            life, later = self._fallen(life)
            return life, (*left, *later)
        life = memory
        for effect in effects:
            if isinstance(effect, Persist):
                life = life._replace(kept=effect.kept)
        if life.number:
            effects = tuple(
                Timer(_Again(life.number, each.name), each.after) if isinstance(each, Timer) else each
                for each in effects
            )
        return life, effects

    def receive(self, state: Possessed, sender: int, message: Message) -> Step:
        """Hear nothing while one is down."""
        return (state, ()) if state.memory.phase is Phase.DOWN else super().receive(state, sender, message)

    def timeout(self, state: Possessed, name: Any) -> Step:
        """Fall or come back, or wake the machine inside if the timer is of this life."""
        inner, life = state
        if name == self.own("recover"):
            return self._back(state)
        if self._owns(name):
            return super().timeout(state, name)
        if life.phase is Phase.DOWN:
            return Possessed(inner, life._replace(missed=(*life.missed, name))), ()
        if not life.number:
            return super().timeout(state, name)
        mine = isinstance(name, _Again) and name.life == life.number
        return super().timeout(state, name.name) if mine else (state, ())

    def _fallen(self, life: Life) -> Step:
        rise = self.outage.recover
        later = () if rise is None else (Timer(self.own("recover"), rise),)
        return life._replace(phase=Phase.DOWN), later

    def _back(self, state: Possessed) -> Step:
        inner, life = state
        back = life._replace(phase=Phase.UP, missed=())
        if self.outage.loses == "nothing":
            # one by one, as a coin may have to fall between two
            return Possessed(inner, back), tuple(Timer(name, 0) for name in life.missed)
        kept = life.kept if self.outage.loses == "memory" else None
        back = back._replace(number=life.number + 1, kept=kept)
        return self._passed(back, (), self.honest.recover(kept))

    def _abroad(self, effect: Effect) -> tuple[int, ...]:
        return tuple(node for node in effect.to if node != self.seat.node) if isinstance(effect, Send) else ()

    def _cut(self, life: Life, effects: Sequence[Effect], reached: int) -> tuple[Life, Sequence[Effect]]:
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
