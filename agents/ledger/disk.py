"""Disk: blocks under a Merkle tree, as a value.

A disk is never changed: rewriting a block makes another disk, which shares all nodes but those on the way to that block
[1]_. So a disk of a million blocks can be kept by many servers, gone back to and continued twice, and each proves what
it held in its own time. At first all blocks are alike, and so are subtrees of one size, which are kept once.

References
----------
.. [1] J. R. Driscoll, N. Sarnak, D. D. Sleator, R. E. Tarjan, "Making data structures persistent", Journal of Computer
       and System Sciences 38 (1989) 86-124, doi:10.1016/0022-0000(89)90034-2: path copying.
"""

from functools import lru_cache
from typing import Any, Self

from ..errors import InputError
from .hashing import Hashing

__all__ = ["Disk"]

_RFC_6962 = Hashing()
_LARGEST = 2**64 - 1  # RFC 6962, section 3.5

# a leaf is its hash and its block, any other node its hash and the two nodes below
_Node = tuple[Any, ...]


class Disk:
    """Some number of blocks, whose Merkle tree is that of RFC 6962.

    Examples
    --------
    >>> from .merkle import verify_inclusion
    >>> blank = Disk.blank(size=1000, block=b"-")
    >>> disk = blank.put(7, b"block 7")
    >>> verify_inclusion(disk.root, 7, 1000, disk[7], disk.proof(7))
    True
    >>> verify_inclusion(disk.root, 7, 1000, blank[7], blank.proof(7))  # it was true once
    False
    """

    __slots__ = ("_top", "hashing", "size")

    hashing: Hashing
    size: int
    _top: _Node

    @classmethod
    def blank(cls, size: int, block: bytes = b"", hashing: Hashing = _RFC_6962) -> Self:
        """Return a disk all of whose blocks hold the same, in O(log size) time and memory.

        Raises
        ------
        InputError
            Unless there is at least one block, and no more than a tree can have.
        """
        if not 1 <= size <= _LARGEST:
            raise InputError(f"size={size} must be from 1 to {_LARGEST}: a disk has blocks")
        return cls._of(size, hashing, _blank(size, block, hashing))

    @classmethod
    def _of(cls, size: int, hashing: Hashing, top: _Node) -> Self:
        disk = object.__new__(cls)
        disk.size, disk.hashing, disk._top = size, hashing, top
        return disk

    @property
    def root(self) -> bytes:
        """The hash that stands for all blocks."""
        digest: bytes = self._top[0]
        return digest

    def __getitem__(self, index: int) -> bytes:
        """Return a block; of an index that is none, InputError."""
        block: bytes = self._way(index)[0][1]
        return block

    def proof(self, index: int) -> tuple[bytes, ...]:
        """Return the inclusion proof of a block, from the leaf upwards.

        Raises
        ------
        InputError
            If there is no such block.
        """
        return tuple([beside[0] for beside, _ in self._way(index)[1]])

    def put(self, index: int, block: bytes) -> Self:
        """Return the disk with another block in the place of one: a hash for each of the proof, and one.

        Raises
        ------
        InputError
            If there is no such block.
        """
        hash_of = self.hashing.node
        node: _Node = self.hashing.leaf(block), block
        for beside, stands_left in self._way(index)[1]:
            left, right = (beside, node) if stands_left else (node, beside)
            node = hash_of(left[0], right[0]), left, right
        return self._of(self.size, self.hashing, node)

    def _way(self, index: int) -> tuple[_Node, list[tuple[_Node, bool]]]:
        """Return a leaf, and what stands beside the way from it to the root, each with whether it stands left."""
        if not 0 <= index < self.size:
            last = self.size - 1
            raise InputError(f"index={index} must be from 0 to {last} on a disk of {self.size} blocks")
        node, size, beside = self._top, self.size, []
        while size > 1:
            first = _first(size)
            _, left, right = node
            if index < first:
                beside.append((right, False))
                node, size = left, first
            else:
                beside.append((left, True))
                node, size, index = right, size - first, index - first
        beside.reverse()
        return node, beside

    def __eq__(self, other: Any) -> bool:
        if not isinstance(other, Disk):
            return NotImplemented
        # shared nodes are the same, and not looked into
        return (self.size, self.hashing, self._top) == (other.size, other.hashing, other._top)

    def __hash__(self) -> int:
        return hash((self.size, self._top[0]))

    def __repr__(self) -> str:
        return f"<Disk of {self.size} blocks, {self.root.hex()[:8]}>"


def _first(size: int) -> int:
    """Return how many of some leaves are in the left subtree: the greatest power of two below."""
    return 1 << (size - 1).bit_length() - 1


@lru_cache(maxsize=16)
def _blank(size: int, block: bytes, hashing: Hashing) -> _Node:
    """Return the tree of so many equal blocks, in which equal subtrees are one."""
    made: dict[int, _Node] = {1: (hashing.leaf(block), block)}

    def tree(size: int) -> _Node:
        if size not in made:
            first = _first(size)
            left, right = tree(first), tree(size - first)
            made[size] = hashing.node(left[0], right[0]), left, right
        return made[size]

    return tree(size)
