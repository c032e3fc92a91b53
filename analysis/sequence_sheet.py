"""A sequence chart in print: a figure as wide as a column or a page of a journal."""

from functools import cache
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .labels import shortened
from .sequence_chart import CAME, Line, SequenceChart

if TYPE_CHECKING:
    from matplotlib.axes import Axes


__all__ = ["Sheet"]

_HIGH = 0.18  # inches from line to line
_LEFT = 0.45  # inches for times
_SMALL, _SIZE, _LARGE = 6, 6.5, 7  # points
_DASHES: Any = (0, (3, 2))


class Sheet:
    """A chart on paper, in inches from its upper left corner. Texts stand above their arrows and hide nothing."""

    def __init__(self, chart: SequenceChart) -> None:
        from .style import COLUMN, PAGE

        self.chart = chart
        count = max(len(chart.parties), 1)
        longest = max((_long(line.text) for line in chart.lines if line.kind != "gap"), default=0.0)
        self.width = min(max(_LEFT + 0.08 + count * max(0.55, longest + 0.2), COLUMN), PAGE)
        self.step = (self.width - _LEFT - 0.08) / count
        self.place = {party: _LEFT + self.step * (at + 0.5) for at, party in enumerate(chart.parties)}
        self.title = wrap(chart.title, int(self.width / 0.06))
        self.notes = wrap("; ".join(chart.notes), int(self.width / 0.051))
        self.names = 0.12 + 0.13 * len(self.title) + (0.06 if self.title else 0)
        self.first = self.names + 0.28
        self.bottom = self.first + _HIGH * (len(chart.lines) - 0.5)
        self.height = self.bottom + 0.3 + 0.11 * len(self.notes)

    def paint(self, ax: "Axes") -> None:
        """Draw the chart on Axes that measure inches."""
        from .style import BLACK, GREY, VERMILION

        for row, told in enumerate(self.title):
            ax.text(0.08, -0.11 - 0.13 * row, told, ha="left", va="center", size=_LARGE)
        ax.text(0.08, -self.names, "time\n(rounds)", ha="left", va="center", size=_SMALL, color=GREY)
        for party, x in self.place.items():
            liar = party in self.chart.traitors
            name = str(party) if self.step < 0.55 else f"{'traitor' if liar else 'party'} {party}"
            colour = VERMILION if liar else BLACK
            ax.text(x, -self.names, name, ha="center", va="center", size=_LARGE, color=colour)
            ends = [-self.names - 0.09, -self.bottom]
            ax.plot(
                [x, x], ends, color=colour if liar else GREY, lw=0.6, ls=_DASHES if liar else "-", zorder=1
            )
        for at, (line, time) in enumerate(zip(self.chart.lines, self.chart.times, strict=True)):
            y = -self.first - _HIGH * at
            ax.text(_LEFT - 0.05, y, time, ha="right", va="center", size=_SMALL, color=GREY)
            if line.kind == "gap":
                middle = (_LEFT + self.width) / 2
                ax.text(middle, y, f"⋮  {line.text}  ⋮", ha="center", va="center", size=_SIZE, bbox=_BLANK)
            elif line.sender is None:
                self._mark(ax, y, line)
            else:
                self._arrow(ax, y, line)
        self._legend(ax)
        for row, told in enumerate(self.notes):
            y = -self.bottom - 0.29 - 0.11 * row
            ax.text(0.08, y, told, ha="left", va="center", size=_SMALL, color=GREY)

    def _mark(self, ax: "Axes", y: float, line: Line) -> None:
        at = [self.place[party] for party in line.parties]
        ax.plot(at, [y] * len(at), **_mark(line.kind), zorder=3)
        told = "" if line.kind == "start" else line.text.removeprefix("timer ")
        if _long(told) + 0.2 > self.step:
            told = line.brief
        while len(told) > 1 and _long(told) + 0.15 > self.step:
            told = shortened(told, len(told) - 1)
        for x in at:
            beside = (0.06, "left") if x + 0.08 + _long(told) < self.width else (-0.06, "right")
            colour = _mark(line.kind)["mec"]
            ax.text(x + beside[0], y, told, ha=beside[1], va="center", size=_SIZE, color=colour)

    def _arrow(self, ax: "Axes", y: float, line: Line) -> None:
        from .style import BLACK, VERMILION

        assert line.sender is not None
        colour = VERMILION if line.sender in self.chart.traitors else BLACK
        lost = line.kind == "lost"
        start, there = self.place[line.sender], [self.place[party] for party in line.parties]
        back = min(0.12, self.step / 3) if lost else 0.035  # from a lifeline to the middle of a head
        left, right = [x + back for x in there if x < start], [x - back for x in there if x > start]
        for ends, head in ((left, "<"), (right, ">")):
            look: dict[str, Any] = {"marker": "x", "ms": 4} if lost else {"marker": head, "ms": 3.5, "mew": 0}
            ax.plot(ends, [y] * len(ends), ls="", color=colour, zorder=3, **look)
        reach = [min(*left, *right, start), max(*left, *right, start)]
        ax.plot(reach, [y, y], ls=_DASHES if lost else "-", lw=0.8, color=colour, zorder=2)
        ax.plot([start], [y], ".", ms=4, mew=0, color=colour, zorder=3)
        told = shortened(line.text, int((self.width - _LEFT) / 0.065))
        half = _long(told) / 2 + 0.03
        middle = start + max(self.step / 2, half) * (1 if right else -1)
        middle = min(max(middle, _LEFT + half), self.width - half)
        ax.text(middle, y + 0.055, told, ha="center", size=_SIZE, color=colour, bbox=_BLANK, zorder=1.5)

    def _legend(self, ax: "Axes") -> None:
        from matplotlib.lines import Line2D

        from .style import BLACK, VERMILION

        kinds = {line.kind for line in self.chart.lines}
        used = {name: _mark(kind) for kind, name in _NAMES.items() if kind in kinds}
        if "lost" in kinds:
            used["never arrives, drawn when sent"] = {
                "color": BLACK,
                "marker": "x",
                "ms": 4,
                "ls": "--",
                "lw": 0.8,
            }
        if set(self.chart.traitors) & set(self.chart.parties):
            used["traitor"] = {"color": VERMILION, "ls": _DASHES, "lw": 0.8}
        ax.legend(
            handles=[Line2D([], [], label=name, **look) for name, look in used.items()],
            loc="center left",
            bbox_to_anchor=(0.08, -self.bottom - 0.13),
            bbox_transform=ax.transData,
            ncols=max(len(used), 1),
            fontsize=_SMALL,
            handlelength=1.5,
            handletextpad=0.4,
            columnspacing=1.2,
            borderpad=0,
            borderaxespad=0,
        )


def _mark(kind: str) -> dict[str, Any]:
    """Return how the mark of a kind of line looks."""
    from .style import BLACK, BLUE

    look = {"marker": _SHAPES[kind], "ls": "", "ms": 4, "mew": 0.8}
    return look | ({"mfc": BLUE, "mec": BLUE} if kind in CAME else {"mfc": "white", "mec": BLACK})


@cache
def _long(text: str) -> float:
    """Return a text's length on paper."""
    from matplotlib.textpath import TextPath

    return float(TextPath((0, 0), text, size=_SIZE).get_extents().width) / 72 if text else 0.0


_NAMES = {
    "start": "start",
    "timer": "timer",
    "decision": "decides",
    "entry": "enters",
    "answer": "is answered",
}
_SHAPES = {"start": "o", "timer": "s", "decision": "D", "entry": "s", "answer": "^"}
_BLANK = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}
