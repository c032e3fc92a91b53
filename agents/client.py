"""The client of a replicated store: it asks for one command after another, and asks again if nobody answers."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from .command import Command
from .keys import Signature
from .machine import Effect, Invoke, Machine, Message, Return, Seat, Send, Step, Timer, Value, is_value

__all__ = ["Client", "Elsewhere", "Reply", "Request"]


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


_NEXT = -1  # in an attempt's place: the pause before a command is over


class _State(NamedTuple):
    turn: int = 0  # the command under way
    attempt: int = 0
    server: int = 0  # whom it asks
    replies: tuple[tuple[int, Value], ...] = ()  # by whom


@dataclass(frozen=True)
class Client(Machine):
    """A client.

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

    def start(self) -> Step:
        """Ask for the first command."""
        return self._begun(_State())

    def recover(self, kept: Any) -> Step:
        """Forget all that was asked: a client's commands end with it."""
        return _State(turn=len(self.seat.commands)), ()

    def _begun(self, state: _State, *before: Effect) -> Step:
        if state.turn == len(self.seat.commands):
            return state, before
        return self._asked(state, *before, Invoke(self.seat.commands[state.turn]))

    def _asked(self, state: _State, *before: Effect) -> Step:
        everybody = self.broadcast or (self.matching > 1 and state.attempt > 0)
        to = tuple(range(self.seat.servers or 0)) if everybody else (state.server,)
        command = self.seat.commands[state.turn]
        signature = self.seat.keys.sign(self.seat.node, command) if self.signed else None
        again = Timer((state.turn, state.attempt), self.patience)
        return state, (*before, Send(to, Request(command, signature)), again)

    def timeout(self, state: _State, name: Any) -> Step:
        """Ask again, or for the next command."""
        if name == (state.turn, _NEXT):
            return self._begun(state)
        if name != (state.turn, state.attempt):
            return state, ()
        server = (state.server + 1) % (self.seat.servers or 1)
        return self._asked(state._replace(attempt=state.attempt + 1, server=server))

    def receive(self, state: _State, sender: int, message: Message) -> Step:
        """Count replies, and go on when enough are equal."""
        if sender >= (self.seat.servers or 0) or getattr(message, "number", None) != state.turn:
            return state, ()
        if state.turn == len(self.seat.commands):
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
            return self._asked(state._replace(attempt=state.attempt + 1, server=server))
        if not isinstance(message, Reply) or not is_value(message.value):
            return state, ()
        replies = (*(each for each in state.replies if each[0] != sender), (sender, message.value))
        if sum(value == message.value for _, value in replies) < self.matching:
            return state._replace(replies=replies), ()
        answered = Return(self.seat.commands[state.turn], message.value)
        after = _State(state.turn + 1, 0, sender if self.matching == 1 else state.server)
        if self.seat.pause and after.turn < len(self.seat.commands):
            return after, (answered, Timer((after.turn, _NEXT), self.seat.pause))
        return self._begun(after, answered)


def _is_server(node: Any, seat: Seat) -> bool:
    return isinstance(node, int) and 0 <= node < (seat.servers or 0)
