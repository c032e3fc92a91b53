"""Twins: two honest copies of one party, each with an audience of its own.

A traitor that equivocates runs the honest machine twice, with different inputs. Both copies hear what everybody sends;
each speaks only to its own audience, and hears its own broadcasts only. What clients ask for is an input of servers, so
of clients each copy hears those in its audience. Whatever they say is what an honest party could say, so no check of a
single message can tell.

References
----------
.. [1] S. Bano, A. Sonnino, A. Chursin, D. Perelman, Z. Li, A. Ching, D. Malkhi, "Twins: BFT systems made robust",
       OPODIS 2021, LIPIcs 217, 7:1-7:29, doi:10.4230/LIPIcs.OPODIS.2021.7.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from .machine import Effect, Flip, Machine, Message, Send, State, Step, Timer, Value
from .puppet import Puppet, Role, Voice, taken_over

__all__ = ["Twins"]


@dataclass(frozen=True, slots=True)
class _Aside(Message):
    """A message for one of the copies only."""

    side: int
    message: Message


class _Of(NamedTuple):
    """Tells the copies' timers and coins apart."""

    side: int
    key: Hashable


class Twins(Puppet):
    """Copies of the honest machine that talk to disjoint audiences.

    Parameters
    ----------
    role
        What the traitor is given to work with.
    audiences
        For each copy, the honest parties that it speaks to; where messages are relayed, hands packets to. Of clients it
        hears no others.
    inputs
        For each copy, its input.
    together
        Whether copies on the same side of different traitors speak to each other, and to nobody's on the other;
        else each traitor belongs to one of the audiences like anybody.
    """

    def __init__(
        self,
        role: Role,
        audiences: tuple[frozenset[int], ...],
        inputs: tuple[Value, ...],
        *,
        together: bool = False,
    ) -> None:
        super().__init__(role)
        self.audiences = audiences
        self.copies: tuple[Machine, ...] = tuple(role.honest(value) for value in inputs)
        friends = role.coalition if together else ()
        self.aside = frozenset((role.seat.node, *friends))

    def start(self) -> Step:
        """Start all copies."""
        return self._gathered([copy.start() for copy in self.copies])

    def possess(self, state: State, effects: Sequence[Effect], kept: Any = None) -> Step:
        """Go on as copies of one past; or, if it has only just started, as if there had been copies from the start."""
        if (state, tuple(effects)) == _frozen(self.honest.start()):
            return self.start()
        return self._gathered([taken_over(copy, state, effects, kept) for copy in self.copies])

    def recover(self, kept: Any) -> Step:
        """Have all copies start over: there is no saying which of them wrote what was kept."""
        return self._gathered([copy.recover(None) for copy in self.copies])

    def receive(self, state: tuple[State, ...], sender: int, message: Message) -> Step:
        """Have every copy hear it, or the one that it is meant for; or, from a client, that in whose audience it is."""
        if isinstance(message, _Aside):
            if sender not in self.aside:
                return state, ()
            return self._only(
                state,
                message.side,
                self.copies[message.side].receive(state[message.side], sender, message.message),
            )
        asked = sender in self.seat.kinds[1]
        return self._gathered(
            [
                (each, ()) if asked and sender not in audience else copy.receive(each, sender, message)
                for copy, each, audience in zip(self.copies, state, self.audiences, strict=True)
            ]
        )

    def timeout(self, state: tuple[State, ...], name: Any) -> Step:
        """Wake the copy that asked for it, or all if it was asked for before there were copies."""
        if not isinstance(name, _Of):
            return self._gathered(
                [copy.timeout(each, name) for copy, each in zip(self.copies, state, strict=True)]
            )
        return self._only(state, name.side, self.copies[name.side].timeout(state[name.side], name.key))

    def flip(self, state: tuple[State, ...], key: Any, value: object) -> Step:
        """Give the coin to the copy that asked for it, or to all if it was asked for before there were copies."""
        if not isinstance(key, _Of):
            return self._gathered(
                [copy.flip(each, key, value) for copy, each in zip(self.copies, state, strict=True)]
            )
        return self._only(state, key.side, self.copies[key.side].flip(state[key.side], key.key, value))

    def voices(self) -> tuple[Voice, ...] | None:
        """Return a voice for each copy."""
        copies = zip(self.copies, self.audiences, strict=True)
        return self.alone(*(Voice(copy.seat.value, audience, self.aside) for copy, audience in copies))

    def _gathered(self, steps: Sequence[Step]) -> Step:
        effects = [each for side, (_, some) in enumerate(steps) for each in self._from(side, some)]
        return tuple(state for state, _ in steps), tuple(effects)

    def _only(self, state: tuple[State, ...], side: int, step: Step) -> Step:
        after, effects = step
        return (*state[:side], after, *state[side + 1 :]), tuple(self._from(side, effects))

    def _from(self, side: int, effects: Sequence[Effect]) -> Sequence[Effect]:
        """Return what a copy's effects become."""
        rewritten: list[Effect] = []
        for effect in effects:
            if isinstance(effect, Send):
                aside = tuple(node for node in effect.to if node in self.aside)
                audience = tuple(
                    node for node in effect.to if node in self.audiences[side] and node not in self.aside
                )
                if audience:
                    rewritten.append(Send(audience, effect.message))
                if aside:
                    rewritten.append(Send(aside, _Aside(side, effect.message)))
            elif isinstance(effect, Timer):
                rewritten.append(Timer(_Of(side, effect.name), effect.after))
            elif isinstance(effect, Flip):
                rewritten.append(Flip(_Of(side, effect.key), effect.domain))
        return rewritten


def _frozen(step: Step) -> Step:
    state, effects = step
    return state, tuple(effects)
