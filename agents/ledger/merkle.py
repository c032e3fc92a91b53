"""Merkle trees after RFC 6962: one hash stands for a list, and short proofs tell what is in it and that it only grew.

The hash of a list of n > 1 leaves is that of a node above the first k leaves, k the greatest power of two below n, and
the others (MTH, section 2.1). An *inclusion proof* is the list of hashes beside the way from a leaf to the root (PATH,
section 2.1.1); a *consistency proof* shows that the first m leaves of a tree are all the leaves of an older one (PROOF,
section 2.1.2). Both have O(log n) hashes.

Whoever verifies holds the root *and* the size that belongs to it: a root does not tell of how many leaves it is, and
sizes whose trees are of one shape on the way to a leaf accept the same path.

References
----------
.. [1] B. Laurie, A. Langley, E. Kasper, "Certificate Transparency", RFC 6962, 2013, doi:10.17487/RFC6962.
.. [2] B. Laurie, E. Messeri, R. Stradling, "Certificate Transparency Version 2.0", RFC 9162, 2021,
       doi:10.17487/RFC9162, section 2.1: how proofs are verified.
.. [3] R. C. Merkle, "A digital signature based on a conventional encryption function", CRYPTO 1987, LNCS 293 (1988)
       369-378, doi:10.1007/3-540-48184-2_32.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from ..errors import InputError
from .hashing import Hashing

__all__ = ["MerkleTree", "root_from_inclusion_proof", "verify_consistency", "verify_inclusion", "way_to_root"]

_RFC_6962 = Hashing()
# a tree's size is a uint64 (RFC 6962, section 3.5), so nobody is kept busy with larger numbers
_LARGEST = 2**64 - 1


class MerkleTree:
    """A Merkle tree that grows at its end, and whose leaves can be replaced.

    What is kept are the hashes of all complete subtrees, by level: appending makes less than two hashes a leaf in the
    long run, and the hash of every node once. The few incomplete subtrees lie on the right edge and are made when asked
    for. The leaves themselves are not kept.

    Parameters
    ----------
    entries
        The first leaves.
    hashing
        How leaves and nodes are hashed.

    Examples
    --------
    >>> tree = MerkleTree([b"a", b"b", b"c"])
    >>> proof = tree.inclusion_proof(2)
    >>> verify_inclusion(tree.root(), 2, 3, b"c", proof), verify_inclusion(tree.root(), 2, 3, b"C", proof)
    (True, False)
    >>> tree.append(b"d")
    3
    >>> verify_consistency(tree.root(3), tree.root(), 3, 4, tree.consistency_proof(3))
    True
    """

    def __init__(self, entries: Iterable[bytes] = (), hashing: Hashing = _RFC_6962) -> None:
        self.hashing = hashing
        # at level h the i-th is the hash of the leaves from i 2**h up to (i + 1) 2**h
        self._levels: list[list[bytes]] = [[]]
        self._edge_of: tuple[int, list[bytes]] = (0, [])  # the size last asked for, and its right edge
        self.extend(entries)

    def __len__(self) -> int:
        return len(self._levels[0])

    def append(self, data: bytes) -> int:
        """Add a leaf at the end and return its index.

        Raises
        ------
        InputError
            If it is not bytes; the tree stays as it was.
        """
        levels, node = self._levels, self.hashing.node
        digest = self._hashed([data])[0]
        last = index = len(self)
        height = 0
        levels[0].append(digest)
        while index & 1:
            digest = node(levels[height][-2], digest)
            height += 1
            if height == len(levels):
                levels.append([])
            levels[height].append(digest)
            index >>= 1
        return last

    def extend(self, entries: Iterable[bytes]) -> None:
        """Add leaves at the end, which is quicker than one by one.

        Raises
        ------
        InputError
            If one is not bytes; the tree stays as it was.
        """
        levels = self._levels
        levels[0] += self._hashed(entries)
        height = 0
        while len(levels[height]) > 1:
            if height + 1 == len(levels):
                levels.append([])
            above = levels[height + 1]
            above += self.hashing.nodes(levels[height][2 * len(above) :])
            height += 1

    def replace(self, index: int, data: bytes) -> None:
        """Put another leaf in the place of one, in at most log2(size) + 1 hashes.

        The tree is then that of the new list, at every size: roots and proofs of before are of another list.

        Raises
        ------
        InputError
            If there is no such leaf, or it is not bytes; the tree stays as it was.
        """
        self._check("index", index, len(self) - 1)
        digest, node = self._hashed([data])[0], self.hashing.node
        self._edge_of = (0, [])
        for level, above in pairwise([*self._levels, []]):
            level[index] = digest
            index >>= 1
            if index >= len(above):  # what is above is incomplete, and not kept
                break
            digest = node(level[2 * index], level[2 * index + 1])

    def root(self, size: int | None = None) -> bytes:
        """Return the hash of the first `size` leaves (MTH), of all if not given.

        Raises
        ------
        InputError
            If there are not so many.
        """
        size = self._size(size)
        return self._edge(size)[-1] if size else self.hashing.empty()

    def inclusion_proof(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """Return what shows that a leaf is in the tree of the first `size` leaves (PATH), from the leaf upwards.

        Raises
        ------
        InputError
            If there is no such leaf, or there are not so many.
        """
        size = self._size(size)
        self._check("index", index, size - 1)
        return tuple(self._beside(index, 0, size))

    def consistency_proof(self, old_size: int, size: int | None = None) -> tuple[bytes, ...]:
        """Return what shows that the tree of the first `size` leaves begins with those of an older one (PROOF).

        The proof from a tree to itself is empty, and so is that from the empty tree: everything begins with nothing.

        Raises
        ------
        InputError
            If the tree never had so few leaves, or so many.
        """
        size = self._size(size)
        self._check("old_size", old_size, size)
        if old_size in (0, size):
            return ()
        height, index = _last_complete(old_size)
        known = [self._levels[height][index]] if index else []  # else it is the old root
        return (*known, *self._beside(index, height, size))

    def _beside(self, index: int, height: int, size: int) -> list[bytes]:
        """Return the hashes beside the way from a complete subtree of the first `size` leaves to the root."""
        levels, edge = self._levels, self._edge(size)
        last = size - 1 >> height
        path = []
        while last:
            if index & 1:
                path.append(levels[height][index - 1])
            elif index + 1 < last:
                path.append(levels[height][index + 1])
            elif index < last:
                path.append(edge[height])
            index >>= 1
            last >>= 1
            height += 1
        return path

    def _edge(self, size: int) -> list[bytes]:
        """Return the last hash of each level of the tree of the first `size` leaves, one or more, up to the root."""
        if self._edge_of[0] != size:
            levels, node = self._levels, self.hashing.node
            index, height = size - 1, 0
            edge = [digest := levels[0][index]]
            while index:
                odd = index & 1
                index >>= 1
                height += 1
                if index + 1 << height <= size:
                    digest = levels[height][index]
                elif odd:
                    digest = node(levels[height - 1][2 * index], digest)
                edge.append(digest)
            self._edge_of = (size, edge)
        return self._edge_of[1]

    def _hashed(self, entries: Iterable[bytes]) -> list[bytes]:
        try:
            return self.hashing.leaves(entries)
        except TypeError as error:
            raise InputError(f"a leaf must be bytes ({error}); encode it first") from None

    def _size(self, size: int | None) -> int:
        if size is None:
            return len(self)
        self._check("size", size, len(self))
        return size

    def _check(self, name: str, value: int, largest: int) -> None:
        if largest < 0:
            raise InputError(f"{name}={value}: the tree is empty; append a leaf first")
        if not 0 <= value <= largest:
            raise InputError(f"{name}={value} must be from 0 to {largest} in a tree of {len(self)} leaves")


def verify_inclusion(
    root: Any, index: Any, size: Any, leaf: Any, path: Any, hashing: Hashing = _RFC_6962
) -> bool:
    """Return whether a path proves that a tree has a leaf at an index.

    It never raises: what is of another type than plain bytes, int, tuple or list (numpy's integers, too), of another
    length or out of range proves nothing. It makes as many hashes as the path has, and one for the leaf.

    Parameters
    ----------
    root, size
        The tree's hash and number of leaves, both trusted.
    index
        The leaf's place, counted from 0.
    leaf
        What is said to stand there.
    path
        The inclusion proof.
    hashing
        How leaves and nodes are hashed.
    """
    return type(root) is bytes and root == root_from_inclusion_proof(index, size, leaf, path, hashing)


def root_from_inclusion_proof(
    index: Any, size: Any, leaf: Any, path: Any, hashing: Hashing = _RFC_6962
) -> bytes | None:
    """Return the root to which a path leads from a leaf, or None if no such leaf has such a path.

    It never raises; see `verify_inclusion`, which compares that root.
    """
    if not (type(index) is type(size) is int and 0 <= index < size <= _LARGEST and type(leaf) is bytes):
        return None
    length, turns = _turns(index, size)
    if not hashing.made(path, length):
        return None
    return _climbed(hashing.leaf(leaf), turns, path, hashing)


def way_to_root(
    index: Any, size: Any, leaf: Any, path: Any, hashing: Hashing = _RFC_6962
) -> tuple[list[bytes], list[bool]] | None:
    """Return the hashes from a leaf to the root that follow from a path, and whether each of the path stands left.

    It never raises; None if no such leaf has such a path. See `root_from_inclusion_proof`, which returns the last hash.
    """
    if root_from_inclusion_proof(index, size, leaf, path, hashing) is None:
        return None
    length, turns = _turns(index, size)
    lefts = [bool(turns >> height & 1) for height in range(length)]
    way = [hashing.leaf(leaf)]
    for beside, stands_left in zip(path, lefts, strict=True):
        way.append(hashing.node(beside, way[-1]) if stands_left else hashing.node(way[-1], beside))
    return way, lefts


def verify_consistency(
    old_root: Any, root: Any, old_size: Any, size: Any, path: Any, hashing: Hashing = _RFC_6962
) -> bool:
    """Return whether a path proves that a tree begins with all leaves of an older one.

    It never raises; see `verify_inclusion`. Every tree begins with the empty one, which therefore proves nothing.

    Parameters
    ----------
    old_root, old_size
        The older tree's hash and number of leaves, both trusted.
    root, size
        The tree's hash and number of leaves.
    path
        The consistency proof.
    hashing
        How leaves and nodes are hashed.
    """
    if not (type(old_size) is type(size) is int and 0 <= old_size <= size <= _LARGEST):
        return False
    if not hashing.made((old_root, root), 2):
        return False
    if (old_size == 0 and old_root != hashing.empty()) or (old_size == size and old_root != root):
        return False
    if old_size in (0, size):
        return hashing.made(path, 0)
    height, index = _last_complete(old_size)
    length, turns = _turns(index, (size - 1 >> height) + 1)
    if not hashing.made(path, length + (index > 0)):
        return False
    start, *beside = path if index else (old_root, *path)
    # of the older tree is what stands on the left; what stands on the right came later
    older = [digest for step, digest in enumerate(beside) if turns >> step & 1]
    older_root, newer_root = _climbed(start, -1, older, hashing), _climbed(start, turns, beside, hashing)
    return (older_root, newer_root) == (old_root, root)


def _last_complete(size: int) -> tuple[int, int]:
    """Return height and index of the last complete subtree of the first `size` leaves, one or more."""
    height = (size & -size).bit_length() - 1
    return height, (size >> height) - 1


def _turns(index: int, size: int) -> tuple[int, int]:
    """Return how many hashes the path of a leaf has, and where they stand: bit by bit upwards, 1 for the left."""
    below = (index ^ (size - 1)).bit_length()  # from here on it is the right edge, and all stand on the left
    above = (index >> below).bit_count()
    return below + above, index & (1 << below) - 1 | (1 << above) - 1 << below


def _climbed(digest: bytes, turns: int, path: Sequence[bytes], hashing: Hashing) -> bytes:
    """Return the root above a complete subtree, by the hashes beside the way."""
    new, cut = hashing.new_node, hashing.bits is not None
    for beside in path:
        node = new()
        node.update(beside + digest if turns & 1 else digest + beside)
        digest = node.digest()
        if cut:
            digest = hashing.cut(digest)
        turns >>= 1
    return digest
