"""Curves: quantities per step as charts, on axes that hold still while a run goes on.

An axis grows in coarse jumps, a curve of many steps is thinned to the same points whichever way they were reached, and
what is not a number leaves a gap. A point tells its step, so that a click brings the step back.
"""

from collections.abc import Sequence
from itertools import cycle
from math import ceil, floor, isfinite, log10
from textwrap import wrap
from typing import Any, NamedTuple

from ...models.records import Column
from ..labels import axis_label, number
from ..style import GREY

__all__ = [
    "TOOLTIP",
    "Panel",
    "chart",
    "curve",
    "dashes",
    "mark",
    "meaning",
    "rounded",
    "span",
    "thinned",
    "upright",
    "upto",
]

_MOST = 500  # points of a curve; more do not show
_FEW = 60  # points that have room for a dot each
_DIGITS = 6  # significant ones that are shown
_LEGEND, _NAME, _FOOT = 28, 42, 20  # pixels above all panels, above each, and below it
_LEFT, _ROOM = 64, 16  # pixels that numbers at the axis take, and percent of the width between columns
_FAR = 10**9  # along an axis
_LINE = 66  # letters of an axis' name in a line


def meaning(column: Column) -> str:
    """Return what the values of a column are, to be written at an axis: its meaning as far as the first semicolon.

    >>> meaning(Column("float64", "money", "mean price of the deals; missing if none"))
    'Mean price of the deals (money)'
    """
    said = column.meaning.partition(";")[0]
    return axis_label(said[:1].upper() + said[1:], column.unit)


