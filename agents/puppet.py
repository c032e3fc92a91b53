"""Puppet: a machine inside another one, which departs from what it would do.

A traitor's conduct for messages wraps the honest machine and rewrites its effects. What comes out is a machine again,
as pure as the one inside, so it runs wherever machines run, and conducts can wrap each other. It knows nothing of
the protocol but its alphabet.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from .machine import Accuse, Decide, Effect, Machine, Message, Persist, Seat, Send, State, Step, Value

__all__ = ["Possessed", "Puppet", "Role"]


@dataclass(frozen=True)
class Role:
    """What a traitor is given to work with.

    Parameters
    ----------
    seat
        Its seat; its keys sign for the whole coalition.
    coalition
        All traitors, itself included.
    honest
        Makes the honest machine of this seat for any input.
    alphabet
        Messages that can be made up; see `Protocol.alphabet`.
    values
        The values that parties argue about.
    address
        Makes the effects that bring a made-up message to a party.
    """

    seat: Seat
    coalition: tuple[int, ...]
    honest: Callable[[Value], Machine]
    alphabet: tuple[Message, ...] = ()
    values: tuple[Value, ...] = (0, 1)
    address: Callable[[int, Message], Sequence[Effect]] = lambda to, message: (Send((to,), message),)

    @property
    def victims(self) -> tuple[int, ...]:
        """The honest parties, as far as the coalition knows at first."""
        return tuple(node for node in range(self.seat.n) if node not in self.coalition)

    def inside(self, wrap: Callable[["Role"], Machine]) -> "Role":
        """Return the role in which the honest machine is another conduct's puppet."""
        inner = self.honest
        return replace(self, honest=lambda value: wrap(replace(self, honest=lambda _: inner(value))))


class Possessed(NamedTuple):
    """A puppet's state: that of the machine inside, and what the conduct remembers."""

    inner: State
    memory: Any


class _Own(NamedTuple):
    """Tells a puppet's own timers and coins from those of the machine inside."""

    key: Hashable


class Puppet(Machine):
    """A machine that does as an honest one inside it, but for what `rewrite` makes of it.

    Parameters
    ----------
    role
        What the traitor is given to work with.
    """

    def __init__(self, role: Role) -> None:
        self.role = role
        self.seat = role.seat
        self.honest = role.honest(role.seat.value)

    # What a conduct fills in --------------------------------------------------------------------

    def first(self) -> Step:
        """Return the first memory and what to do beside starting."""
        return None, ()

    def rewrite(self, memory: Any, effects: Sequence[Effect]) -> Step:
        """Return the memory and the effects in place of the honest ones.

        Decisions, accusations and what is persisted can be seen here; they go no further.
        """
        return memory, effects

    def heard(self, memory: Any, sender: int, message: Message) -> Step:
        """Return memory and effects of the conduct's own after a message, before the machine inside hears it."""
        return memory, ()

    def rang(self, memory: Any, name: Any) -> Step:
        """Return memory and effects after a timer of the conduct's own (`own` made it) went off."""
        return memory, ()

    def fell(self, memory: Any, key: Any, value: Any) -> Step:
        """Return memory and effects after a coin of the conduct's own (`own` made it) fell."""
        return memory, ()

    # What it is made of -------------------------------------------------------------------------

    @staticmethod
    def own(key: Hashable) -> Hashable:
        """Return the name for a timer or coin of the conduct's own."""
        return _Own(key)

    def start(self) -> Step:
        """Start the machine inside and rewrite what it does."""
        return self.possess(*self.honest.start())

    def possess(self, state: State, effects: Sequence[Effect]) -> Step:
        """Take over a machine in some state that is about to have some effects."""
        memory, before = self.first()
        return self._passed(memory, before, (state, effects))

    def receive(self, state: Possessed, sender: int, message: Message) -> Step:
        """Hear a message, have the machine inside hear it, and rewrite what it does."""
        memory, before = self.heard(state.memory, sender, message)
        return self._passed(memory, before, self.honest.receive(state.inner, sender, message))

    def timeout(self, state: Possessed, name: Any) -> Step:
        """Wake the conduct or the machine inside."""
        if isinstance(name, _Own):
            memory, effects = self.rang(state.memory, name.key)
            return Possessed(state.inner, memory), effects
        return self._passed(state.memory, (), self.honest.timeout(state.inner, name))

    def flip(self, state: Possessed, key: Any, value: Any) -> Step:
        """Give a coin to the conduct or the machine inside."""
        if isinstance(key, _Own):
            memory, effects = self.fell(state.memory, key.key, value)
            return Possessed(state.inner, memory), effects
        return self._passed(state.memory, (), self.honest.flip(state.inner, key, value))

    def _passed(self, memory: Any, before: Sequence[Effect], step: Step) -> Step:
        inner, effects = step
        memory, after = self.rewrite(memory, effects)
        return Possessed(inner, memory), _muted((*before, *after))


def _muted(effects: Sequence[Effect]) -> Sequence[Effect]:
    """Return effects without those that concern nobody but an honest party's judges."""
    if any(type(effect) in (Accuse, Decide, Persist) for effect in effects):
        return tuple(effect for effect in effects if type(effect) not in (Accuse, Decide, Persist))
    return effects
