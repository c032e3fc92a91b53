"""Designs: which points of a scenario's parameters are tried.

A factor is any field of a scenario, or a parameter of one of its parts by a dotted name ("network.n").
Its levels are the values it takes. A design makes points out of them: the full grid, or levels paired
side by side. Points are numbered, and are made when asked for; a design of a million costs nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..agents.errors import InputError
from ..agents.parameters import parse

__all__ = ["Design", "check_distinct", "grid", "label", "levels", "paired", "read_levels"]

_NUMBER = r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*"
_RANGE = re.compile(rf"{_NUMBER}\.\.{_NUMBER}(?:\.\.{_NUMBER})?")
_MOST_LEVELS = 1_000_000
_RANGE_KEYS = {"from", "to", "step", "num"}


@dataclass(frozen=True)
class Design:
    """Levels by factor, and how they combine.

    Parameters
    ----------
    levels
        The levels of each factor, in the order given.
    side_by_side
        False for the full grid, whose last factor varies fastest; True to pair the first levels, the second
        ones, and so on.
    """

    levels: Mapping[str, tuple[Any, ...]]
    side_by_side: bool = False

    def __len__(self) -> int:
        sizes = [len(each) for each in self.levels.values()]
        return max(sizes, default=1) if self.side_by_side else prod(sizes)

    def places(self, points: ArrayLike) -> dict[str, NDArray[np.intp]]:
        """Return which level each factor has at the given points, by factor."""
        points = np.asarray(points, dtype=np.intp)
        sizes = tuple(len(each) for each in self.levels.values())
        if self.side_by_side:
            # a factor with one level keeps it throughout
            columns = [points if size > 1 else np.zeros_like(points) for size in sizes]
        else:
            columns = list(np.unravel_index(points, sizes)) if sizes else []
        return dict(zip(self.levels, columns, strict=True))

    def point(self, number: int) -> dict[str, Any]:
        """Return the factors' values at a point."""
        return {factor: self.levels[factor][place] for factor, place in self.places(number).items()}


def grid(factors: Mapping[str, Any]) -> Design:
    """Return every combination of the factors' levels.

    >>> design = grid({"network": ["ring", "path"], "traitors": range(3)})
    >>> len(design), design.point(4)
    (6, {'network': 'path', 'traitors': 1})

    Raises
    ------
    InputError
        If a factor has no levels, or one twice.
    """
    return Design({str(factor): levels(given, str(factor)) for factor, given in factors.items()})


def paired(factors: Mapping[str, Any]) -> Design:
    """Return the factors' levels side by side: the first of each, the second of each, and so on.

    A factor with a single level keeps it throughout.

    >>> design = paired({"network": "ring", "network.n": [10, 20], "traitors": [1, 2]})
    >>> [design.point(number) for number in range(len(design))]
    [{'network': 'ring', 'network.n': 10, 'traitors': 1}, {'network': 'ring', 'network.n': 20, 'traitors': 2}]

    Raises
    ------
    InputError
        If numbers of levels differ, or a factor has no levels.
    """
    read = {str(factor): levels(given, str(factor), distinct=False) for factor, given in factors.items()}
    sizes = {factor: len(each) for factor, each in read.items() if len(each) > 1}
    if len(set(sizes.values())) > 1:
        told = ", ".join(f"{factor} has {size}" for factor, size in sizes.items())
        raise InputError(f"paired factors need equally many levels: {told}; use grid for every combination")
    return Design(read, side_by_side=True)


