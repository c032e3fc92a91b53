"""Slots: what a server of PBFT knows, number by number.

A server listens to what is said about the numbers after its last stable checkpoint (the low-water mark), as far as the
high-water mark, in its view and in later ones: OSDI 1999, section 4.3. What it knows is a value, in whose place another
one comes.
"""

from typing import Any, NamedTuple

from ..client import Request
from ..command import Store
from ..keys import Signature
from ..machine import Message
from .certificates import Batch, Checkpoint, NewView, Prepared, PrePrepare, Stable, ViewChange
from .log import Log

__all__ = ["Slot", "State", "latest", "voted"]

_VIEWS = 1 << 62


class Slot(NamedTuple):
    """What a server knows about a number."""

    view: int = -1  # of the proposal; what follows is about it
    proposal: PrePrepare | None = None
    digest: bytes = b""
    prepares: int = 0  # who prepared it: bit k is server k
    signatures: tuple[Signature, ...] = ()  # theirs
    commits: int = 0
    proof: Prepared | None = None  # of the latest view in which a quorum prepared something
    early: tuple[tuple[int, Message], ...] = ()  # by sender: what cannot be counted yet


class State(NamedTuple):
    """What a server knows."""

    slots: tuple[Slot, ...] = ()  # of the numbers after the last stable one, as far as anything is known
    view: int = 0
    active: bool = True  # False from when it wants the view until it begins
    floor: int = 0  # numbers up to this were settled when the view began
    assigned: int = 0  # the last number that the primary gave
    executed: int = 0
    digest: bytes = b""  # of all that was executed
    batches: Log[Batch] = Log()
    entries: int = 0  # in the ledger: commands, and batches of none
    store: Store = Store()
    stable: Stable = Stable()
    checkpoints: tuple[Checkpoint, ...] = ()  # two of each server at most, of numbers that are not yet stable
    awaited: tuple[Request, ...] = ()  # one of each client at most, the first to come first
    changes: tuple[ViewChange, ...] = ()  # the latest of each server, for this view or later ones
    began: NewView | None = None  # how the view began
    doubled: int = 0  # views left since anything was executed
    watched: bool = False  # whether a timer runs for what it waits for

    def is_open(self, view: Any, number: Any, window: int) -> bool:
        """Return whether a message about a number may still matter, and is not yet beyond what is listened to."""
        if type(view) is not int or type(number) is not int:
            return False
        low = self.stable.number
        if not (low < number <= low + window and self.view <= view < _VIEWS):
            return False
        return view > self.view or number > self.floor

    def slot(self, number: int) -> Slot:
        """Return what is known about a number."""
        place = number - self.stable.number - 1
        return self.slots[place] if place < len(self.slots) else Slot()

    def with_slot(self, number: int, slot: Slot) -> "State":
        """Return the state with something else known about a number."""
        place = number - self.stable.number - 1
        slots = list(self.slots)
        while len(slots) <= place:
            slots.append(Slot())
        slots[place] = slot
        return State._make((tuple(slots), *self[1:]))

    def with_early(self, number: int, slot: Slot, sender: int, message: Message) -> "State":
        """Return the state with a message kept for later; of each sender the latest of a kind is."""
        early = tuple(
            [each for each in slot.early if each[0] != sender or type(each[1]) is not type(message)]
        )
        return self.with_slot(number, slot._replace(early=(*early, (sender, message))))

    def settled(self, quorum: int) -> "State":
        """Let go of what comes before the last checkpoint that is executed here and signed by a quorum."""
        votes: dict[tuple[int, bytes], list[Signature]] = {}
        for each in self.checkpoints:
            votes.setdefault((each.number, each.digest), []).append(each.signature)
        settled = [
            Stable(number, name, tuple(signatures))
            for (number, name), signatures in votes.items()
            if number <= self.executed and len(signatures) >= quorum
        ]
        return self.let_go(max(settled)) if settled else self

    def let_go(self, stable: Stable) -> "State":
        """Return the state after a checkpoint has become stable: what comes before it is gone."""
        number = stable.number
        return self._replace(
            slots=self.slots[number - self.stable.number :],
            stable=stable,
            checkpoints=tuple([each for each in self.checkpoints if each.number > number]),
        )


def voted(checkpoints: tuple[Checkpoint, ...], vote: Checkpoint) -> tuple[Checkpoint, ...]:
    """Return the votes with one more; of each server those for its two highest numbers."""
    signer, number = vote.signature.signer, vote.number
    same = [each for each in checkpoints if each.signature.signer == signer]
    if any(each.number == number for each in same):
        return checkpoints
    kept = sorted((*same, vote), key=lambda each: -each.number)[:2]
    return (*(each for each in checkpoints if each.signature.signer != signer), *kept)


def latest(changes: tuple[ViewChange, ...], change: ViewChange) -> tuple[ViewChange, ...]:
    """Return the messages with one more, by server; of each server that for its latest view."""
    signer = change.signature.signer
    known = {each.signature.signer: each for each in changes}
    if signer not in known or known[signer].view < change.view:
        known[signer] = change
    return tuple(known[each] for each in sorted(known))
