"""Fold: what a log amounts to, as a value.

Whoever does entries one after another has a state that grows with them. Here the states that continue each other share
their contents in memory, which are those of the longest; one that is gone back to makes its own anew. So an entry takes
constant time, however much is there, and a machine's state that holds a fold can be kept, compared and gone back to.
"""

from abc import abstractmethod
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar

from .log import Log

__all__ = ["Contents", "Fold"]

T = TypeVar("T")
C = TypeVar("C", bound="Contents")


class Contents(Protocol):
    """What is there after so many entries; it changes as they are done."""

    length: int

    @abstractmethod
    def do(self, entry: Any) -> Any:
        """Do one more entry, counting it, and return what comes of it."""


class Fold(Generic[T, C]):
    """What a log of entries amounts to, immutable. Equal logs amount to the same.

    Attributes
    ----------
    empty : type
        Makes what is there before any entry.
    """

    __slots__ = ("_contents", "_log")

    empty: ClassVar[Any]

    def __init__(self) -> None:
        self._log: Log[T] = Log()
        self._contents: C = self.empty()

    def contents(self) -> C:
        """Return what is there, made anew if a longer one went on with it; to be looked at only."""
        if self._contents.length != len(self._log):
            self._contents = self.empty()
            for entry in self._log:
                self._contents.do(entry)
        return self._contents

    def and_then(self, entry: T) -> tuple[Self, Any]:
        """Return it after one more entry, and what came of that."""
        contents = self.contents()
        longer = object.__new__(type(self))
        longer._log, longer._contents = self._log.and_then(entry), contents
        return longer, contents.do(entry)

    def __len__(self) -> int:
        return len(self._log)

    def __eq__(self, other: Any) -> bool:
        return self._log == other._log if isinstance(other, Fold) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._log)
