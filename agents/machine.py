"""Machine: an honest party of a message protocol, as a pure state machine.

A machine maps (state, event) to (state, effects) and does nothing else. It has no clock, no random numbers, no
input or output and no memory outside its state, which is immutable and hashable. What it wants done it returns as
effects: send, wake me, flip a coin, decide. So the same machine runs under the event queue, is wrapped by a traitor's
conduct, is replayed event by event, and can be explored through every schedule.

The laws, which contract tests hold every machine to:

- equal events in equal states have equal results, effects in a fixed order;
- starting is an event like any other, so a party can crash before it;
- randomness is an effect, `Flip`, whose result comes back through `flip`;
- who sent a message is vouched for; what it says is not. A machine survives any message from anybody;
- time is counted in rounds: a `Timer` of 1 goes off when a message sent now has surely arrived, where the
  network keeps its promise.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, ClassVar, Self

from .keys import Keys

__all__ = [
    "Accuse",
    "Commit",
    "Decide",
    "Effect",
    "Flip",
    "Invoke",
    "Lead",
    "Machine",
    "Message",
    "Persist",
    "Return",
    "Seat",
    "Send",
    "State",
    "Step",
    "Timer",
    "Value",
    "is_count",
    "is_value",
]

Value = int | float
State = Any  # whatever a machine likes, as long as it is immutable and hashable

_BEYOND = 1 << 63
# named once: `int | float` is made anew wherever it stands, and that takes longer than to ask
_NUMBERS, _SEVERAL, _WRITTEN = (int, float), (tuple, frozenset), (bytes, str)


def is_value(said: Any) -> bool:
    """Return whether what a message says is its value can be one: a number, finite, that fits into eight bytes."""
    return isinstance(said, _NUMBERS) and -_BEYOND <= said < _BEYOND


def is_count(*said: Any) -> bool:
    """Return whether each is a whole number from 0 that fits into eight bytes."""
    return all([type(each) is int and 0 <= each < _BEYOND for each in said])  # noqa: C419


class Message:
    """What one party tells another. Each kind is a frozen dataclass with slots.

    A field called `value` holds what the message is about; conducts that lie about values change that one. A
    field called `message` holds another message, carried inside.

    Attributes
    ----------
    is_vote : bool
        Whether it speaks for its value: who does not want that value does not send it. What only tells how others
        have voted is none.
    """

    __slots__ = ()
    is_vote: ClassVar[bool] = False

    @property
    def about(self) -> Any:
        """Its value, or that of the message carried inside; None where there is neither."""
        if hasattr(self, "value"):
            return self.value
        carried = getattr(self, "message", None)
        return carried.about if isinstance(carried, Message) else None

    def saying(self, value: Value) -> Self:
        """Return the same message about another value, the one carried inside included."""
        carried = getattr(self, "message", None)
        changes: dict[str, Any] = {"value": value} if hasattr(self, "value") else {}
        if isinstance(carried, Message):
            changes["message"] = carried.saying(value)
        return replace(self, **changes) if changes else self  # type: ignore[type-var]

    def addressee(self, to: int) -> int:
        """Return whom it is meant for if it is sent to some party: that one, unless it is to be passed on."""
        return to

    @property
    def size(self) -> int:
        """Length in bytes, written compactly: one for the kind, 8 a number, the length of whatever is inside."""
        kind: Any = type(self)
        total, parts = 1, _inside(kind)(self)
        for part in parts:  # it grows as things inside come up
            kind = type(part)
            if kind is int or kind is float:
                total += 8
            elif part is None or kind is bool:
                total += 1
            elif isinstance(part, _SEVERAL):
                parts.extend(part)
            elif isinstance(part, _WRITTEN):
                total += len(part)
            elif isinstance(part, _NUMBERS):
                total += 8
            else:
                total += 1
                parts.extend(_inside(kind)(part))
        return total

    def __str__(self) -> str:
        parts = ((each.default, getattr(self, each.name)) for each in fields(self))  # type: ignore[arg-type]
        inside = ", ".join(_told(part) for usual, part in parts if part is not None or usual is not None)
        name = type(self).__name__.lstrip("_").lower()
        return f"{name}({inside})" if inside else name


def _told(part: Any) -> str:
    """Return a part of a message as text: of rows each part so, of bytes the first four."""
    if isinstance(part, bytes):
        return part[:4].hex()
    if isinstance(part, tuple) and type(part).__str__ is object.__str__:
        parts = ", ".join(map(_told, part))
        return f"({parts},)" if len(part) == 1 else f"({parts})"
    return str(part)


@cache
def _inside(kind: Any) -> Callable[[Any], list[Any]]:
    """Return what gives the contents of a kind of message."""
    names = [each.name for each in fields(kind)]
    if len(names) < 2:
        return lambda message: [getattr(message, name) for name in names]
    contents = attrgetter(*names)
    return lambda message: list(contents(message))


# Effects ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Send:
    """Send a message to each of some parties, in this order; oneself may be among them."""

    to: tuple[int, ...]
    message: Message


@dataclass(frozen=True, slots=True)
class Timer:
    """Call `timeout` with `name` after so many rounds."""

    name: Hashable
    after: float


@dataclass(frozen=True, slots=True)
class Flip:
    """Draw one of a domain's values, all equally likely, and call `flip` with it before anything else happens."""

    key: Hashable
    domain: Sequence[Any] = (0, 1)


