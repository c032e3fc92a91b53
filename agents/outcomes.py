"""What is negotiated about: issues, and the space of all outcomes that they span.

The outcomes of a discrete space are numbered 0, 1, ... in mixed radix, the last issue fastest, as in a C array of the
space's `shape`. Preferences, tactics and solutions work with these numbers; values are looked up when somebody reads.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from numbers import Real
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from .errors import InputError, UnknownNameError
from .parameters import Parameters

__all__ = ["MOST_OUTCOMES", "Categorical", "Continuous", "Integer", "Issue", "Ordinal", "Space", "Value"]

MOST_OUTCOMES = 50_000_000
"""Spaces of more outcomes are described, but not evaluated: each party keeps 24 bytes an outcome."""

Value = bool | int | float | str


class Issue(Parameters, ABC):
    """One thing that is negotiated about. Its values are numbered from 0: these are its levels."""

    name: str = Field(min_length=1, description="what is negotiated about")

    @property
    @abstractmethod
    def size(self) -> int | None:
        """How many levels there are; None where there is a continuum."""

    @property
    def is_ordered(self) -> bool:
        """Whether more and less mean something, so that a value function can be linear."""
        return True

    @abstractmethod
    def value(self, level: int) -> Value:
        """Return the value that has a number."""

    @abstractmethod
    def level(self, value: Any) -> int:
        """Return the number of a value.

        Raises
        ------
        InputError
            If the issue does not have it.
        """

    @property
    @abstractmethod
    def quantities(self) -> NDArray[np.float64]:
        """The values as numbers, (size,).

        Raises
        ------
        InputError
            If they are not.
        """

    def _unknown(self, value: Any, known: str) -> InputError:
        return InputError(f"issue {self.name!r} has no value {value!r}; it has {known}")


class _Listed(Issue):
    values: tuple[Value, ...] = Field(min_length=1, description="its values")

    @model_validator(mode="after")
    def _different(self) -> Self:
        if len(self._levels) < len(self.values):
            twice = next(value for level, value in enumerate(self.values) if self._levels[value] != level)
            raise InputError(f"issue {self.name!r} has the value {twice!r} twice; name each once")
        return self

    @cached_property
    def _levels(self) -> dict[Value, int]:
        return {value: level for level, value in enumerate(self.values)}

    @property
    def size(self) -> int:
        """How many values there are."""
        return len(self.values)

    def value(self, level: int) -> Value:
        """Return the value that has a number."""
        return self.values[level]

    def level(self, value: Any) -> int:
        """Return the number of a value."""
        try:
            return self._levels[value]
        except (KeyError, TypeError):
            raise UnknownNameError(f"value of issue {self.name!r}:", value, map(str, self.values)) from None

    @property
    def quantities(self) -> NDArray[np.float64]:
        """The values as numbers, (size,)."""
        if not self.is_ordered or not all(isinstance(value, int | float) for value in self.values):
            raise InputError(
                f"issue {self.name!r}: its values are no quantities; make it an integer or continuous issue"
            )
        return np.array(self.values, dtype=np.float64)


class Categorical(_Listed):
    """An issue whose values have no order.

    >>> Categorical("colour", ["red", "green"]).level("green")
    1
    """

    @property
    def is_ordered(self) -> bool:
        """False."""
        return False


class Ordinal(_Listed):
    """An issue whose values have an order, the first the least.

    >>> Ordinal("delivery", ["this week", "this month", "some day"]).size
    3
    """


class Integer(Issue):
    """An issue whose values are whole numbers.

    >>> Integer("price", 10, 20).value(0)
    10
    """

    low: int = Field(0, description="least value")
    high: int = Field(10, description="greatest value")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise InputError(f"issue {self.name!r}: low={self.low} must be at most high={self.high}")
        return self

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return self.high - self.low + 1

    def value(self, level: int) -> int:
        """Return the number of a level."""
        return self.low + int(level)

    def level(self, value: Any) -> int:
        """Return the level of a number."""
        if _real(value) % 1 != 0 or not self.low <= value <= self.high:
            raise self._unknown(value, f"whole numbers from {self.low} to {self.high}")
        return int(value) - self.low

    @property
    def quantities(self) -> NDArray[np.float64]:
        """The numbers, (size,)."""
        return np.arange(self.low, self.high + 1, dtype=np.float64)


class Continuous(Issue):
    """An issue whose values fill an interval, or are evenly spaced in it.

    >>> Continuous("share", 0, 1, levels=5).value(1)
    0.25
    """

    low: float = Field(0.0, description="least value")
    high: float = Field(1.0, description="greatest value")
    levels: int | None = Field(None, ge=2, description="so many evenly spaced values; none: all of them")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low >= self.high or not math.isfinite(self.high - self.low):
            raise InputError(f"issue {self.name!r}: low={self.low:g} must be less than high={self.high:g}")
        return self

    @property
    def size(self) -> int | None:
        """How many evenly spaced values there are."""
        return self.levels

    @property
    def _last(self) -> int:
        if self.levels is None:
            raise InputError(
                f"issue {self.name!r} is continuous; give it levels, or use space.gridded(levels)"
            )
        return self.levels - 1

    def value(self, level: int) -> float:
        """Return the value of a level."""
        if level == self._last:
            return self.high
        return self.low + int(level) * (self.high - self.low) / self._last

    def level(self, value: Any) -> int:
        """Return the level of a value, which must be one up to rounding."""
        known = f"{self._last + 1} evenly spaced numbers from {self.low:g} to {self.high:g}"
        number = _real(value)
        if not self.low <= number <= self.high:
            raise self._unknown(value, known)
        level = round((number - self.low) / (self.high - self.low) * self._last)
        if abs(self.value(level) - number) > 1e-9 * (self.high - self.low):
            raise self._unknown(value, f"{known} ({self.value(level):g} is near)")
        return level

    @property
    def quantities(self) -> NDArray[np.float64]:
        """The evenly spaced values, (size,)."""
        values = self.low + np.arange(self._last + 1) * (self.high - self.low) / self._last
        values[-1] = self.high
        return values


def _real(value: Any) -> float:
    """Return a number as a float, and what is none as NaN."""
    return float(value) if isinstance(value, Real) else math.nan


@dataclass(frozen=True)
class Space:
    """All outcomes: one value for each issue.

    Parameters
    ----------
    issues
        At least one, each with a name of its own.

    Raises
    ------
    InputError
        If there are none, or two have one name.

    Examples
    --------
    >>> space = Space([Integer("price", 1, 3), Categorical("colour", ["red", "green"])])
    >>> space.size, space.outcome(3), space.index({"price": 2, "colour": "green"})
    (6, {'price': 2, 'colour': 'green'}, 3)
    >>> space.columns[0]
    array([0, 0, 1, 1, 2, 2], dtype=int32)
    """

    issues: Sequence[Issue]

    def __post_init__(self) -> None:
        object.__setattr__(self, "issues", tuple(self.issues))
        if not self.issues:
            raise InputError("an outcome space has at least one issue; name what is negotiated about")
        names = self.names
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise InputError(f"two issues are called {twice!r}; give each a name of its own")

    def __reduce__(self) -> tuple[Any, ...]:
        return (Space, (self.issues,))  # columns are made again where they are needed

    @property
    def names(self) -> tuple[str, ...]:
        """The issues' names."""
        return tuple(issue.name for issue in self.issues)

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """How many levels each issue has.

        Raises
        ------
        InputError
            If an issue is continuous.
        """
        sizes = tuple(issue.size for issue in self.issues)
        for issue, size in zip(self.issues, sizes, strict=True):
            if size is None:
                raise InputError(f"issue {issue.name!r} is continuous; use space.gridded(levels)")
        return sizes  # type: ignore[return-value]

    @property
    def size(self) -> int:
        """How many outcomes there are."""
        return math.prod(self.shape)

    def require_room(self) -> "Space":
        """Return the space, if its outcomes can be kept in arrays.

        Raises
        ------
        InputError
            If there are more than `MOST_OUTCOMES`.
        """
        if self.size > MOST_OUTCOMES:
            told = f"{self.size:,}" if self.size < 10**12 else f"about 1e{int(math.log10(self.size))}"
            raise InputError(
                f"{told} outcomes ({' x '.join(map(str, self.shape))}) are more than the "
                f"{MOST_OUTCOMES:,} that are evaluated; use fewer issues or levels"
            )
        return self

    @cached_property
    def columns(self) -> tuple[NDArray[np.int32], ...]:
        """For each issue its level in every outcome, each (size,), read-only."""
        self.require_room()
        columns = []
        for at, levels in enumerate(self.shape):
            after = math.prod(self.shape[at + 1 :])
            column = np.tile(np.repeat(np.arange(levels, dtype=np.int32), after), math.prod(self.shape[:at]))
            column.flags.writeable = False
            columns.append(column)
        return tuple(columns)

    def levels(self, index: int) -> tuple[int, ...]:
        """Return each issue's level in the outcome with that number."""
        if not 0 <= index < self.size:
            raise InputError(f"there is no outcome {index}; they are numbered from 0 to {self.size - 1}")
        levels = []
        for size in reversed(self.shape):
            index, level = divmod(int(index), size)
            levels.append(level)
        return tuple(reversed(levels))

    def outcome(self, index: int) -> dict[str, Value]:
        """Return each issue's value in the outcome with that number."""
        return {
            issue.name: issue.value(level)
            for issue, level in zip(self.issues, self.levels(index), strict=True)
        }

    def index(self, outcome: Mapping[str, Any] | Sequence[Any]) -> int:
        """Return the number of an outcome, given as names with values or as the values in the issues' order.

        Raises
        ------
        InputError
            If an issue or a value is unknown, or one is missing.
        """
        if not isinstance(outcome, Mapping):
            if len(outcome) != len(self.issues):
                raise InputError(f"{len(outcome)} values for {len(self.issues)} issues; give one for each")
            outcome = dict(zip(self.names, outcome, strict=True))
        unknown = next((name for name in outcome if name not in self.names), None)
        if unknown is not None:
            raise UnknownNameError("issue", unknown, self.names)
        missing = next((name for name in self.names if name not in outcome), None)
        if missing is not None:
            raise InputError(f"the outcome says nothing of {missing!r}; give every issue a value")
        index = 0
        for issue, size in zip(self.issues, self.shape, strict=True):
            index = index * size + issue.level(outcome[issue.name])
        return index

    def gridded(self, levels: int) -> "Space":
        """Return the space with so many evenly spaced values in place of each continuum.

        >>> Space([Continuous("share", 0, 1)]).gridded(11).outcome(3)
        {'share': 0.3}
        """
        return Space([issue.but(levels=levels) if issue.size is None else issue for issue in self.issues])
