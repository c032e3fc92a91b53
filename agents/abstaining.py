"""Abstaining: a party that sends no vote for what it does not want, and does all else as its protocol says.

It knows nothing of the protocol but which messages are votes. What others have voted for it passes on like anybody:
what binds, binds those who were against it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from .machine import Effect, Machine, Message, Seat, Send, State, Step, Value

__all__ = ["Abstaining", "Ballot"]


class Ballot(NamedTuple):
    """The state of the machine inside, and the values that the party has voted for, in their order."""

    inner: State
    votes: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Abstaining(Machine):
    """A machine around another one, whose votes it holds back where they are not the party's own will.

    Parameters
    ----------
    inner
        The protocol's machine.
    approved
        The values that the party votes for.

    Examples
    --------
    >>> from accord.agents.protocols.bracha import Bracha
    >>> machine = Abstaining(Bracha().machine(Seat(0, n=1, f=0, value=1)), frozenset({0}))
    >>> state, effects = machine.start()
    >>> print(effects[0].message, machine.receive(state, 0, effects[0].message)[1])
    initial(1) ()
    """

    inner: Machine
    approved: frozenset[Value]

    @property
    def seat(self) -> Seat:  # type: ignore[override]
        """The party's seat."""
        return self.inner.seat

    def start(self) -> Step:
        """Start the machine inside."""
        return self._voted((), self.inner.start())

    def receive(self, state: Ballot, sender: int, message: Message) -> Step:
        """Have the machine inside hear a message."""
        return self._voted(state.votes, self.inner.receive(state.inner, sender, message))

    def timeout(self, state: Ballot, name: Any) -> Step:
        """Wake the machine inside."""
        return self._voted(state.votes, self.inner.timeout(state.inner, name))

    def flip(self, state: Ballot, key: Any, value: Any) -> Step:
        """Give it its coin."""
        return self._voted(state.votes, self.inner.flip(state.inner, key, value))

    def recover(self, kept: Any) -> Step:
        """Have it recover; how the party voted is forgotten."""
        return self._voted((), self.inner.recover(kept))

    def _voted(self, votes: tuple[Value, ...], step: Step) -> Step:
        """Return a step without the votes that the party does not want to give."""
        inner, effects = step
        sent: Sequence[Effect] = [each for each in effects if not self._is_unwanted(each)]
        given = [each.message.about for each in sent if isinstance(each, Send) and each.message.is_vote]
        return Ballot(inner, (*votes, *given)), tuple(sent)

    def _is_unwanted(self, effect: Effect) -> bool:
        return (
            isinstance(effect, Send) and effect.message.is_vote and effect.message.about not in self.approved
        )
