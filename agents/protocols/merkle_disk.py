"""A disk of blocks on servers that may lie, and an owner that keeps nothing but the root of a Merkle tree.

**Rule.** Every client owns a disk of B blocks, and keeps its root hash and how often it has written. To read a block it
asks one server after another for the block and its path, and believes the first that leads to the root; who claims
anything else is rejected, and accused unless it spoke of an earlier time. To write one it reads it first, and has from
the same path the root of the disk with the new block. Then it sends the write, numbered and signed, to all servers,
again and again until n - f have done it. Servers do each owner's writes in their order. One that lacks some waits for a
while, and then asks the other servers for them.
**Guarantee.** Safe with any number of liars, whatever messengers do: no false claim is believed, old ones included, but
for a collision of hashes. Live for n >= f + 1 if every message arrives: one honest server is enough. A write that is
done was done by n - f servers, so that an honest one has it if n > 2f; otherwise it may be still on its way to one, and
where messages can be lost, lost. Then it is missed, and never replaced by something older. Servers keep at most 1,024
of an owner's writes that came before their turn. Clients that lie harm no disk but their own. With hashes cut to k bits
a false claim is believed with probability 2^-k if only the root is cut, and about (log2 B + 1) 2^-k if all are, which
the guarantee does not cover.
**Cost.** A read: 2 messages, ceil(log2 B) hashes sent and one more made, for each server asked. A write: those of a
read, as many hashes again, and 2n messages; each server makes ceil(log2 B) + 1 hashes, and keeps the write.
**Names.** Authenticated storage, outsourced storage with integrity, memory checking, authenticated dictionary; verified
block device (dm-verity), Merkle tree of content-addressed and of proof-of-retrievability systems.

References
----------
.. [1] R. C. Merkle, "A digital signature based on a conventional encryption function", CRYPTO 1987, LNCS 293 (1988)
       369-378, doi:10.1007/3-540-48184-2_32.
.. [2] M. Blum, W. Evans, P. Gemmell, S. Kannan, M. Naor, "Checking the correctness of memories", Algorithmica 12 (1994)
       225-244, doi:10.1007/BF01185212: a trusted root and O(log B) hashes an access.

Examples
--------
>>> from accord.models import Disks
>>> settings = {"network": "complete(n=4)", "traitors": 3, "conduct": "corrupting", "keys": 1000, "rng": 1}
>>> outcome = Disks(commands=40, **settings).run().outcome()
>>> outcome["answered"], outcome["lies"] > 20, outcome["accepted_false"], outcome["hashes_max"]
(40, True, 0, 11.0)
"""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, ClassVar, Literal, NamedTuple

from pydantic import Field, model_validator

from ..command import Command
from ..keys import Signature
from ..ledger.disk import Disk
from ..ledger.hashing import Digest, Hashing
from ..ledger.log import Log
from ..machine import Commit, Effect, Machine, Message, Persist, Seat, Send, Step, Timer, Value
from ..owner import BLANK, Claim, Fetch, Owner, Write, Written, as_block
from . import Faults, Problem, Protocol, Timing

__all__ = ["MerkleDisk"]

_EARLY = 1024  # writes of an owner that wait for those before them, at most
_BATCH = 64  # writes that are handed on at a time


class MerkleDisk(Protocol):
    """A disk that nobody can change but its owner, who keeps its root."""

    problem: ClassVar[Problem] = Problem.DISK
    timing: ClassVar[Timing] = Timing.ASYNCHRONOUS
    persists: ClassVar[bool] = True
    client_faults: ClassVar[Faults] = Faults.BYZANTINE

    patience: float = Field(
        4.0, gt=0, description="rounds until an owner asks again, or a server for what it lacks"
    )
    digest: Digest = Field("sha256", description="the hash function, by its name in hashlib")
    bits: int | None = Field(
        None,
        ge=1,
        description="leading bits of a hash that are kept, each run with a salt of its own; none: all",
    )
    cut: Literal["every-level", "root"] = Field(
        "every-level", description="which hashes are cut: all in the tree, or the root that is compared"
    )

    @model_validator(mode="after")
    def _bits_are_there(self) -> "MerkleDisk":
        Hashing(name=self.digest, bits=self.bits)
        return self

    def unproven(self, n: int, f: int) -> str:
        """Return that hashes are cut, if they are."""
        return "" if self.bits is None else f"proven with whole hashes, and it has bits={self.bits}"

    def least(self, f: int) -> int:
        """Return f + 1."""
        return f + 1

    def machine(self, seat: Seat) -> Machine:
        """Return the machine of an honest server, or owner."""
        servers = seat.n if seat.servers is None else seat.servers
        hashing = self._hashing(seat)
        if seat.node < servers:
            return _Server(seat, servers, hashing, self.patience)
        compared = _salted(self.digest, self.bits, hashing.salt)
        return Owner(seat, hashing, compared, self.patience)

    def _hashing(self, seat: Seat) -> Hashing:
        """Return how trees are hashed: where bits are cut in each run with another function."""
        salt = None if self.bits is None else seat.keys.common("salt")
        return _salted(self.digest, self.bits if self.cut == "every-level" else None, salt)

    def alphabet(self, seat: Seat, values: tuple[Value, ...]) -> tuple[Message, ...]:
        """Return made-up blocks with genuine paths of the blank disk, and every other kind of message."""
        servers = seat.n if seat.servers is None else seat.servers
        client = seat.node if seat.node >= servers else seat.n - 1
        disk = Disk.blank(seat.size, BLANK, self._hashing(seat))
        paths = [disk.proof(key) for key in dict.fromkeys((0, seat.size - 1))]
        writes = tuple(Command(client, 0, 0, value) for value in values)
        return (
            *(
                Claim(number, version, value, path)
                for path in paths
                for number in (0, 1)
                for version in (0, 1)
                for value in values
            ),
            *(Written(version) for version in (1, 2)),
            *(Write(1, write, seat.keys.sign(seat.node, (1, write))) for write in writes),
            *(Fetch(0, version, 0) for version in (0, 1)),
            *(_Lacking(client, version) for version in (0, 1)),
        )


