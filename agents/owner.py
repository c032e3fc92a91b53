"""The owner of a disk that others keep: a client that holds a root hash, and believes nothing else.

It reads a block by asking one server for the block and the hashes beside its way to the root. What leads to its root is
true, whoever said it; what does not is rejected, and the next server asked. It writes a block by reading it first:
from the same path follows the root of the disk with the new block in it. Then it signs the write, numbers it, and
sends it to all servers until enough say that they have done it.

What it keeps, beside the command under way, is the root, and how often it has written.

A claim that says itself to be of an earlier time proves nothing against its server, which may not have heard of the
writes since. Any other claim that fails is provably false, since a server can only answer for the disk that it has.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from .client import NOT_ASKED, Caller
from .command import Command
from .keys import Signature
from .ledger.disk import Disk
from .ledger.hashing import Hashing
from .ledger.merkle import root_from_inclusion_proof
from .machine import Accuse, Commit, Effect, Message, Seat, Send, Step, Timer, Value, is_value

__all__ = ["BLANK", "Checked", "Claim", "Fetch", "Owner", "Write", "Written", "as_block"]

BLANK = bytes(8)
"""What every block holds at first: the number 0."""


def as_block(value: Any) -> bytes | None:
    """Return a whole number as a block of eight bytes; None for anything else.

    >>> as_block(258).hex(), as_block(0.5)
    ('0000000000000102', None)
    """
    return int(value).to_bytes(8, "big", signed=True) if is_value(value) and value == int(value) else None


@dataclass(frozen=True, slots=True)
class Fetch(Message):
    """Asks for a block, by an owner that has written so many times."""

    number: int  # of the command for which it is asked
    version: int
    key: int


@dataclass(frozen=True, slots=True)
class Claim(Message):
    """What a block holds after so many writes, and the hashes beside its way to the root."""

    number: int
    version: int
    value: Value
    path: tuple[bytes, ...]

    def __str__(self) -> str:
        return f"claim({self.number}, {self.version}, {self.value})"


@dataclass(frozen=True, slots=True)
class Write(Message):
    """An owner's write, the `version`-th from 1, signed so that servers can hand it on."""

    version: int
    command: Command
    signature: Signature | None = None

    @property
    def about(self) -> Value | None:
        """What is to be written."""
        return self.command.value if isinstance(self.command, Command) else None

    def saying(self, value: Value) -> "Write":
        """Return a write of something else, which its signature is not under."""
        if not isinstance(self.command, Command):
            return self
        return Write(self.version, self.command._replace(value=value), self.signature)


@dataclass(frozen=True, slots=True)
class Written(Message):
    """Says that a server has done so many of an owner's writes."""

    version: int


class Checked(NamedTuple):
    """A claim that an owner has checked.

    Parameters
    ----------
    command
        For which it asked.
    server
        Who claimed.
    value
        What the block is said to hold; None if that is nothing that a block can hold.
    believed
        Whether the claim led to the owner's root.
    old
        Whether it said itself to be of an earlier time.
    hashes
        Hashes made to find out; 0 if the path had not the form of one.
    length
        Of its path, in bytes; 0 likewise.
    path
        The hashes that it showed, as they came.
    root
        The root hash that the owner held.
    """

    command: Command
    server: int
    value: Value | None
    believed: bool
    old: bool
    hashes: int
    length: int
    path: tuple[bytes, ...]
    root: bytes

    def __str__(self) -> str:
        found = "believed" if self.believed else "rejected"
        return f"block {self.command.key} = {self.value} by server {self.server}: {found}"


class _State(NamedTuple):
    root: bytes
    version: int = 0
    turn: int = 0  # the command under way
    attempt: int = NOT_ASKED
    since: int = 0  # the attempt from which on it asks one server after another
    done: int | None = None  # of a write that is under way, by whom: bit k is server k's
    claims: int = 0  # checked so far


