"""The client of a replicated store: it asks for one command after another, and asks again if nobody answers."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, NamedTuple

from .command import Command
from .keys import Signature
from .machine import Effect, Invoke, Machine, Message, Return, Seat, Send, Step, Timer, Value, is_value

__all__ = ["NOT_ASKED", "Caller", "Client", "Elsewhere", "Reply", "Request"]


@dataclass(frozen=True, slots=True)
class Request(Message):
    """What a client asks for."""

    command: Command
    signature: Signature | None = None  # the client's, where servers pass it on

    @property
    def about(self) -> Value | None:
        """What is to be written; None to read."""
        return self.command.value if isinstance(self.command, Command) else None

    def saying(self, value: Value) -> "Request":
        """Return the request to write something else; one to read stays what it is."""
        if self.about is None:
            return self
        return Request(self.command._replace(value=value), self.signature)


@dataclass(frozen=True, slots=True)
class Reply(Message):
    """What a command is answered."""

    number: int
    value: Value


@dataclass(frozen=True, slots=True)
class Elsewhere(Message):
    """That another server should be asked."""

    number: int
    server: int


NOT_ASKED = -1


class Caller(Machine):
    """A client that asks for one command after another, and asks again when it has waited long enough.

    Its state is a named tuple with a `turn`, which of its commands is under way, and an `attempt`: how often it has
    asked again, or that it has not asked yet. Timers are named by both.

    Attributes
    ----------
    seat : Seat
        Its commands among it.
    """

    seat: Seat

    @abstractmethod
    def fresh(self) -> Any:
        """Return the state in which nothing was asked yet."""

    @abstractmethod
    def asked(self, state: Any, *before: Effect) -> Step:
        """Return state and effects after it has asked, for the first time or again."""

    @abstractmethod
    def again(self, state: Any) -> Step:
        """Return state and effects after it has waited in vain."""

    def start(self) -> Step:
        """Ask for the first command."""
        return self._begun(self.fresh())

    def recover(self, kept: Any) -> Step:
        """Forget all that was asked: a client's commands end with it."""
        return self.fresh()._replace(turn=len(self.seat.commands)), ()

    def timeout(self, state: Any, name: Any) -> Step:
        """Ask again, or for the next command."""
        if name != (state.turn, state.attempt):
            return state, ()
        return self._begun(state) if state.attempt == NOT_ASKED else self.again(state)

    def is_about(self, message: Message, state: Any) -> bool:
        """Return whether a message can be an answer to what was asked."""
        asked: bool = state.attempt != NOT_ASKED
        return asked and getattr(message, "number", None) == state.turn

    def answered(self, left: Any, result: Any, *before: Effect) -> Step:
        """Return state and effects after a command is answered, of which nothing else is left in the state."""
        returned = Return(self.seat.commands[left.turn], result)
        after = left._replace(turn=left.turn + 1, attempt=NOT_ASKED)
        if self.seat.pause and after.turn < len(self.seat.commands):
            return after, (*before, returned, Timer((after.turn, NOT_ASKED), self.seat.pause))
        return self._begun(after, *before, returned)

    def _begun(self, state: Any, *before: Effect) -> Step:
        if state.turn == len(self.seat.commands):
            return state, before
        return self.asked(state._replace(attempt=0), *before, Invoke(self.seat.commands[state.turn]))


class _State(NamedTuple):
    turn: int = 0
    attempt: int = NOT_ASKED
    server: int = 0  # whom it asks
    replies: tuple[tuple[int, Value], ...] = ()  # by whom


@dataclass(frozen=True)
class Client(Caller):
    """The client of a ledger.

    Parameters
    ----------
    seat
        Its commands among it.
    patience
        Rounds after which it asks again.
    matching
        Equal replies of different servers that it takes to believe one. Who needs one asks a server at a time, the next
        one when it asks again; who needs more asks the first time one, then all.
    signed
        Whether it signs what it asks for.
    broadcast
        Whether it asks all servers from the first time on.
    """

    seat: Seat
    patience: float
    matching: int = 1
    signed: bool = False
    broadcast: bool = False

    def fresh(self) -> _State:
        """Return the state in which nothing was asked yet."""
        return _State()

    def asked(self, state: _State, *before: Effect) -> Step:
        """Ask one server, or all."""
        everybody = self.broadcast or (self.matching > 1 and state.attempt > 0)
        to = tuple(range(self.seat.servers or 0)) if everybody else (state.server,)
        command = self.seat.commands[state.turn]
        signature = self.seat.keys.sign(self.seat.node, command) if self.signed else None
        again = Timer((state.turn, state.attempt), self.patience)
        return state, (*before, Send(to, Request(command, signature)), again)

    def again(self, state: _State) -> Step:
        """Ask the next server."""
        server = (state.server + 1) % (self.seat.servers or 1)
        return self.asked(state._replace(attempt=state.attempt + 1, server=server))

    def receive(self, state: _State, sender: int, message: Message) -> Step:
        """Count replies, and go on when enough are equal."""
        if sender >= (self.seat.servers or 0) or not self.is_about(message, state):
            return state, ()
        if isinstance(message, Elsewhere):
            server = message.server
            if (
                self.matching > 1
                or sender != state.server
                or not _is_server(server, self.seat)
                or server == sender
            ):
                return state, ()
            return self.asked(state._replace(attempt=state.attempt + 1, server=server))
        if not isinstance(message, Reply) or not is_value(message.value):
            return state, ()
        replies = (*(each for each in state.replies if each[0] != sender), (sender, message.value))
        if sum(value == message.value for _, value in replies) < self.matching:
            return state._replace(replies=replies), ()
        left = _State(state.turn, server=sender if self.matching == 1 else state.server)
        return self.answered(left, message.value)


def _is_server(node: Any, seat: Seat) -> bool:
    return isinstance(node, int) and 0 <= node < (seat.servers or 0)