@dataclass(frozen=True, slots=True)
class Decide:
    """Decide on a value, in some round of the protocol where it has rounds. Final: there is no way back."""

    value: Value
    round: int | None = None


@dataclass(frozen=True, slots=True)
class Accuse:
    """Say that a party has provably departed from the protocol."""

    node: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Persist:
    """Write something to stable storage, in place of what was there, before whatever effects follow."""

    kept: Hashable


@dataclass(frozen=True, slots=True)
class Commit:
    """Enter a command in one's ledger, in place `index` from 0, for good; None where the place stays empty."""

    index: int
    command: Any


@dataclass(frozen=True, slots=True)
class Lead:
    """Say that one leads from now on, in some term or view: the number of the reign."""

    reign: int


@dataclass(frozen=True, slots=True)
class Invoke:
    """Begin a command, as a client does: from now on it waits for the answer."""

    command: Any


@dataclass(frozen=True, slots=True)
class Return:
    """End a command with what it was answered."""

    command: Any
    result: Any


Effect = Send | Timer | Flip | Decide | Accuse | Persist | Commit | Lead | Invoke | Return
Step = tuple[State, Sequence[Effect]]


# Machines -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seat:
    """What a party is told before it starts.

    Parameters
    ----------
    node
        Its id, 0..n-1.
    n
        Number of parties.
    f
        Number of traitors to be borne.
    value
        Its input.
    keys
        What it can sign with, and what it checks signatures by.
    servers
        Parties 0..servers-1 are servers, the others clients; None where there are no such parts.
    commands
        What a client is to ask for, in this order.
    pause
        Rounds that a client waits from an answer to its next command.
    size
        Keys that commands name are 0..size-1; of a disk, its blocks.
    """

    node: int
    n: int
    f: int
    value: Value = 0
    keys: Keys = field(default_factory=Keys)
    servers: int | None = None
    commands: tuple[Any, ...] = ()
    pause: float = 0.0
    size: int = 1

    @cached_property
    def everyone(self) -> tuple[int, ...]:
        """All parties, oneself included."""
        return tuple(range(self.n))

    @cached_property
    def others(self) -> tuple[int, ...]:
        """All parties but oneself."""
        return tuple(node for node in range(self.n) if node != self.node)

    @cached_property
    def kinds(self) -> tuple[range, ...]:
        """Servers, and clients; everybody where there are no such parts."""
        servers = self.n if self.servers is None else self.servers
        return range(servers), range(servers, self.n)

    def but(self, **changes: Any) -> Self:
        """Return a copy with some fields changed."""
        return replace(self, **changes)


class Machine(ABC):
    """One party's part in a protocol, pure.

    Attributes
    ----------
    seat : Seat
    """

    seat: Seat

    @abstractmethod
    def start(self) -> Step:
        """Return the first state and what to do first."""

    @abstractmethod
    def receive(self, state: State, sender: int, message: Message) -> Step:
        """Return state and effects after a message. Whatever it says, nothing is raised."""

    def timeout(self, state: State, name: Any) -> Step:
        """Return state and effects after a timer went off."""
        return state, ()

    def flip(self, state: State, key: Any, value: Any) -> Step:
        """Return state and effects after a coin fell."""
        return state, ()

    def recover(self, kept: Any) -> Step:
        """Return state and effects after a crash in which all but what was persisted (or None) was lost."""
        return self.start()
