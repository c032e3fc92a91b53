"""Audit: a claim that a leaf is in a Merkle tree, as somebody checked it who holds nothing but the root."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..agents.ledger.hashing import Hashing
from ..agents.ledger.merkle import way_to_root

__all__ = ["Audit"]


@dataclass(frozen=True)
class Audit:
    """A claim, its proof and the verdict.

    Parameters
    ----------
    time
        In rounds.
    verifier, prover
        Who checked it, and whose claim it was.
    index, size
        The leaf's place, and how many leaves the tree has.
    leaf
        What is said to stand there; None if it is nothing that can.
    path
        The hashes shown beside the way to the root, from the leaf upwards, as they came.
    root
        What the verifier held, and the way had to lead to.
    hashing
        How leaves and nodes are hashed.
    compared
        What is kept of a root.
    believed
        Whether it was taken for true.
    old
        Whether it said itself to be of an earlier time.
    told
        The claim in words.

    Examples
    --------
    >>> from accord.models import Disks
    >>> model = Disks(traitors=4, conduct="corrupting", rng=1).run()
    >>> lie = next(each for each in model.audits() if not each.believed)
    >>> lie.told, lie.reckoned == lie.root, lie.why
    ('block 61 = 1', False, 'leads to another root')
    """

    time: float
    verifier: int
    prover: int
    index: int
    size: int
    leaf: bytes | None
    path: Any
    root: bytes
    hashing: Hashing
    compared: Hashing
    believed: bool
    old: bool
    told: str

    @cached_property
    def way(self) -> list[bytes]:
        """The hashes that follow from leaf and path, from the leaf upwards; none if the path is not one of the tree."""
        found = self._found
        return found[0] if found else []

    @cached_property
    def lefts(self) -> list[bool]:
        """Whether each hash of the path stands on the left of the way."""
        found = self._found
        return found[1] if found else []

    @property
    def reckoned(self) -> bytes | None:
        """What is kept of the root to which the path leads, if it leads to one."""
        return self.compared.cut(self.way[-1]) if self.way else None

    @property
    def why(self) -> str:
        """What the verdict follows from."""
        if not self.way:
            return "is no block with a path of this tree"
        if self.believed:
            return "leads to the root"
        return (
            "leads to another root, and says itself to be of an earlier time"
            if self.old
            else "leads to another root"
        )

    @cached_property
    def _found(self) -> tuple[list[bytes], list[bool]] | None:
        return way_to_root(self.index, self.size, self.leaf, self.path, self.hashing)
