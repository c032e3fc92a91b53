"""Commands: what clients ask of a store, and what a store answers.

A store holds a value for each key, 0 at first. Its answers follow from the commands before, in the order of its
ledger; a command that comes again, as clients ask again, is answered as before and done once.
"""

from typing import Any, NamedTuple

from .ledger.log import Log
from .machine import Value, is_value

__all__ = ["Command", "Store"]

_UNANSWERED = -1, 0


class Command(NamedTuple):
    """A client's wish: to write a value under a key, or to read what is there.

    Parameters
    ----------
    client
        Whose it is, by node.
    number
        Which of its commands, from 0. A client waits for one before it begins the next.
    key
        0..keys-1.
    value
        What is to be written; None to read.
    """

    client: int
    number: int
    key: int
    value: Value | None = None

    @property
    def is_sane(self) -> bool:
        """Whether it has the form that an honest client would give it."""
        client, number, key, value = self
        if not type(client) is type(number) is type(key) is int:
            return False
        return client >= 0 <= number and key >= 0 and (value is None or is_value(value))

    def __str__(self) -> str:
        act = f"read {self.key}" if self.value is None else f"write {self.key} {self.value:g}"
        return f"{act} [{self.client}.{self.number}]"


class Store:
    """What a ledger of commands amounts to, immutable.

    Stores that continue each other share their contents in memory, which are those of the longest; one that is gone
    back to makes its own anew. So a command takes constant time, however many keys and clients there are.

    Examples
    --------
    >>> store, result = Store().after(Command(client=3, number=0, key=1, value=7))
    >>> store.after(Command(client=4, number=0, key=1))[1]
    7
    """

    __slots__ = ("_contents", "_done")

    def __init__(self) -> None:
        self._done: Log[Command] = Log()
        self._contents = _Contents(self._done)

    def after(self, command: Command) -> tuple["Store", Value]:
        """Return the store after a command, and its answer; that of a write is what it wrote.

        What a client had asked for before its last command is not done again either; it has its answer, and is told
        that of the last.
        """
        contents = self._own()
        number, result = contents.answered.get(command.client, _UNANSWERED)
        if command.number <= number:
            return self, result
        store = Store.__new__(Store)
        store._done, store._contents = self._done.and_then(command), contents
        return store, contents.do(command)

    def answered(self, client: int) -> tuple[int, Value]:
        """Return the number of a client's last command, and what it was answered; -1 and 0 before its first."""
        return self._own().answered.get(client, _UNANSWERED)

    def _own(self) -> "_Contents":
        """Return the contents as they are here, made anew if a longer store went on with them."""
        if self._contents.length != len(self._done):
            self._contents = _Contents(self._done)
        return self._contents

    def __eq__(self, other: Any) -> bool:
        return self._done == other._done if isinstance(other, Store) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._done)


class _Contents:
    """What is there after so many commands, none of which came twice."""

    __slots__ = ("answered", "length", "values")

    def __init__(self, done: Log[Command]) -> None:
        self.length = 0
        self.values: dict[int, Value] = {}
        self.answered: dict[int, tuple[int, Value]] = {}
        for command in done:
            self.do(command)

    def do(self, command: Command) -> Value:
        client, number, key, value = command
        if value is None:
            value = self.values.get(key, 0)
        else:
            self.values[key] = value
        self.answered[client] = number, value
        self.length += 1
        return value
