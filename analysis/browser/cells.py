"""Cells: the runs of a sweep by two of its factors, and the map that shows them."""

from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.colors import to_hex

from ...experiments.result import Result
from ..intervals import wilson
from ..labels import heading, level_labels, number, plural, share
from ..style import GREY, VALUES, VERMILION
from .selection import Selection, outcomes, places, properties
from .views import Chart

__all__ = ["Cell", "Cells"]

_LEGIBLE = 300  # cells that have room for a number
_LEVEL_NAMES = 12  # that have room below the map
_DARK = 0.6  # of the colours, to the eye
_ROW, _MARGINS, _TALLEST, _WIDTH = 34, 145, 900, 480  # pixels


class Cell(NamedTuple):
    """What the runs of a cell say.

    Parameters
    ----------
    row, column
        Which levels; 0 where the map has no such factor.
    value
        A share or a mean; None where no run tells.
    low, high
        A share's 95 % interval by Wilson; of numbers, the least and the greatest.
    telling, successes
        How many runs tell, and how many of these say yes.
    runs
        How many there are.
    unfinished
        How many of these failed, crashed or were killed.
    """

    row: int
    column: int
    value: float | None
    low: float
    high: float
    telling: int
    successes: int
    runs: int
    unfinished: int


class Cells:
    """The map of a sweep's runs by two factors.

    Parameters
    ----------
    result
        The sweep's.
    selection
        Which runs, by which factors, and what is shown of them; fitted to the result.

    Attributes
    ----------
    cells : list of Cell
        Those that have runs.
    shares : bool
        Whether shares of runs are shown; else means.
    """

    def __init__(self, result: Result, selection: Selection) -> None:
        self._selection = selection
        self.told = outcomes(result)[selection.shown]
        self.shares = _is_share(result, selection.shown)
        self._rows, self._columns = (_names(result, each) for each in (selection.rows, selection.columns))
        self._chosen = tuple(
            [str(each) for each in result.factors[axis]].index(level)
            for axis, level in zip(selection.axes, selection.cell, strict=False)
        )
        self.cells = list(_cells(result, selection, self.shares))

    @property
    def height(self) -> int:
        """How tall the map is, in pixels; it does not change with what is kept or shown."""
        return min(_MARGINS + _ROW * max(4, len(self._rows)), _TALLEST)

    @property
    def option(self) -> Chart:
        """The chart; a cell that is clicked on tells its place: row and column."""
        values = [each.value for each in self.cells if each.value is not None]
        least, most = (0.0, 1.0) if self.shares else (min(values, default=0.0), max(values, default=0.0))
        many = len(self._columns) > _LEVEL_NAMES
        return {
            "animation": False,
            "tooltip": {},
            "grid": {"left": 16, "right": 100, "top": 28, "bottom": 30, "containLabel": True},
            "xAxis": _axis(self._selection.columns, self._columns, _WIDTH // len(self._columns))
            | {"nameGap": 70 if many else 46},
            "yAxis": _axis(self._selection.rows, self._rows, 180)
            | {"inverse": True, "nameLocation": "start"},
            "visualMap": {
                "min": least,
                "max": most if most > least else least + 1,
                "dimension": 2,
                "calculable": False,
                "right": 0,
                "top": "center",
                "text": [self._written(most), self._written(least)],
                "inRange": {"color": [to_hex(colormaps[VALUES](each)) for each in np.linspace(0, 1, 9)]},
            },
            "series": [
                {
                    "type": "heatmap",
                    "label": {"show": len(self._rows) * len(self._columns) <= _LEGIBLE, "fontSize": 11},
                    "itemStyle": {"borderWidth": 1, "borderColor": "rgba(128, 128, 128, 0.35)"},
                    "emphasis": {"itemStyle": {"borderColor": VERMILION, "borderWidth": 2}},
                    "data": [
                        self._item(each, least, most)
                        for each in sorted(self.cells, key=self._is_chosen)  # its border above the others'
                    ],
                }
            ],
        }

    def _item(self, cell: Cell, least: float, most: float) -> dict[str, Any]:
        item: dict[str, Any] = {
            "go": [cell.row, cell.column],
            "tooltip": {"formatter": self._explained(cell)},
            "itemStyle": {},
        }
        if self._is_chosen(cell):
            item["itemStyle"] = {"borderColor": VERMILION, "borderWidth": 3}
        if cell.value is None:  # there are runs, and none of them tells
            item["value"], item["visualMap"] = [cell.column, cell.row, least], False
            item["itemStyle"] |= {"color": GREY, "opacity": 0.5}
            item["label"] = {"formatter": "failed" if cell.unfinished == cell.runs else "none"}
            return item
        dark = (cell.value - least) / ((most - least) or 1) < _DARK
        item["value"] = [cell.column, cell.row, cell.value]
        item["label"] = {"formatter": self._written(cell.value), "color": "#fff" if dark else "#000"}
        return item

    def _is_chosen(self, cell: Cell) -> bool:
        places = {self._selection.rows: cell.row, self._selection.columns: cell.column}
        return bool(self._chosen) and tuple(places[axis] for axis in self._selection.axes) == self._chosen

    def _explained(self, cell: Cell) -> str:
        """Return what stands in a cell's tooltip, as HTML."""
        axes = (
            (self._selection.rows, self._rows, cell.row),
            (self._selection.columns, self._columns, cell.column),
        )
        lines = [f"{heading(factor)}: {names[place]}" for factor, names, place in axes if factor]
        runs = plural(cell.telling, "run")
        if cell.value is None:
            lines.append(f"{self.told}: no run tells")
        elif self.shares:
            lines.append(f"{self.told} in {cell.successes:,} of {runs}, {self._written(cell.value)}")
            lines.append(f"95 % interval {self._written(cell.low)} to {self._written(cell.high)}")
        else:
            lines.append(f"{self.told} of {runs}: {self._written(cell.value)}")
            lines.append(f"from {self._written(cell.low)} to {self._written(cell.high)}")
        if cell.unfinished:
            lines.append(f"{plural(cell.unfinished, 'run')} did not finish")
        return "<br>".join(map(escape, lines))

    def _written(self, value: float) -> str:
        return share(value) if self.shares else number(value)


def _is_share(result: Result, shown: str) -> bool:
    """Return whether an outcome is yes or no, so that cells show in which share of the runs it was yes."""
    columns = result.columns["runs"]
    return shown not in columns or columns[shown].dtype.startswith("bool")


def _cells(result: Result, selection: Selection, shares: bool) -> Iterator[Cell]:
    runs = selection.runs(result)
    found, nowhere = places(result, runs), np.zeros(len(runs), dtype=np.intp)
    ended = (runs["status"] == "ok").to_numpy()
    table = pd.DataFrame(
        {
            "row": found.get(selection.rows, nowhere),
            "column": found.get(selection.columns, nowhere),
            "value": np.where(ended, _values(result, runs, selection.shown), np.nan),
            "unfinished": ~ended,
        }
    )
    place: Any
    for place, part in table.groupby(["row", "column"]):
        told = part["value"].dropna()
        value = float(told.mean()) if len(told) else None
        low, high = wilson(told.sum(), len(told)) if shares else (told.min(), told.max())
        row, column = map(int, place)
        counts = len(told), int(told.sum()) if shares else 0, len(part), int(part["unfinished"].sum())
        yield Cell(row, column, value, float(low), float(high), *counts)


def _values(result: Result, runs: pd.DataFrame, shown: str) -> Any:
    """Return what is shown of each run, as a number; NaN where it does not tell."""
    name, _, status = shown.rpartition(" ")
    if name in properties(result):
        return (runs[name] == status).where(runs[name].notna()).to_numpy(dtype=float, na_value=np.nan)
    return runs[shown].to_numpy(dtype=float, na_value=np.nan)


def _names(result: Result, factor: str) -> list[str]:
    """Return what stands at an axis for each level, shortened where that tells them apart."""
    levels = [str(each) for each in result.factors.get(factor, ("",))]
    names = level_labels(levels)
    return [names[each] for each in levels]


def _axis(factor: str, names: list[str], width: int) -> dict[str, Any]:
    return {
        "type": "category",
        "data": names,
        "name": heading(factor) if factor else "",
        "nameLocation": "middle",
        "splitLine": {"show": False},
        "axisTick": {"show": False},
        "axisLabel": {
            "interval": 0 if len(names) <= 40 else "auto",
            "rotate": 30 if len(names) > _LEVEL_NAMES else 0,
            "lineHeight": 14,
            "width": width if len(names) <= _LEVEL_NAMES else 110,
            "overflow": "break" if len(names) <= _LEVEL_NAMES else "truncate",
        },
    }
