"""Commands: what clients ask of a store, and what a store answers.

A store holds a value for each key, 0 at first. Its answers follow from the commands before, in the order of its
ledger; a command that comes again, as clients ask again, is answered as before and done once.
"""

from typing import Any, ClassVar, NamedTuple

from .ledger.fold import Fold
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


class _Contents:
    """What is there after so many commands, none of which came twice."""

    __slots__ = ("answered", "length", "values")

    def __init__(self) -> None:
        self.length = 0
        self.values: dict[int, Value] = {}
        self.answered: dict[int, tuple[int, Value]] = {}

    def do(self, command: Command) -> Value:
        client, number, key, value = command
        if value is None:
            value = self.values.get(key, 0)
        else:
            self.values[key] = value
        self.answered[client] = number, value
        self.length += 1
        return value


class Store(Fold[Command, _Contents]):
    """What a ledger of commands amounts to, immutable.

    Examples
    --------
    >>> store, result = Store().after(Command(client=3, number=0, key=1, value=7))
    >>> store.after(Command(client=4, number=0, key=1))[1]
    7
    """

    __slots__ = ()

    empty: ClassVar[Any] = _Contents

    def after(self, command: Command) -> tuple["Store", Value]:
        """Return the store after a command, and its answer; that of a write is what it wrote.

        What a client had asked for before its last command is not done again either; it has its answer, and is told
        that of the last.
        """
        number, result = self.answered(command.client)
        return (self, result) if command.number <= number else self.and_then(command)

    def answered(self, client: int) -> tuple[int, Value]:
        """Return the number of a client's last command, and what it was answered; -1 and 0 before its first."""
        return self.contents().answered.get(client, _UNANSWERED)
