"""Signed: values under a chain of signatures, and how a party gathers them round by round.

A value sets out with the general's signature, and whoever passes it on adds its own. Each signature is under the value
and all signatures before it, so that nothing can be changed in a chain, taken out of it or put into another. Traitors
can withhold a value or cut its chain short, but make none up; and two values that a general signed convict it.

A chain of r signatures counts if it is there by the end of round r: either one of the r is honest, and has told
everybody in time, or all r are traitors'. With more rounds than traitors nothing new can turn up in the last one.

References
----------
.. [1] D. Dolev, H. R. Strong, "Authenticated algorithms for Byzantine agreement", SIAM Journal on Computing 12
       (1983) 656-666, doi:10.1137/0212045.
"""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from .keys import Keys, Signature
from .machine import Accuse, Decide, Effect, Machine, Message, Seat, Send, Step, Timer, Value, is_value

__all__ = ["Gatherer", "Signed", "made_up"]


@dataclass(frozen=True, slots=True)
class Signed(Message):
    """A value and the signatures that it has gathered on its way, the general's first.

    Examples
    --------
    >>> keys = Keys((0, 2), b"run")
    >>> order = Signed(1).by(0, keys).by(2, keys)
    >>> print(order, order.is_genuine(keys, n=3), order.saying(0).is_genuine(keys, n=3))
    1:0:2 True False
    """

    value: Value
    signatures: tuple[Signature, ...] = ()

    @property
    def signers(self) -> tuple[int, ...]:
        """Who signed, in this order."""
        return tuple([signature.signer for signature in self.signatures])

    def by(self, signer: int, keys: Keys) -> "Signed":
        """Return it with one more signature."""
        added = keys.sign(signer, (self.value, self.signatures))
        return Signed(self.value, (*self.signatures, added))

    def is_genuine(self, keys: Keys, n: int) -> bool:
        """Return whether party 0 signed first and others of 0..n-1 after it, nobody twice, all as it says."""
        if not is_value(self.value) or not all(
            isinstance(each, Signature) and type(each.signer) is int for each in self.signatures
        ):
            return False
        signers = self.signers
        if signers[:1] != (0,) or len(set(signers)) < len(signers) or max(signers) >= n or min(signers) < 0:
            return False
        return all(
            keys.verify(signature, (self.value, self.signatures[:before]))
            for before, signature in enumerate(self.signatures)
        )

    def __str__(self) -> str:
        return ":".join(map(str, (self.value, *self.signers)))


def made_up(seat: Seat, values: tuple[Value, ...], rounds: int) -> tuple[Message, ...]:
    """Return what a coalition can sign: chains for every round if the general belongs to it, else nothing genuine.

    A chain as long as the number of the round can be sent in that round for the first time: the later, the fewer honest
    parties are left to pass it on.
    """
    owners = sorted(seat.keys.owners)
    if owners[:1] != [0]:  # it can only put its own signature where the general's belongs
        return tuple(Signed(value).by(owner, seat.keys) for value in values for owner in owners[:1])
    chains = []
    for value in values:
        chain = Signed(value)
        for owner in owners[:rounds]:
            chain = chain.by(owner, seat.keys)
            chains.append(chain)
    return tuple(chains)


class _State(NamedTuple):
    round: int = 0  # rounds that have ended
    held: tuple[Value, ...] = ()  # ascending
    waiting: tuple[Signed, ...] = ()  # one for each value not yet held, the first to be taken first


@dataclass(frozen=True)
class Gatherer(Machine):
    """A party that gathers the values that the general, party 0, has signed, and decides if there is one.

    It takes a chain at the end of the round that is the chain's length, whenever in that time it came, and of several
    for one value the first by length and signers; so it does not matter in which order messages arrive.

    Parameters
    ----------
    seat
        The party's seat.
    rounds
        Number of rounds.

    Attributes
    ----------
    most : int or None
        Number of values after which no more are taken.
    """

    most: ClassVar[int | None] = None

    seat: Seat
    rounds: int

    @abstractmethod
    def audience(self, order: Signed) -> tuple[int, ...]:
        """Return to whom a value newly taken is passed on."""

    def start(self) -> Step:
        """Send one's value to all others if one is the general."""
        seat = self.seat
        if seat.node != 0:
            return _State(), (Timer(1, 1),)
        order = Signed(seat.value).by(0, seat.keys)
        return _State(held=(seat.value,)), (Send(seat.others, order), Timer(1, 1))

    def receive(self, state: _State, sender: int, message: Message) -> Step:
        """Note a value that is news and comes in time; who brought it does not matter."""
        if not isinstance(message, Signed) or not isinstance(message.signatures, tuple):
            return state, ()
        if not state.round < len(message.signatures) <= self.rounds or message.value in state.held:
            return state, ()
        if len(state.held) == self.most or not message.is_genuine(self.seat.keys, self.seat.n):
            return state, ()
        # whoever takes only so many values does without the rest: there may be as many as a general can sign
        return state._replace(waiting=_with(state.waiting, message)[: self.most]), ()

    def timeout(self, state: _State, name: Any) -> Step:
        """End a round: take what is due, pass it on with one's signature, and decide after the last."""
        seat, now, held = self.seat, state.round + 1, state.held
        effects: list[Effect] = []
        due = [order for order in state.waiting if len(order.signatures) == now]
        for order in due[: None if self.most is None else self.most - len(held)]:
            held = (*held, order.value)
            audience = self.audience(order)
            if now < self.rounds and audience:
                effects.append(Send(audience, order.by(seat.node, seat.keys)))
        held = tuple(sorted(held))
        if len(state.held) < 2 <= len(held):
            effects.append(Accuse(0, f"it signed {held[0]} and {held[1]}"))
        if now < self.rounds:
            effects.append(Timer(now + 1, 1))
        else:
            effects.append(Decide(held[0] if len(held) == 1 else 0, now))
        waiting = tuple(order for order in state.waiting if len(order.signatures) > now)
        return _State(now, held, waiting), tuple(effects)


def _with(waiting: tuple[Signed, ...], order: Signed) -> tuple[Signed, ...]:
    """Return the orders with one more, by length and value; of two for one value the first by length and signers."""
    first = min(
        (order, *(each for each in waiting if each.value == order.value)),
        key=lambda each: (len(each.signatures), each.signers),
    )
    others = (each for each in waiting if each.value != order.value)
    return tuple(sorted((first, *others), key=lambda each: (len(each.signatures), each.value)))
