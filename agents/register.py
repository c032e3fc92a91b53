"""Register: what servers keep where nobody needs an order of commands, and what is said about it.

A value is written under a key with a stamp: a number, and the client who chose it, so that no two writes have the same
one. A server keeps of each key the version of the greatest stamp that it was ever told. It never speaks unless it is
asked, and it speaks to clients only: what a read returns, and which stamp a write gets, is theirs to work out.

Where servers may lie, clients sign versions: then a server can withhold what was written, but not make it up.

References
----------
.. [1] H. Attiya, A. Bar-Noy, D. Dolev, "Sharing memory robustly in message-passing systems", Journal of the ACM 42
       (1995) 124-142, doi:10.1145/200836.200869.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from .keys import Keys, Signature
from .ledger.fold import Fold
from .machine import Commit, Machine, Message, Persist, Seat, Send, Step, Value, is_count, is_value

__all__ = ["Answer", "Keeper", "Query", "Shelf", "Stamp", "Version", "Write", "Written"]


class Stamp(NamedTuple):
    """What orders the writes of a key; greater is newer."""

    number: int = 0
    client: int = 0


class Version(NamedTuple):
    """A value under a key, and the stamp with which it was written; the first, which nobody wrote, is 0."""

    key: int
    stamp: Stamp = Stamp()
    value: Value = 0
    signature: Signature | None = None  # of the client that the stamp names

    def by(self, keys: Keys) -> "Version":
        """Return it signed by the client that its stamp names."""
        return self._replace(signature=keys.sign(self.stamp.client, self._signed))

    def is_genuine(self, keys: Keys, servers: int) -> bool:
        """Return whether a client has written it, as its signature proves, or nobody needs to have."""
        if self == Version(self.key):
            return True
        signer = self.stamp.client
        return (
            isinstance(self.signature, Signature)
            and self.signature.signer == signer >= servers
            and keys.verify(self.signature, self._signed)
        )

    @property
    def is_sane(self) -> bool:
        """Whether it has the form that an honest party would give it."""
        key, stamp, value, _ = self
        return isinstance(stamp, tuple) and len(stamp) == 2 and is_count(key, *stamp) and is_value(value)

    @property
    def _signed(self) -> tuple[Any, ...]:
        return "version", self.key, *self.stamp, self.value

    def __str__(self) -> str:
        return f"{self.key} = {self.value:g} [{self.stamp[0]}.{self.stamp[1]}]"


# What is said. Each message says to which of a client's commands it belongs, by its number. ------------------


@dataclass(frozen=True, slots=True)
class Query(Message):
    """A client asks what is kept under a key."""

    number: int
    key: int


@dataclass(frozen=True, slots=True)
class Answer(Message):
    """A server tells what it keeps under the key that it was asked about."""

    number: int
    stamp: Stamp
    value: Value
    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class Write(Message):
    """A client asks to keep a version, unless a newer one is kept."""

    number: int
    key: int
    stamp: Stamp
    value: Value
    signature: Signature | None = None

    @property
    def version(self) -> Version:
        """What is to be kept."""
        return Version(self.key, self.stamp, self.value, self.signature)


@dataclass(frozen=True, slots=True)
class Written(Message):
    """A server has kept what it was asked to, or something newer."""

    number: int


# Who keeps it -------------------------------------------------------------------------------------------------


class _Contents:
    """The newest version of each key, of so many that were entered."""

    __slots__ = ("length", "newest")

    def __init__(self) -> None:
        self.length = 0
        self.newest: dict[int, Version] = {}

    def do(self, version: Version) -> None:
        self.newest[version.key] = version
        self.length += 1


class Shelf(Fold[Version, _Contents]):
    """What a server keeps, immutable: of each key the last version that was entered.

    Examples
    --------
    >>> shelf, _ = Shelf().and_then(Version(key=1, stamp=Stamp(1, 5), value=7))
    >>> print(shelf.of(1), shelf.of(2), sep="; ")
    1 = 7 [1.5]; 2 = 0 [0.0]
    """

    __slots__ = ()

    empty: ClassVar[Any] = _Contents

    def of(self, key: int) -> Version:
        """Return what is kept under a key."""
        return self.contents().newest.get(key) or Version(key)


@dataclass(frozen=True)
class Keeper(Machine):
    """A server.

    Parameters
    ----------
    seat
        Its seat.
    servers
        Number of servers; all others are clients.
    signed
        Whether it keeps nothing but what a client has signed.
    """

    seat: Seat
    servers: int
    signed: bool = False

    def start(self) -> Step:
        """Wait to be asked."""
        return Shelf(), ()

    def recover(self, kept: Shelf | None) -> Step:
        """Go on with what was persisted."""
        return kept or Shelf(), ()

    def receive(self, state: Shelf, sender: int, message: Message) -> Step:
        """Answer a client, after keeping what it brings if that is newer."""
        if sender < self.servers:
            return state, ()
        if isinstance(message, Query) and is_count(message.number, message.key):
            _, stamp, value, signature = state.of(message.key)
            return state, (Send((sender,), Answer(message.number, stamp, value, signature)),)
        if not isinstance(message, Write) or not is_count(message.number):
            return state, ()
        version, told = message.version, Send((sender,), Written(message.number))
        if not version.is_sane or (self.signed and not version.is_genuine(self.seat.keys, self.servers)):
            return state, ()
        if version.stamp <= state.of(version.key).stamp:
            return state, (told,)
        state, _ = state.and_then(version)
        return state, (Persist(state), Commit(len(state) - 1, version), told)
