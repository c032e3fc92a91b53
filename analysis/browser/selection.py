"""Selections: what a results page shows of a sweep, as it stands in the browser's address bar."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote

import numpy as np
import pandas as pd

from ...agents.errors import InputError, UnknownNameError
from ...experiments.result import Result
from ..figures import figures
from ..labels import heading

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Selection", "outcomes", "places", "properties"]

_KEEP = "keep."
_LUCK = ("run", "replicate", "seed")
_NUMBERS = ("int64", "Int64", "float64", "boolean", "bool")


@dataclass(frozen=True)
class Selection:
    """What a results page shows. What is left empty is as `fitted` finds best.

    Parameters
    ----------
    kept
        By factor, the levels that are kept, as text; a factor that is not named keeps all.
    rows, columns
        The factors of the map.
    shown
        What its cells show: one of `outcomes`.
    cell
        The levels, as text, of the cell whose runs are listed: the row's and the column's.
    page
        Of that list, from 0.
    figure
        The one that is drawn.

    Examples
    --------
    >>> selection = Selection({"network": ("karate", "ring(n=9, k=2)")}, rows="traitors", cell=("0", "linear"))
    >>> str(selection)
    '/?results&keep.network=karate&keep.network=ring(n=9,%20k=2)&rows=traitors&cell=0&cell=linear'
    >>> Selection.read(str(selection)) == selection
    True
    """

    kept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: str = ""
    columns: str = ""
    shown: str = ""
    cell: tuple[str, ...] = ()
    page: int = 0
    figure: str = ""

    @classmethod
    def asked(cls, text: str) -> bool:
        """Return whether an address asks for results."""
        return text.partition("?")[2].partition("&")[0].rstrip("=") == "results"

    @classmethod
    def read(cls, text: str) -> "Selection":
        """Return the selection that an address stands for.

        Raises
        ------
        InputError
            If it stands for none: it was cut off or changed by hand.
        """
        told: dict[str, list[str]] = {}
        for key, value in parse_qsl(text.partition("?")[2], keep_blank_values=True):
            told.setdefault(key, []).append(value)
        told.pop("results", None)
        kept = {key.removeprefix(_KEEP): tuple(told.pop(key)) for key in list(told) if key.startswith(_KEEP)}
        cell = tuple(told.pop("cell", ()))
        known = [each.name for each in fields(cls) if each.name not in ("kept", "cell")]
        for key, values in told.items():
            if key not in known:
                raise UnknownNameError(
                    "part of an address of results", key, [*known, "cell", f"{_KEEP}FACTOR"]
                )
            if len(values) > 1:
                raise InputError(f"the address gives {key} twice; give it once")
        named: dict[str, Any] = {key: value for key, (value,) in told.items()}
        page = named.pop("page", "0")
        if not (page.isascii() and page.isdigit() and len(page) < 10):
            raise InputError(f"page={page!r} must be a whole number from 0; leave it out")
        return cls(kept, cell=cell, page=int(page), **named)

    def but(self, **changes: Any) -> "Selection":
        """Return a selection with something changed; the list of runs begins anew."""
        return replace(self, **{"page": 0, **changes})

    def fitted(self, result: Result) -> "Selection":
        """Return the selection for a sweep, with what was left empty.

        The factors with most levels make columns and rows; the share of runs that kept the first property is shown.

        Raises
        ------
        InputError
            If it names what the sweep does not have.
        """
        levels = {factor: [str(each) for each in given] for factor, given in result.factors.items()}
        for factor, wanted in self.kept.items():
            _known("factor", factor, levels)
            for each in wanted:
                _known(f"level of {factor}", each, levels[factor])
        for factor in filter(None, (self.rows, self.columns)):
            _known("factor", factor, levels)
        if self.rows and self.rows == self.columns:
            raise InputError(f"rows and columns are both {self.rows}; choose two factors")
        free = [each for each in levels if len(levels[each]) > 1 and each not in (self.rows, self.columns)]
        free.sort(key=lambda each: -len(levels[each]))
        columns = self.columns or next(iter(free), "")
        rows = self.rows or next((each for each in free if each != columns), "")
        shown = self.shown or next(iter(outcomes(result)))
        _known("outcome", shown, outcomes(result))
        if self.figure:
            _known("figure", self.figure, figures)
        axes = [each for each in (rows, columns) if each]
        if self.cell:
            if len(self.cell) != len(axes):
                raise InputError(
                    f"a cell has a level of {' and one of '.join(axes)}, not {', '.join(self.cell)}"
                )
            for axis, each in zip(axes, self.cell, strict=True):
                _known(f"level of {axis}", each, levels[axis])
        return replace(self, rows=rows, columns=columns, shown=shown)

    @property
    def axes(self) -> tuple[str, ...]:
        """The factors of the map: that of its rows and that of its columns, as far as there are such."""
        return tuple(each for each in (self.rows, self.columns) if each)

    def runs(self, result: Result) -> pd.DataFrame:
        """Return the runs that are kept."""
        return _with_levels(result, result.runs, self.kept)

    def behind(self, result: Result) -> pd.DataFrame:
        """Return the runs of the cell that is chosen; all that are kept, if none is."""
        return _with_levels(
            result,
            self.runs(result),
            {axis: (each,) for axis, each in zip(self.axes, self.cell, strict=False)},
        )

    def __str__(self) -> str:
        pairs = [(_KEEP + factor, each) for factor, levels in self.kept.items() for each in levels]
        pairs += [(key, getattr(self, key)) for key in ("rows", "columns", "shown") if getattr(self, key)]
        pairs += [("cell", each) for each in self.cell]
        pairs += [(key, str(getattr(self, key))) for key in ("page", "figure") if getattr(self, key)]
        return "/?" + "&".join(
            ["results", *(f"{quote(key)}={quote(text, safe='(),=[]:/')}" for key, text in pairs)]
        )


def properties(result: Result) -> list[str]:
    """Return the names of the properties that the runs are judged by."""
    columns = result.columns["runs"]
    return [name for name in columns if f"{name}_step" in columns]


def outcomes(result: Result) -> dict[str, str]:
    """Return what a map can show, in words: how often properties were held or violated, and means.

    >>> from accord import sweep
    >>> list(outcomes(sweep("averaging", {"network": "petersen"})).items())[:2]
    [('agreement held', 'Agreement held'), ('agreement violated', 'Agreement violated')]
    """
    shares = [f"{name} {status}" for name in properties(result) for status in ("held", "violated")]
    means = [
        name
        for name, column in result.columns["runs"].items()
        if column.dtype in _NUMBERS and name not in (*_LUCK, *result.factors)
    ]
    return {each: heading(each) for each in shares} | {
        each: f"Mean {heading(each).lower()}" for each in means
    }


def places(result: Result, runs: pd.DataFrame) -> "dict[str, NDArray[np.intp]]":
    """Return which level of each factor some runs have, by factor."""
    return result.design.places(runs["run"].to_numpy() // result.replicates)


def _with_levels(result: Result, runs: pd.DataFrame, wanted: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    found = places(result, runs)
    keep = np.ones(len(runs), dtype=bool)
    for factor, texts in wanted.items():
        keep &= np.array([str(each) in texts for each in result.factors[factor]])[found[factor]]
    return runs[keep]


def _known(noun: str, name: str, known: Any) -> None:
    if name not in known:
        raise UnknownNameError(f"{noun} of this sweep", name, known)
