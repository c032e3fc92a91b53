"""Certificates: what a quorum of PBFT's servers has signed, which anybody can check and carry to the next view.

A quorum's signatures under one batch of commands, one view and one number prove that no other batch was prepared
there; under one checkpoint, that the ledger up to its number is settled. A server that leaves a view signs what it has
of both, and a quorum of such messages tells how the next view begins: everybody can work it out, and its primary has
no say in it.

What is signed is a tuple that begins with its kind, so that no signature can be taken for another. What arrives from
others is checked here, whatever it is made of.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, NamedTuple

from ..client import Request
from ..command import Command
from ..keys import Signature
from ..machine import Message, Seat, is_count, is_value

__all__ = [
    "Batch",
    "Checkpoint",
    "Commit",
    "Fetch",
    "NewView",
    "Notary",
    "PrePrepare",
    "Prepare",
    "Prepared",
    "Stable",
    "Transfer",
    "ViewChange",
    "digest",
]

Batch = tuple[Command, ...]  # empty where nothing is known to have been asked for: a null request


def digest(content: Any) -> bytes:
    """Return a short name for some content, which is told apart by its `repr`."""
    return blake2b(repr(content).encode(), digest_size=8).digest()


class Prepared(NamedTuple):
    """That a quorum, the primary among it, has prepared a batch."""

    view: int
    number: int
    batch: Batch
    signatures: tuple[Signature, ...]


class Stable(NamedTuple):
    """That a quorum has executed everything up to a number; `digest` is the name of all of it."""

    number: int = 0
    digest: bytes = b""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class PrePrepare(Message):
    """That the primary gives a batch a number."""

    view: int
    number: int
    batch: Batch
    signature: Signature  # the primary's, under the same as that of those who prepare it
    vouched: tuple[
        Signature, ...
    ] = ()  # the clients', by command; none where a new view begins with the batch


@dataclass(frozen=True, slots=True)
class Prepare(Message):
    """That a server has taken a batch for a number."""

    view: int
    number: int
    digest: bytes
    signature: Signature


@dataclass(frozen=True, slots=True)
class Commit(Message):
    """That a quorum has prepared a batch, as far as a server knows."""

    view: int
    number: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Checkpoint(Message):
    """That everything up to a number is executed."""

    number: int
    digest: bytes
    signature: Signature


@dataclass(frozen=True, slots=True)
class ViewChange(Message):
    """That its signer wants a view, and what it brings there."""

    view: int
    stable: Stable
    prepared: tuple[Prepared, ...]  # one for each number after the stable one, where there is any, ascending
    signature: Signature


@dataclass(frozen=True, slots=True)
class NewView(Message):
    """That a view begins."""

    view: int
    changes: tuple[ViewChange, ...]
    prepares: tuple[Signature, ...]  # the primary's, under each batch that the view begins with
    signature: Signature


@dataclass(frozen=True, slots=True)
class Fetch(Message):
    """That a server may have missed something."""

    view: int
    active: bool  # whether it knows how the view began
    executed: int


@dataclass(frozen=True, slots=True)
class Transfer(Message):
    """The ledger up to a checkpoint, for who has executed `after` numbers."""

    stable: Stable
    after: int
    batches: tuple[Batch, ...]


@dataclass(frozen=True)
class Notary:
    """Signs for a server, and checks what others have signed.

    Parameters
    ----------
    seat
        The server's.
    servers
        Number of servers.
    prepare, commit, change
        How many make a quorum that prepares a batch, commits one (or settles a checkpoint), begins a view.
    window
        Numbers after the last stable one that are in use.
    batch
        Commands in a batch at most.
    keep
        Whether a view begins with what was prepared before.
    """

    seat: Seat
    servers: int
    prepare: int
    commit: int
    change: int
    window: int
    batch: int
    keep: bool = True

    def sign(self, *content: Any) -> Signature:
        """Return the server's signature."""
        return self.seat.keys.sign(self.seat.node, content)

    def is_signed(self, signature: Any, signer: int, *content: Any) -> bool:
        """Return whether a signature is that of a server under some content."""
        return (
            isinstance(signature, Signature)
            and type(signature.signer) is int
            and signature.signer == signer
            and self.seat.keys.verify(signature, content)
        )

    def is_quorum(self, signatures: Any, least: int, *content: Any) -> bool:
        """Return whether at least so many servers have signed, and nobody else."""
        if not isinstance(signatures, tuple) or not least <= len(signatures) <= self.servers:
            return False
        signers = _signers(signatures)
        return len(signers) == len(signatures) and all(
            signer < self.servers and self.is_signed(signature, signer, *content)
            for signer, signature in zip(signers, signatures, strict=True)
        )

    def is_request(self, request: Request) -> bool:
        """Return whether a client has signed what it is said to ask for."""
        command, signature = request.command, request.signature
        return self._is_command(command) and self._is_asked(command, signature)

    def is_proposal(self, proposal: PrePrepare) -> bool:
        """Return whether a view's primary proposes what clients have signed; where it belongs is not looked at."""
        batch, vouched, view = proposal.batch, proposal.vouched, proposal.view
        return (
            self.is_batch(batch)
            and len(batch) > 0
            and isinstance(vouched, tuple)
            and len(vouched) == len(batch)
            and all(self._is_asked(*each) for each in zip(batch, vouched, strict=True))
            and self.is_signed(
                proposal.signature, view % self.servers, "prepare", view, proposal.number, digest(batch)
            )
        )

    def is_batch(self, batch: Any) -> bool:
        """Return whether it is one, of no more commands than there may be."""
        return (
            isinstance(batch, tuple)
            and len(batch) <= self.batch
            and all(self._is_command(each) for each in batch)
        )

    def is_stable(self, stable: Any) -> bool:
        """Return whether a checkpoint is settled."""
        if not isinstance(stable, Stable) or not is_count(stable.number):
            return False
        if stable.number == 0:
            return stable == Stable()
        return type(stable.digest) is bytes and self.is_quorum(
            stable.signatures, self.commit, "checkpoint", stable.number, stable.digest
        )

    def is_change(self, change: Any) -> bool:
        """Return whether a server may want a view with what it brings."""
        if (
            not isinstance(change, ViewChange)
            or not is_count(change.view)
            or not _signers((change.signature,))
        ):
            return False
        stable, prepared, signer = change.stable, change.prepared, change.signature.signer
        if not (signer < self.servers and self.is_stable(stable) and isinstance(prepared, tuple)):
            return False
        last = stable.number
        for each in prepared:
            if not (isinstance(each, Prepared) and is_count(each.view, each.number)):
                return False
            if not (each.view < change.view and last < each.number <= stable.number + self.window):
                return False
            last = each.number
            if not self._is_prepared(each):
                return False
        return self.is_signed(change.signature, signer, "view-change", change.view, stable, prepared)

    def beginning(self, changes: Iterable[ViewChange]) -> tuple[Stable, tuple[Batch, ...]]:
        """Return the checkpoint from which a view begins, and the batches for the numbers after it."""
        changes = tuple(changes)
        stable = max((change.stable for change in changes), key=lambda each: each.number)
        latest: dict[int, Prepared] = {}
        for prepared in [each for change in changes for each in change.prepared if self.keep]:
            known = latest.get(prepared.number)
            if prepared.number > stable.number and (known is None or prepared.view > known.view):
                latest[prepared.number] = prepared
        numbers = range(stable.number + 1, max(latest, default=stable.number) + 1)
        return stable, tuple(latest[number].batch if number in latest else () for number in numbers)

    def begins(self, view: int, changes: tuple[ViewChange, ...]) -> NewView:
        """Return the message of a primary with which a view begins."""
        stable, batches = self.beginning(changes)
        prepares = tuple(
            self.sign("prepare", view, number, digest(batch))
            for number, batch in enumerate(batches, stable.number + 1)
        )
        return NewView(view, changes, prepares, self.sign("new-view", view, changes, prepares))

    def is_new_view(self, new: NewView, known: tuple[ViewChange, ...]) -> bool:
        """Return whether a view may begin so, given messages that have been checked."""
        changes, prepares = new.changes, new.prepares
        if not is_count(new.view) or not isinstance(changes, tuple) or not isinstance(prepares, tuple):
            return False
        if not self.change <= len(changes) <= self.servers:
            return False
        if not all(any(change is each for each in known) or self.is_change(change) for change in changes):
            return False
        signers = {change.signature.signer for change in changes}
        if len(signers) < len(changes) or any(change.view != new.view for change in changes):
            return False
        stable, batches = self.beginning(changes)
        primary = new.view % self.servers
        return (
            len(prepares) == len(batches)
            and all(
                self.is_signed(signature, primary, "prepare", new.view, number, digest(batch))
                for number, (signature, batch) in enumerate(
                    zip(prepares, batches, strict=True), stable.number + 1
                )
            )
            and self.is_signed(new.signature, primary, "new-view", new.view, changes, prepares)
        )

    def _is_prepared(self, prepared: Prepared) -> bool:
        view, number, batch, signatures = prepared
        return (
            self.is_batch(batch)
            and self.is_quorum(signatures, self.prepare, "prepare", view, number, digest(batch))
            and view % self.servers in _signers(signatures)
        )

    def _is_asked(self, command: Command, signature: Any) -> bool:
        return (
            isinstance(signature, Signature)
            and type(signature.signer) is int
            and signature.signer == command.client
            and self.seat.keys.verify(signature, command)
        )

    def _is_command(self, command: Any) -> bool:
        return (
            isinstance(command, Command)
            and is_count(command.client, command.number, command.key)
            and self.servers <= command.client < self.seat.n
            and (command.value is None or is_value(command.value))
        )


def _signers(signatures: Iterable[Any]) -> list[int]:
    """Return who has signed, nobody twice; what is no signature is left out."""
    signers: list[int] = []
    for each in signatures:
        if isinstance(each, Signature) and is_count(each.signer) and each.signer not in signers:
            signers.append(each.signer)
    return signers
