"""Keys: signatures that a party can make only for itself.

Each party's secret is drawn from the run's key, so signatures are the same in every replay. A machine is handed
`Keys` that sign for its own node alone (a coalition of traitors signs for all of its members) and check those of
everybody. Checking needs no secret in the real world; here the keys hold it, and hand it to nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

__all__ = ["Joint", "Keys", "Signature"]

_LENGTH = 8  # bytes: forging by chance takes 2**63 tries, and runs are shorter than that


@dataclass(frozen=True, slots=True)
class Signature:
    """A party's signature. What was signed stands beside it in the message."""

    signer: int
    tag: bytes

    def __str__(self) -> str:
        return f"s{self.signer}"


@dataclass(frozen=True, slots=True)
class Joint:
    """A threshold signature: proof that `least` of parties 0..among-1 signed, of one length for any number."""

    least: int
    among: int
    tag: bytes

    def __str__(self) -> str:
        return f"s>={self.least}"


@dataclass(frozen=True)
class Keys:
    """What signs for some parties and checks signatures of all.

    Parameters
    ----------
    owners
        The parties that can be signed for.
    secret
        The run's key; the same for all keys that are to understand each other.

    Examples
    --------
    >>> mine, yours = Keys((0,), b"run"), Keys((1,), b"run")
    >>> signature = mine.sign(0, ("attack",))
    >>> yours.verify(signature, ("attack",)), yours.verify(signature, ("retreat",))
    (True, False)
    """

    owners: tuple[int, ...] = ()
    secret: bytes = b""

    def sign(self, signer: int, content: Any) -> Signature:
        """Return a party's signature under some content, which is told apart by its `repr`.

        Raises
        ------
        PermissionError
            If these keys do not sign for that party.
        """
        if signer not in self.owners:
            raise PermissionError(f"these keys sign for {self.owners}, not for {signer}")
        return Signature(signer, self._tag(signer, content))

    def verify(self, signature: Any, content: Any) -> bool:
        """Return whether a signature is its signer's, or joint of as many as it says, and under that content."""
        if isinstance(signature, Joint):
            return signature.tag == self._tag((signature.least, signature.among), content)
        return isinstance(signature, Signature) and signature.tag == self._tag(signature.signer, content)

    def join(self, signatures: Sequence[Any], content: Any, least: int, among: int) -> Joint | None:
        """Return one signature in place of `least` by parties 0..among-1; None if fewer of them are genuine."""
        signers = {
            each.signer for each in signatures if isinstance(each, Signature) and self.verify(each, content)
        }
        if sum(0 <= signer < among for signer in signers) < least:
            return None
        return Joint(least, among, self._tag((least, among), content))

    def common(self, name: str) -> int:
        """Return 64 random bits that everybody knows alike: the run's common reference string."""
        return int.from_bytes(self._tag(None, name), "big")

    def _tag(self, signer: Any, content: Any) -> bytes:
        return blake2b(repr((signer, content)).encode(), digest_size=_LENGTH, key=self.secret).digest()

    def __repr__(self) -> str:  # the secret is shown to nobody
        return f"Keys({self.owners})"
