"""Puppet: a machine inside another one, which departs from what it would do.

A traitor's conduct for messages wraps the honest machine and rewrites its effects. What comes out is a machine again,
as pure as the one inside, so it runs wherever machines run, and conducts can wrap each other. It knows nothing of
the protocol but its alphabet.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from .machine import Accuse, Decide, Effect, Lead, Machine, Message, Seat, Send, State, Step, Value

__all__ = ["Possessed", "Puppet", "Role", "Voice", "taken_over", "unpossessed"]


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
    within
        Whether another conduct's puppet is around this one.
    """

    seat: Seat
    coalition: tuple[int, ...]
    honest: Callable[[Value], Machine]
    alphabet: tuple[Message, ...] = ()
    values: tuple[Value, ...] = (0, 1)
    address: Callable[[int, Message], Sequence[Effect]] = lambda to, message: (Send((to,), message),)
    within: bool = False

    @property
    def victims(self) -> tuple[int, ...]:
        """The honest parties, as far as the coalition knows at first."""
        return tuple(node for node in range(self.seat.n) if node not in self.coalition)

    def camps(self, parties: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the lower and the upper half of some parties by their ids, with half the servers and clients each.

        Halves of all ids might be servers here and clients there, and none be lied to in a way that matters.
        """
        lower, upper = [], []
        for kind in self.seat.kinds:
            those = [node for node in parties if node in kind]
            lower += those[: len(those) // 2]
            upper += those[len(those) // 2 :]
        return tuple(lower), tuple(upper)

    def farthest(self, value: Any) -> Value:
        """Return the value farthest from one, and the least if that is no number."""
        if not isinstance(value, int | float):
            return min(self.values)
        return max(self.values, key=lambda other: abs(other - value))

    def nearest(self, value: Value) -> Value:
        """Return the value nearest to one."""
        return min(self.values, key=lambda other: abs(other - value))

    def inside(self, wrap: Callable[["Role"], Machine]) -> "Role":
        """Return the role in which the honest machine is another conduct's puppet."""
        return replace(
            self, honest=lambda value: wrap(replace(self, seat=self.seat.but(value=value), within=True))
        )


class Voice(NamedTuple):
    """That a party speaks as an honest one does, to some: a way to say what a puppet does, where it is so simple.

    Parameters
    ----------
    value
        The input with which it starts.
    audience
        The parties that it speaks to.
    aside
        The parties, itself among them, whose voice of the same number alone it speaks to.
    instead
        Two values, the lesser first: it tells others the one that is farther from what it is to say. None: the truth.
    """

    value: Value
    audience: frozenset[int]
    aside: frozenset[int]
    instead: tuple[Value, Value] | None = None


class Possessed(NamedTuple):
    """A puppet's state: that of the machine inside, and what the conduct remembers."""

    inner: State
    memory: Any


class _Own(NamedTuple):
    """Tells a puppet's own timers and coins from those of the machine inside, which may be a puppet too."""

    depth: int
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
        self._depth: int = self.honest._depth + 1 if isinstance(self.honest, Puppet) else 0

    # What a conduct fills in --------------------------------------------------------------------

    def first(self, kept: Any) -> Step:
        """Return the first memory and what to do beside starting; `kept` is what was persisted before, or None."""
        return None, ()

    def speak(self, memory: Any, effect: Send) -> Step:
        """Return the memory and the effects in place of a message to others."""
        return memory, (effect,)

    def rewrite(self, memory: Any, effects: Sequence[Effect]) -> Step:
        """Return the memory and the effects in place of the honest ones.

        Unless a conduct says otherwise, it `speak`s in its own way and does the rest as it should. Decisions,
        accusations and reigns can be seen here; they go no further.
        """
        rewritten: list[Effect] = []
        for effect in effects:
            if isinstance(effect, Send):
                to = tuple(node for node in effect.to if node != self.seat.node)
                if len(to) < len(effect.to):
                    rewritten.append(Send((self.seat.node,), effect.message))
                if to:
                    memory, spoken = self.speak(memory, Send(to, effect.message))
                    rewritten += spoken
            else:
                rewritten.append(effect)
        return memory, rewritten

    def heard(self, memory: Any, sender: int, message: Message) -> Step:
        """Return memory and effects of the conduct's own after a message, before the machine inside hears it."""
        return memory, ()

    def rang(self, memory: Any, name: Any) -> Step:
        """Return memory and effects after a timer of the conduct's own (`own` made it) went off."""
        return memory, ()

    def fell(self, memory: Any, key: Any, value: Any) -> Step:
        """Return memory and effects after a coin of the conduct's own (`own` made it) fell."""
        return memory, ()

    def voices(self) -> tuple[Voice, ...] | None:
        """Return the honest voices that say what the puppet says, if that is all that it does; else None.

        A puppet of another puppet has none, and neither has one whose words depend on time, chance or what it hears.
        """
        return None

    def alone(self, *voices: Voice) -> tuple[Voice, ...] | None:
        """Return the voices, unless there is another puppet inside."""
        return None if isinstance(self.honest, Puppet) else voices

    # What it is made of -------------------------------------------------------------------------

    def own(self, key: Hashable) -> Hashable:
        """Return the name for a timer or coin of the conduct's own."""
        return _Own(self._depth, key)

    def _owns(self, name: Any) -> bool:
        return isinstance(name, _Own) and name.depth == self._depth

    def start(self) -> Step:
        """Start the machine inside and rewrite what it does."""
        return self._begun(self.honest.start(), None)

    def possess(self, state: State, effects: Sequence[Effect], kept: Any = None) -> Step:
        """Take over from an honest machine in some state, about to have some effects, and what it has persisted."""
        return self._begun(taken_over(self.honest, state, effects, kept), kept)

    def receive(self, state: Possessed, sender: int, message: Message) -> Step:
        """Hear a message, have the machine inside hear it, and rewrite what it does."""
        memory, before = self.heard(state.memory, sender, message)
        return self._passed(memory, before, self.honest.receive(state.inner, sender, message))

    def timeout(self, state: Possessed, name: Any) -> Step:
        """Wake the conduct or the machine inside."""
        if self._owns(name):
            memory, effects = self.rang(state.memory, name.key)
            return Possessed(state.inner, memory), effects
        return self._passed(state.memory, (), self.honest.timeout(state.inner, name))

    def flip(self, state: Possessed, key: Any, value: Any) -> Step:
        """Give a coin to the conduct or the machine inside."""
        if self._owns(key):
            memory, effects = self.fell(state.memory, key.key, value)
            return Possessed(state.inner, memory), effects
        return self._passed(state.memory, (), self.honest.flip(state.inner, key, value))

    def recover(self, kept: Any) -> Step:
        """Have the machine inside recover; what the conduct remembered is lost as well."""
        return self._begun(self.honest.recover(kept), kept)

    def _begun(self, step: Step, kept: Any) -> Step:
        memory, before = self.first(kept)
        return self._passed(memory, before, step)

    def _passed(self, memory: Any, before: Sequence[Effect], step: Step) -> Step:
        inner, effects = step
        memory, after = self.rewrite(memory, effects)
        done = (*before, *after)
        return Possessed(inner, memory), done if self.role.within else _muted(done)


def unpossessed(state: State) -> State:
    """Return the state of the machine inside, however many puppets are around it."""
    while isinstance(state, Possessed):
        state = state.inner
    return state


def taken_over(machine: Machine, state: State, effects: Sequence[Effect], kept: Any = None) -> Step:
    """Return how a machine goes on from an honest one's state and effects; each puppet on the way takes over."""
    return machine.possess(state, effects, kept) if isinstance(machine, Puppet) else (state, effects)


_JUDGED = (Accuse, Decide, Lead)


def _muted(effects: Sequence[Effect]) -> Sequence[Effect]:
    """Return effects without those that concern nobody but an honest party's judges."""
    if any(type(effect) in _JUDGED for effect in effects):
        return tuple(effect for effect in effects if type(effect) not in _JUDGED)
    return effects
