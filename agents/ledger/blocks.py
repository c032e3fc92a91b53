"""Blocks: what servers of HotStuff say to each other, and what it is about.

A block holds requests and names its parent by a certificate: that a quorum has voted for it. What arrives from others
is checked here as far as its form goes.
"""

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any, NamedTuple

from ..client import Request
from ..command import Command
from ..keys import Joint, Signature
from ..machine import Message, Seat, is_count, is_value

__all__ = [
    "CERTAIN",
    "FIRST",
    "Ask",
    "Block",
    "Blocks",
    "Certificate",
    "NewView",
    "Proposal",
    "Vote",
    "is_certificate",
    "is_request",
    "voted",
]


class Certificate(NamedTuple):
    """That a quorum has voted for a block."""

    view: int
    block: bytes
    signature: Joint


@dataclass(frozen=True)
class Block:
    """What is voted for."""

    view: int
    justify: Certificate  # of its parent
    requests: tuple[Request, ...] = ()

    @cached_property
    def digest(self) -> bytes:
        """What certificates call it by: worked out from what it holds, so that nobody can give it a wrong one."""
        return blake2b(repr((self.view, self.justify, self.requests)).encode(), digest_size=16).digest()

    def __str__(self) -> str:
        return f"{self.justify.view}<-{self.view}: {', '.join(str(each.command) for each in self.requests)}"


FIRST = Block(0, None)  # type: ignore[arg-type]  # it has no parent
CERTAIN = Certificate(0, FIRST.digest, Joint(0, 0, b""))


@dataclass(frozen=True, slots=True)
class Proposal(Message):
    """That the leader of a block's view asks for votes."""

    block: Block
    entry: Joint | None = None  # a quorum's wish for this view, where its parent is not of the view before


@dataclass(frozen=True, slots=True)
class Vote(Message):
    """That a server wants a block certified."""

    view: int
    block: bytes
    signature: Signature


@dataclass(frozen=True, slots=True)
class NewView(Message):
    """That a server has given up the view before, and what it brings."""

    view: int
    high: Certificate
    height: int  # blocks that the sender has committed
    requests: tuple[Request, ...]
    signature: Signature  # under the view


@dataclass(frozen=True, slots=True)
class Ask(Message):
    """That a server lacks the blocks up to a certified one."""

    height: int
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Blocks(Message):
    """What a server lacked."""

    blocks: tuple[Block, ...]  # each the next one's parent
    certificate: Certificate  # of the last


def voted(seat: Seat, node: int, block: Block) -> Signature:
    """Return the signature of a vote."""
    return seat.keys.sign(node, ("vote", block.view, block.digest))


def is_certificate(certificate: Any) -> bool:
    """Return whether it has the form of one; who has signed is not looked at."""
    return (
        isinstance(certificate, Certificate)
        and is_count(certificate.view)
        and isinstance(certificate.block, bytes)
    )


def is_request(request: Any, servers: int, parties: int) -> bool:
    """Return whether it has the form of a client's; who has signed is not looked at."""
    if not isinstance(request, Request) or not isinstance(request.signature, Signature):
        return False
    command = request.command
    if not isinstance(command, Command) or type(command.client) is not int:
        return False
    return (
        servers <= command.client < parties
        and is_count(command.number)
        and type(command.key) is int
        and (command.value is None or is_value(command.value))
    )