def upright(name: str, columns: int = 1) -> dict[str, Any]:
    """Return a vertical axis, but for its values, with its name above it in two lines at most."""
    return {
        "name": "\n".join(wrap(name, _LINE // columns, max_lines=2, placeholder=" …")),
        "nameLocation": "end",
        "nameGap": 8,
        "nameTextStyle": {"align": "left", "padding": [0, 0, 0, 8 - _LEFT], "fontSize": 11, "lineHeight": 13},
    }


TOOLTIP: dict[str, Any] = {
    "confine": True,
    "padding": 6,
    "textStyle": {"fontSize": 11},
    "extraCssText": "white-space: pre-line; max-width: 320px",
}
"""How a tooltip looks; ECharts escapes what stands in it."""


class Panel(NamedTuple):
    """Axes with some curves.

    Parameters
    ----------
    name
        What the values are.
    vertical
        The axis of the values.
    series
        The curves, each as `curve` or `mark` makes it.
    """

    name: str
    vertical: dict[str, Any]
    series: list[dict[str, Any]]


def upto(least: float) -> int:
    """Return the next of 10, 20, 50, 100, 200, ...

    >>> [upto(steps) for steps in (0, 10, 11, 21, 101)]
    [10, 10, 20, 50, 200]
    """
    size, factors = 10, cycle((2, 2.5, 2))
    while size < least:
        size = round(size * next(factors))
    return size


def thinned(points: int, most: int = _MOST) -> list[int]:
    """Return which of some points are shown: as many at most and the last, the same ones for long while more come.

    >>> thinned(5), thinned(10, most=4)
    ([0, 1, 2, 3, 4], [0, 4, 8, 9])
    """
    stride = 1
    while points > stride * most:
        stride *= 2
    shown = list(range(0, points, stride))
    return shown if not points or shown[-1] == points - 1 else [*shown, points - 1]


def rounded(value: Any) -> float | None:
    """Return a number to a few digits; None of what is none.

    >>> rounded(2 / 3), rounded(float("nan")), rounded(12)
    (0.666667, None, 12.0)
    """
    return float(f"{value:.{_DIGITS}g}") if isfinite(value) else None


def span(values: Sequence[float], *, whole: bool = False) -> dict[str, Any]:
    """Return a linear axis for some values, whose ends and ticks change in coarse jumps only.

    Parameters
    ----------
    values
        Those that are no numbers do not count.
    whole
        Whether they are counts.

    Examples
    --------
    >>> span([0, 0.3, 0.7])
    {'type': 'value', 'min': 0.0, 'max': 1.0, 'interval': 0.2}
    >>> [(each["min"], each["max"]) for each in (span([3, 12]), span([8.9, 9.2]), span([-80, 55]))]
    [(0.0, 20.0), (8.9, 9.2), (-80.0, 80.0)]
    """
    known = [float(value) for value in values if isfinite(value)] or [0.0]
    low, high = min(known), max(known)
    near = max(low, -high)  # zero is shown unless all values are far from it, and differ
    if near > 0 and (near < max(high, -low) / 2 or high - low < 1e-6 * near):
        low, high = min(low, 0.0), max(high, 0.0)
    ends = _nice(max(high - low, 5.0 if whole else 0.0) or abs(high) or 1.0)
    tick = ends / 5
    first, last = floor(low / tick + 1e-9), ceil(high / tick - 1e-9)
    if low >= 0 and not first:
        last = 5
    last = max(last, first + 1)
    return {
        "type": "value",
        "min": _clean(first * tick),
        "max": _clean(last * tick),
        "interval": _clean(tick),
    }


def _nice(size: float) -> float:
    """Return the next of 1, 2 and 5 times a power of ten."""
    power = 10.0 ** floor(log10(size) + 1e-9)
    return next(each * power for each in (1, 2, 5, 10) if each * power >= size * (1 - 1e-9))


def _clean(value: float) -> float:
    return float(f"{value:.12g}")


def curve(
    name: str,
    values: Sequence[float],
    colour: str,
    *,
    first: int = 0,
    dashed: bool = False,
    most: int = _MOST,
) -> dict[str, Any]:
    """Return the curve of a quantity, a value a step; a dashed one is theory's, and cannot be clicked.

    Parameters
    ----------
    name
        For legend and tooltip.
    values
        From step `first` on.
    most
        Points that are shown at most.
    """
    shown = [(first + at, rounded(values[at])) for at in thinned(len(values), most)]
    data: list[Any] = [
        [step, value] if dashed else {"value": [step, value], "step": step} for step, value in shown
    ]
    line = {"type": "line", "name": name, "color": colour, "data": data}
    if dashed:
        return {**line, "symbol": "none", "silent": True, "lineStyle": {"width": 1.5, "type": "dashed"}}
    few = len(data) <= _FEW  # more have dots only where the pointer is
    return {
        **line,
        "showSymbol": few,
        "symbol": "circle",
        "symbolSize": 5 if few else 8,
        "lineStyle": {"width": 2},
        "emphasis": {"scale": 2},
    }


def mark(name: str, step: float, vertical: dict[str, Any]) -> dict[str, Any]:
    """Return a dotted upright line at a step, as high as a vertical axis."""
    return _straight(name, [[step, vertical["min"]], [step, vertical["max"]]], "dotted")


def dashes(name: str, value: float) -> dict[str, Any]:
    """Return a dashed level line of theory's, however far the axis reaches."""
    return _straight(f"{name}, {number(value)}", [[0, value], [_FAR, value]], "dashed")


def _straight(name: str, data: list[list[float]], kind: str) -> dict[str, Any]:
    return {
        "type": "line",
        "name": name,
        "color": GREY,
        "data": data,
        "symbol": "none",
        "silent": True,
        "lineStyle": {"width": 1.5, "type": kind},
        "tooltip": {"show": False},
    }


def chart(panels: Sequence[Panel], last: float, height: int, along: str = "Step") -> dict[str, Any]:
    """Return panels over the steps of a run as one chart.

    Parameters
    ----------
    panels
        In one column up to three, in two or three columns beyond.
    last
        The step up to which there is something to show at least.
    height
        Of the whole, in pixels.
    along
        What is counted along them, if not steps.
    """
    columns = 1 if len(panels) <= 3 else 2 if len(panels) <= 8 else 3
    rows = ceil(len(panels) / columns)
    tall, wide = (height - _LEGEND - _FOOT) / rows, 100 / columns
    legend = [each["name"] for panel in panels if len(panel.series) > 1 for each in panel.series]
    places = [divmod(place, columns) for place in range(len(panels))]
    return {
        "animation": False,
        "tooltip": {"trigger": "axis", **TOOLTIP},
        "axisPointer": {"link": [{"xAxisIndex": "all"}]},
        "legend": {"type": "scroll", "top": 0, "left": 44, "data": legend},
        "grid": [
            {
                "left": f"{column * wide + _ROOM:g}%" if column else _LEFT,
                "right": f"{100 - (column + 1) * wide:g}%" if column < columns - 1 else 16,
                "top": round(_LEGEND + row * tall + _NAME),
                "height": round(tall - _NAME - _FOOT),
            }
            for row, column in places
        ],
        "xAxis": [
            {
                "type": "value",
                "gridIndex": place,
                "min": 0,
                "max": upto(last),
                "name": "" if place + columns < len(panels) else along,
                "nameLocation": "middle",
                "nameGap": 22,
                "minInterval": 1,
                "splitLine": {"show": False},
                "axisPointer": {"label": {"formatter": f"{along} {{value}}", "precision": 0}},
            }
            for place in range(len(panels))
        ],
        "yAxis": [
            {**upright(panel.name, columns), **panel.vertical, "gridIndex": place}
            for place, panel in enumerate(panels)
        ],
        "series": [
            {**each, "xAxisIndex": place, "yAxisIndex": place}
            for place, panel in enumerate(panels)
            for each in (*panel.series, *_footing(panel.vertical))
        ],
    }


def _footing(vertical: dict[str, Any]) -> list[dict[str, Any]]:
    """Return an unseen point at the foot of a logarithmic axis: ECharts rounds its ticks as the least value shown."""
    if vertical["type"] != "log":
        return []
    return [
        {
            "type": "line",
            "data": [[0, vertical["min"]]],
            "symbol": "none",
            "silent": True,
            "tooltip": {"show": False},
        }
    ]
