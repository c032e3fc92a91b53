"""Log: a list of entries that is never changed, only continued or cut into another.

Logs that continue each other share their entries in memory, so that adding one takes constant time, and a state that
holds a log stays a value: it can be kept, compared and gone back to.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, Self, TypeVar, overload

__all__ = ["Log"]

T = TypeVar("T")


class Log(Sequence[T], Generic[T]):
    """An immutable sequence of entries.

    Parameters
    ----------
    entries
        The first ones.

    Examples
    --------
    >>> log = Log("ab")
    >>> longer, other = log.and_then("c"), log.and_then("d")
    >>> log, longer, other, longer.cut(1)
    (Log('a', 'b'), Log('a', 'b', 'c'), Log('a', 'b', 'd'), Log('a'))
    """

    __slots__ = ("_length", "_shared")

    def __init__(self, entries: Iterable[T] = ()) -> None:
        self._shared = list(entries)
        self._length = len(self._shared)

    def _of(self, shared: list[T], length: int) -> Self:
        log = object.__new__(type(self))
        log._shared, log._length = shared, length
        return log

    def and_then(self, *entries: T) -> Self:
        """Return a log with some entries more."""
        shared, length = self._shared, self._length
        # somebody else went on from here; or will, as an empty log is often a constant
        if len(shared) != length or not length:
            shared = shared[:length]
        shared += entries
        return self._of(shared, len(shared))

    def cut(self, length: int) -> Self:
        """Return the log of the first entries."""
        return self if length >= self._length else self._of(self._shared, length)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        length = self._length
        if isinstance(index, slice):
            start, stop, step = index.indices(length)
            return tuple(self._shared[start:stop:step])
        if not -length <= index < length:
            raise IndexError(f"the log has {length} entries; there is no entry {index}")
        return self._shared[index if index >= 0 else index + length]

    def __iter__(self) -> Iterator[T]:
        return iter(self._shared[: self._length])

    def __eq__(self, other: Any) -> bool:
        if not isinstance(other, Log):
            return NotImplemented
        return self._length == other._length and (self._shared is other._shared or self[:] == other[:])

    def __hash__(self) -> int:
        return hash((self._length, self._shared[self._length - 1] if self._length else None))

    def __repr__(self) -> str:
        return f"Log({', '.join(map(repr, self))})"