@dataclass(frozen=True)
class Owner(Caller):
    """An owner.

    Parameters
    ----------
    seat
        Its commands among it, and how many blocks its disk has.
    hashing
        How the tree is hashed.
    compared
        What is kept of a root.
    patience
        Rounds after which it asks again.
    """

    seat: Seat
    hashing: Hashing
    compared: Hashing
    patience: float

    @property
    def _servers(self) -> int:
        return self.seat.servers or 0

    def fresh(self) -> _State:
        """Return the state of an owner whose disk is blank, and who has asked nothing yet."""
        blank = Disk.blank(self.seat.size, BLANK, self.hashing)
        return _State(self.compared.cut(blank.root))

    def asked(self, state: _State, *before: Effect) -> Step:
        """Ask a server for the block, or all that have not done so yet for the write."""
        command, attempt, version = self.seat.commands[state.turn], state.attempt, state.version
        message: Message
        if state.done is None:
            to: tuple[int, ...] = ((state.turn + attempt) % self._servers,)
            message = Fetch(state.turn, version, command.key)
        else:
            to = tuple([node for node in range(self._servers) if not state.done >> node & 1])
            signature = self.seat.keys.sign(self.seat.node, (version, command))
            message = Write(version, command, signature)
        return state, (*before, Send(to, message), Timer((state.turn, attempt), self.patience))

    def again(self, state: _State) -> Step:
        """Ask the next server, or those that have not done a write yet."""
        return self.asked(state._replace(attempt=state.attempt + 1, since=state.attempt + 1))

    def receive(self, state: _State, sender: int, message: Message) -> Step:
        """Check a claim, or count who has done a write."""
        if sender >= self._servers or state.attempt == NOT_ASKED:
            return state, ()
        if isinstance(message, Claim) and state.done is None and message.number == state.turn:
            return self._claimed(state, sender, message)
        if isinstance(message, Written) and state.done is not None and type(message.version) is int:
            return self._written(state, sender, message.version)
        return state, ()

    def _claimed(self, state: _State, sender: int, claim: Claim) -> Step:
        command, version = self.seat.commands[state.turn], claim.version
        block = as_block(claim.value)
        root = None if block is None else self._root(command.key, block, claim.path)
        believed = root == state.root
        old = type(version) is int and 0 <= version < state.version
        hashes = 0 if root is None else len(claim.path) + 1
        length = 0 if root is None else sum(map(len, claim.path))
        value = None if block is None else int(claim.value)
        checked = Checked(command, sender, value, believed, old, hashes, length, claim.path, state.root)
        effects: list[Effect] = [Commit(state.claims, checked)]
        state = state._replace(claims=state.claims + 1)
        if not believed:
            if not old:
                effects.append(Accuse(sender, f"false claim about block {command.key}"))
            everybody = state.attempt - state.since + 1 == self._servers
            if sender != (state.turn + state.attempt) % self._servers or everybody:
                return state, effects
            return self.asked(state._replace(attempt=state.attempt + 1), *effects)
        if command.value is None:
            return self.answered(state._replace(since=0), value, *effects)
        after = self._root(command.key, as_block(command.value), claim.path)
        state = state._replace(
            root=after or b"", version=state.version + 1, attempt=state.attempt + 1, done=0
        )
        return self.asked(state, *effects)

    def _root(self, key: int, block: bytes | None, path: Any) -> bytes | None:
        """Return what is kept of the root to which a path leads; None if it leads to none."""
        root = root_from_inclusion_proof(key, self.seat.size, block, path, self.hashing)
        return None if root is None else self.compared.cut(root)

    def _written(self, state: _State, sender: int, version: int) -> Step:
        if version < state.version:
            return state, ()
        done = (state.done or 0) | 1 << sender
        if done.bit_count() < self._servers - self.seat.f:
            return state._replace(done=done), ()
        return self.answered(state._replace(since=0, done=None), self.seat.commands[state.turn].value)