def levels(given: Any, factor: str = "levels", *, distinct: bool = True) -> tuple[Any, ...]:
    """Return the levels that somebody means.

    Parameters
    ----------
    given
        A list, tuple, range, array or series of levels; a range as a text ("0..4", "0..1..0.25", both
        ends included) or a mapping with `from`, `to` and either `step` or `num`; anything else is one
        fixed level.
    factor
        Its name, for messages.
    distinct
        Refuse a level that is given twice.

    Examples
    --------
    >>> levels("0..4"), levels("0..1..0.25"), levels({"from": 1, "to": 100, "num": 3}), levels("ring(n=9)")
    ((0, 1, 2, 3, 4), (0.0, 0.25, 0.5, 0.75, 1.0), (1.0, 50.5, 100.0), ('ring(n=9)',))
    """
    if isinstance(given, range) and len(given) > _MOST_LEVELS:
        raise InputError(f"{factor} has {len(given)} levels, more than {_MOST_LEVELS}; sweep in parts")
    if isinstance(given, str):
        match = _RANGE.fullmatch(given)
        read = list(_stepped(factor, *match.groups())) if match else [given]
    elif isinstance(given, Mapping) and "from" in given and "name" not in given:
        read = list(_ranged(factor, given))
    elif isinstance(given, set | frozenset):
        raise InputError(f"{factor}: a set has no order, and runs are numbered in it; give a list")
    elif isinstance(given, list | tuple | range | Iterator) or getattr(given, "ndim", 0) == 1:
        read = [each.item() if isinstance(each, np.generic) else each for each in given]
    else:  # graphs and matrices can be iterated over too, and are one level
        read = [given]
    if not read:
        raise InputError(
            f"{factor} has no levels; give at least one, or leave the factor out for its default"
        )
    if distinct:
        check_distinct(factor, read)
    return tuple(read)


def check_distinct(factor: str, read: Iterable[Any]) -> None:
    """Raise InputError if a level is given twice, in whatever way it is written."""
    seen = set()
    for each in read:
        text = f"{type(each).__name__}:{label(each)}"
        if text in seen:
            raise InputError(f"{factor} has the level {label(each)} twice; give it once")
        seen.add(text)


def read_levels(text: str, factor: str = "levels") -> tuple[Any, ...]:
    """Return levels that were typed in a shell: values between commas, or a range.

    >>> read_levels("karate, ring(n=12)"), read_levels("0..2"), read_levels("0.5")
    (('karate', 'ring(n=12)'), (0, 1, 2), (0.5,))
    """
    if _RANGE.fullmatch(text):
        return levels(text, factor)
    _, values, named = parse(f"levels({text})")
    if named:
        raise InputError(f"{factor}={text!r}: write values between commas, such as {factor}=1,2,3")
    return levels(values, factor)


def label(level: Any) -> Any:
    """Return what stands in a frame's column for a level: numbers as they are, the rest as text."""
    if level is None or isinstance(level, bool | int | float):
        return level
    if isinstance(level, Mapping) and "name" in level:
        settings = ", ".join(f"{key}={each}" for key, each in level.items() if key != "name")
        return f"{level['name']}({settings})" if settings else str(level["name"])
    return str(level)


def _ranged(factor: str, given: Mapping[str, Any]) -> Iterable[Any]:
    unknown = set(given) - _RANGE_KEYS
    if unknown or "to" not in given or {"step", "num"} <= set(given):
        raise InputError(
            f"{factor}: a range has 'from', 'to' and either 'step' or 'num', not {', '.join(given)}"
        )
    if "num" not in given:
        return _stepped(factor, *(str(given.get(key, 1)) for key in ("from", "to", "step")))
    if not isinstance(given["num"], int) or not 1 <= given["num"] <= _MOST_LEVELS:
        raise InputError(f"{factor}: num={given['num']!r} must be a whole number from 1 to {_MOST_LEVELS}")
    values: list[Any] = np.linspace(given["from"], given["to"], given["num"]).tolist()
    return values


def _stepped(factor: str, first: str, last: str, step: str | None = None) -> Iterable[Any]:
    """Yield from first to last, both included; in decimals, so that 0.3 is 0.3."""
    try:
        start, stop, width = (Decimal(each) for each in (first, last, step or "1"))
    except ArithmeticError:
        raise InputError(f"{factor}: a range needs numbers, not {first}, {last}, {step}") from None
    if not (start <= stop and width > 0):
        raise InputError(f"{factor}: the range {first}..{last} must go upwards, by a step greater than 0")
    if (stop - start) / width >= _MOST_LEVELS:
        raise InputError(
            f"{factor}: the range {first}..{last} has more than {_MOST_LEVELS} levels; sweep in parts"
        )
    whole = all(each == each.to_integral_value() and "." not in str(each) for each in (start, stop, width))
    kind = int if whole else float
    return (kind(start + k * width) for k in range(int((stop - start) / width) + 1))