@lru_cache(maxsize=16)
def _salted(digest: Digest, bits: int | None, salt: int | None) -> Hashing:
    return Hashing(name=digest, bits=bits, salt=salt)


@dataclass(frozen=True, slots=True)
class _Lacking(Message):
    """Asks another server for an owner's writes after so many."""

    client: int
    version: int


class _Kept(NamedTuple):
    """One owner's disk as a server keeps it."""

    disk: Disk
    writes: Log[Write] = Log()
    early: tuple[Write, ...] = ()  # those that wait for others before them, in order
    known: int = 0  # how many writes there are, as far as it has heard
    waits: bool = False  # for those that it lacks


_State = tuple[_Kept, ...]


@dataclass(frozen=True)
class _Server(Machine):
    seat: Seat
    servers: int
    hashing: Hashing
    patience: float

    @cached_property
    def _others(self) -> tuple[int, ...]:
        return tuple(node for node in range(self.servers) if node != self.seat.node)

    def start(self) -> Step:
        blank = _Kept(Disk.blank(self.seat.size, BLANK, self.hashing))
        return (blank,) * (self.seat.n - self.servers), ()

    def recover(self, kept: _State | None) -> Step:
        if kept is None:
            return self.start()
        return tuple(each._replace(early=(), waits=False) for each in kept), ()

    def receive(self, state: _State, sender: int, message: Message) -> Step:
        if isinstance(message, Write):
            return self._written(state, message) if self._is_genuine(message) else (state, ())
        if isinstance(message, Fetch):
            return self._fetched(state, sender, message)
        if isinstance(message, _Lacking) and sender < self.servers and self._is_client(message.client):
            return state, self._handed_on(state, sender, message)
        return state, ()

    def timeout(self, state: _State, name: int) -> Step:
        kept = state[name - self.servers]
        have = len(kept.writes)
        if kept.known <= have:
            return self._with(state, name, kept._replace(waits=False)), ()
        return state, (Send(self._others, _Lacking(name, have)), Timer(name, self.patience))

    def _fetched(self, state: _State, owner: int, message: Fetch) -> Step:
        key, version = message.key, message.version
        if not self._is_client(owner) or not self._is_block(key) or type(version) is not int:
            return state, ()
        kept = state[owner - self.servers]
        value = int.from_bytes(kept.disk[key], "big", signed=True)
        claim = Claim(message.number, len(kept.writes), value, kept.disk.proof(key))
        state, effects = self._heard_of(state, owner, kept, version)
        return state, (Send((owner,), claim), *effects)

    def _written(self, state: _State, write: Write) -> Step:
        """Do a write and those that waited for it, or have it wait."""
        owner, version = write.command.client, write.version
        kept = state[owner - self.servers]
        have = len(kept.writes)
        if version > have + 1:
            if version <= have + _EARLY and all(each.version != version for each in kept.early):
                early = [*kept.early]
                insort(early, write, key=lambda each: each.version)
                kept = kept._replace(early=tuple(early))
            return self._heard_of(state, owner, kept, version)
        effects: list[Effect] = []
        if version == have + 1:
            disk, writes, early = kept.disk, [write], list(kept.early)
            while early and early[0].version <= version + len(writes):
                if early[0].version == version + len(writes):
                    writes.append(early[0])
                del early[0]
            for each in writes:
                disk = disk.put(each.command.key, as_block(each.command.value) or BLANK)
                effects.append(Commit(each.version - 1, each.command))
            kept = kept._replace(disk=disk, writes=kept.writes.and_then(*writes), early=tuple(early))
            state = self._with(state, owner, kept)
            effects.append(Persist(state))
        return state, (*effects, Send((owner,), Written(len(kept.writes))))

    def _handed_on(self, state: _State, sender: int, message: _Lacking) -> Sequence[Effect]:
        have = message.version
        if type(have) is not int or have < 0:
            return ()
        writes = state[message.client - self.servers].writes[have : have + _BATCH]
        return [Send((sender,), write) for write in writes]

    def _heard_of(self, state: _State, owner: int, kept: _Kept, version: int) -> Step:
        """Note how many writes there are, and wait for those that are lacking."""
        lacks = version > len(kept.writes)
        after = kept._replace(known=max(kept.known, version), waits=kept.waits or lacks)
        effects = (Timer(owner, self.patience),) if lacks and not kept.waits else ()
        return self._with(state, owner, after), effects

    def _with(self, state: _State, owner: int, kept: _Kept) -> _State:
        place = owner - self.servers
        return (*state[:place], kept, *state[place + 1 :])

    def _is_genuine(self, write: Write) -> bool:
        """Return whether a client signed it, for a block that is there."""
        version, command, signature = write.version, write.command, write.signature
        return (
            type(version) is int
            and version > 0
            and isinstance(command, Command)
            and command.is_sane
            and self._is_client(command.client)
            and self._is_block(command.key)
            and as_block(command.value) is not None
            and isinstance(signature, Signature)
            and signature.signer == command.client
            and self.seat.keys.verify(signature, (version, command))
        )

    def _is_client(self, node: Any) -> bool:
        return type(node) is int and self.servers <= node < self.seat.n

    def _is_block(self, key: Any) -> bool:
        return type(key) is int and 0 <= key < self.seat.size
