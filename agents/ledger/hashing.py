"""The hashes of a Merkle tree: leaves and nodes in domains of their own, as in RFC 6962, section 2.1.

A leaf is hashed behind a byte 0x00 and a node behind 0x01, so that no leaf can be passed off as a node. Where hashes
are cut to a few bits, false proofs become likely enough to be counted.

References
----------
.. [1] B. Laurie, A. Langley, E. Kasper, "Certificate Transparency", RFC 6962, 2013, doi:10.17487/RFC6962.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, model_validator

from ..errors import InputError
from ..parameters import Parameters

__all__ = ["Digest", "Hashing"]

Digest = Literal["sha256", "sha384", "sha512", "sha3_256", "sha3_512", "blake2b", "blake2s"]
"""Hash functions, by their names in hashlib."""


class Hashing(Parameters):
    """A hash function, whole or cut short, with the two domains of RFC 6962.

    Examples
    --------
    >>> Hashing().leaf(b"").hex()
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'
    >>> Hashing(bits=12).leaf(b"").hex()
    '6e30'
    """

    name: Digest = Field("sha256", description="the hash function, by its name in hashlib")
    bits: int | None = Field(
        None, ge=1, description="how many leading bits of every hash are kept; none: all"
    )
    salt: int | None = Field(
        None,
        ge=0,
        lt=2**64,
        description="precedes whatever is hashed, so that each salt makes another function; none: as in the RFC",
    )

    @model_validator(mode="after")
    def _bits_are_there(self) -> "Hashing":
        whole = 8 * hashlib.new(self.name).digest_size
        if self.bits is not None and self.bits > whole:
            raise InputError(f"bits={self.bits}: {self.name} has {whole} bits; use bits <= {whole}")
        return self

    @cached_property
    def size(self) -> int:
        """Length of a hash in bytes; bits that are not kept are zero."""
        return hashlib.new(self.name).digest_size if self.bits is None else -(-self.bits // 8)

    @cached_property
    def new_leaf(self) -> Callable[[], Any]:
        """What returns a hash object, as in hashlib, that a leaf is to be fed to."""
        return self._begun(b"\x00")

    @cached_property
    def new_node(self) -> Callable[[], Any]:
        """What returns a hash object, as in hashlib, that the two hashes below a node are to be fed to."""
        return self._begun(b"\x01")

    def empty(self) -> bytes:
        """Return the hash of a tree without leaves: that of the empty string."""
        return self.cut(self._begun(b"")().digest())

    def leaf(self, data: bytes) -> bytes:
        """Return the hash of a leaf: H(0x00 || data)."""
        leaf = self.new_leaf()
        leaf.update(data)
        digest: bytes = leaf.digest()
        return digest if self.bits is None else self.cut(digest)

    def node(self, left: bytes, right: bytes) -> bytes:
        """Return the hash of a node above two others: H(0x01 || left || right)."""
        node = self.new_node()
        node.update(left + right)
        digest: bytes = node.digest()
        return digest if self.bits is None else self.cut(digest)

    def leaves(self, entries: Iterable[bytes]) -> list[bytes]:
        """Return the hash of each leaf."""
        new, digests = self.new_leaf, []
        for data in entries:
            leaf = new()
            leaf.update(data)
            digests.append(leaf.digest())
        return self._all_cut(digests)

    def nodes(self, level: Sequence[bytes]) -> list[bytes]:
        """Return the hashes of the nodes above a level, two by two; an odd one at the end stays without."""
        new, digests, each = self.new_node, [], iter(level)
        for left, right in zip(each, each, strict=False):
            node = new()
            node.update(left + right)
            digests.append(node.digest())
        return self._all_cut(digests)

    def cut(self, digest: bytes) -> bytes:
        """Return a digest with no more bits than are kept.

        >>> Hashing(bits=4).cut(bytes.fromhex("abcd")).hex()
        'a0'
        """
        if self.bits is None:
            return digest
        spare = -self.bits % 8
        kept = digest[: self.size]
        return kept[:-1] + bytes((kept[-1] >> spare << spare,)) if spare else kept

    def made(self, values: Any, length: int) -> bool:
        """Return whether something, of whatever type, is a tuple or list of so many hashes as are made here."""
        if type(values) not in (tuple, list) or len(values) != length:
            return False
        size = self.size
        for value in values:
            if type(value) is not bytes or len(value) != size:
                return False
        return self.bits is None or all(value == self.cut(value) for value in values)

    def _all_cut(self, digests: list[bytes]) -> list[bytes]:
        return digests if self.bits is None else list(map(self.cut, digests))

    def _begun(self, prefix: bytes) -> Callable[[], Any]:
        salt = b"" if self.salt is None else self.salt.to_bytes(8, "big")
        return hashlib.new(self.name, salt + prefix).copy  # quicker than to begin anew each time

    # hash objects can be neither pickled nor copied deeply
    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.name, self.bits, self.salt)

    def __deepcopy__(self, memo: Any = None) -> "Hashing":
        return self
