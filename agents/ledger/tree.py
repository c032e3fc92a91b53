"""Tree: the blocks that a server of HotStuff knows, and what certificates make of them.

A certificate for a block locks its parent, and commits its grandparent if the three are of views that follow each
other; a server votes for what extends its lock, or follows something certified later than that: PODC 2019, algorithm 4.
Here stands what a server may conclude; what it says and when is the part of `Validator`.
"""

from typing import NamedTuple

from ..client import Request
from ..command import Store
from .blocks import CERTAIN, FIRST, Block, Certificate, NewView, Proposal, Vote
from .log import Log

__all__ = ["State"]


class State(NamedTuple):
    """What a server knows."""

    view: int = 1  # whose proposal it waits for
    voted: int = 0  # the last view that it voted in, and that it proposed in
    proposed: int = 0
    high: Certificate = CERTAIN  # the last that it knows
    locked: Certificate = CERTAIN
    chain: Log[Block] = Log((FIRST,))  # what is committed
    tree: tuple[Block, ...] = ()  # later blocks that it voted for, or that have a certificate
    length: int = 0  # of its ledger
    store: Store = Store()
    pending: tuple[Request, ...] = ()  # what it waits for, by arrival: for each client one
    votes: tuple[tuple[int, Vote], ...] = ()  # as the next leader: the last of each server
    entries: tuple[tuple[int, NewView], ...] = ()
    late: tuple[int, Proposal] | None = None  # a proposal whose parent it lacks, and by whom
    failures: int = 0  # times that it ran out of patience since something was committed
    moves: int = 0  # how often it has seen progress: a timer that finds as many as before has seen none
    watching: bool = False  # whether a timer is set

    def found(self, digest: bytes) -> Block | None:
        """Return a block that is not committed, or the last that is."""
        for block in reversed(self.tree):
            if block.digest == digest:
                return block
        last = self.chain[-1]
        return last if last.digest == digest else None

    def path(self, digest: bytes) -> tuple[Block, ...] | None:
        """Return the blocks after the last committed one up to some block; None if it does not come after that."""
        path: list[Block] = []
        last = self.chain[-1].digest
        for block in reversed(self.tree):  # parents are taken in before their children
            if block.digest == digest:
                path.append(block)
                digest = block.justify.block
        return tuple(reversed(path)) if digest == last else None

    def is_safe(self, block: Block) -> bool:
        """Return whether to vote for a block: it extends what is locked, or its parent is of a later view."""
        justify, locked = block.justify, self.locked
        if justify.view > locked.view:
            return True
        digest = justify.block
        for ancestor in reversed(self.tree):
            if digest == locked.block:
                break
            if ancestor.digest == digest:
                digest = ancestor.justify.block
        return digest == locked.block

    def certified(self, certificate: Certificate) -> "State":
        """Return the state that knows a certificate, and is locked on the parent of its block, if that is there."""
        block = self.found(certificate.block)
        if block is None or block.view == 0:
            return self
        high, locked = self.high, self.locked
        if certificate.view <= high.view and block.justify.view <= locked.view:
            return self
        return self._replace(
            high=certificate if certificate.view > high.view else high,
            locked=block.justify if block.justify.view > locked.view else locked,
        )

    def confirmed(self, certificate: Certificate, chain: int) -> Block | None:
        """Return the first of so many blocks of views in a row that a certificate ends; None if they are fewer."""
        block = self.found(certificate.block)
        for _ in range(chain - 1):
            if block is None or block.view == 0:
                return None
            view = block.view
            block = self.found(block.justify.block)
            if block is None or block.view != view - 1:
                return None
        return block
