"""Designs: which points of a scenario's parameters are tried.

A factor is any field of a scenario, or a parameter of one of its parts by a dotted name ("network.n").
Its levels are the values it takes. A design makes points out of them: the full grid, or levels paired
side by side, and may leave out points that cannot exist. Points are numbered, and are made when asked for; a
design of a million costs nothing.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
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
_MOST_JUDGED = 10_000_000  # points that `where` is asked about
_QUOTED = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`""")
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
    where
        Keeps only the points for which this is true: an expression as `DataFrame.query` reads it, on the factors'
        values. Numbers are numbers in it and everything else is text; names with a dot or a dash stand
        in backquotes.
    """

    levels: Mapping[str, tuple[Any, ...]]
    side_by_side: bool = False
    where: str | None = None

    def __len__(self) -> int:
        return self._size if self._kept is None else len(self._kept)

    def places(self, points: ArrayLike) -> dict[str, NDArray[np.intp]]:
        """Return which level each factor has at the given points, by factor."""
        points = np.asarray(points, dtype=np.intp)
        return self._places(points if self._kept is None else self._kept[points])

    def point(self, number: int) -> dict[str, Any]:
        """Return the factors' values at a point."""
        return {factor: self.levels[factor][place] for factor, place in self.places(number).items()}

    @property
    def _size(self) -> int:
        """Number of points before any is left out."""
        sizes = [len(each) for each in self.levels.values()]
        return max(sizes, default=1) if self.side_by_side else prod(sizes)

    def _places(self, points: NDArray[np.intp]) -> dict[str, NDArray[np.intp]]:
        sizes = tuple(len(each) for each in self.levels.values())
        if self.side_by_side:
            # a factor with one level keeps it throughout
            columns = [points if size > 1 else np.zeros_like(points) for size in sizes]
        else:
            columns = list(np.unravel_index(points, sizes)) if sizes else []
        return dict(zip(self.levels, columns, strict=True))

    @cached_property
    def _kept(self) -> NDArray[np.intp] | None:
        """The points that are left, by their numbers before any was left out; None if all are."""
        if self.where is None:
            return None
        if self._size > _MOST_JUDGED:
            raise InputError(
                f"where={self.where!r} is asked about {self._size} points, more than {_MOST_JUDGED}; sweep in parts"
            )
        kept = np.flatnonzero(self._judged(self.where))
        if not len(kept):
            raise InputError(
                f"where={self.where!r} leaves none of {self._size} points; widen it or the levels"
            )
        return kept

    def _judged(self, where: str) -> NDArray[np.bool_]:
        """Return for every point whether an expression is true of it."""
        import pandas as pd

        frame = pd.DataFrame(
            {
                # as runs are labelled, so that a design read from a manifest keeps the same points
                factor: pd.Series([label(level) for level in self.levels[factor]]).to_numpy()[places]
                for factor, places in self._places(np.arange(self._size)).items()
            }
        )
        try:
            _require_harmless(where)
            judged = frame.eval(where, engine="python", local_dict={}, global_dict={})
        except Exception as error:  # whatever is wrong with it, in whatever depth of pandas
            message = " ".join(str(error).split())
            raise InputError(
                f"where={where!r} cannot be read ({type(error).__name__}: {message}); compare factors as in "
                f'"traitors <= `network.n` - 2"; they are {_quoted(self.levels)}'
            ) from None
        if not isinstance(judged, pd.Series) or not pd.api.types.is_bool_dtype(judged):
            raise InputError(
                f"where={where!r} must be true or false of each point; compare factors, such as "
                f"{_quoted(list(self.levels)[:1])} == ..."
            )
        answer: NDArray[np.bool_] = judged.to_numpy()
        return answer


def grid(factors: Mapping[str, Any], *, where: str | None = None) -> Design:
    """Return every combination of the factors' levels, but for those that `where` leaves out.

    >>> design = grid({"network": ["ring", "path"], "traitors": range(3)})
    >>> len(design), design.point(4)
    (6, {'network': 'path', 'traitors': 1})
    >>> len(grid({"network.n": [3, 4, 5], "traitors": range(3)}, where="traitors <= `network.n` - 2"))
    8

    Raises
    ------
    InputError
        If a factor has no levels, or one twice.
    """
    if where is not None and not isinstance(where, str):
        raise InputError(f"where={where!r}: give an expression as a text, such as 'traitors <= f'")
    return Design({str(factor): levels(given, str(factor)) for factor, given in factors.items()}, where=where)


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
    try:
        _, values, named = parse(f"{factor}({text})")
    except InputError:
        raise InputError(
            f"{factor}={text!r}: a bracket, quote or value is missing; write {factor}=1,2,3"
        ) from None
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


def _quoted(factors: Iterable[str]) -> str:
    """Return names as an expression takes them."""
    return ", ".join(each if each.isidentifier() else f"`{each}`" for each in factors)


_TEXT = ("str", "contains", "startswith", "endswith")  # what may be asked of levels that are text


def _require_harmless(where: str) -> None:
    """Raise SyntaxError where an expression does more than compare: `where` may come with somebody else's folder."""
    plain = _QUOTED.sub(" 0 ", where)  # names in backquotes are no Python
    for node in ast.walk(ast.parse(plain.strip())):
        if isinstance(node, ast.Attribute) and node.attr not in _TEXT:
            raise SyntaxError(f"a dot stands in numbers, in backquotes and before {', '.join(_TEXT)} only")


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
