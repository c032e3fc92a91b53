"""Sequence charts: who told whom what, when and in which order, for a terminal and for print.

Each party has a lifeline, and time runs downwards, an event a line. An arrow stands where a message arrives; the same
message from one sender to several parties, one right after the other, is one arrow with several heads. Messages to
oneself are not drawn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, NamedTuple

from ..agents.errors import InputError
from ..models.agreement import AgreementModel
from ..models.schedule import Happening, Schedule
from ..models.simulation import START, TIMER
from .labels import number, plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..models.catalogue.generals import Generals

__all__ = ["Line", "SequenceChart"]

_MOST = 48  # lines that a page of a journal holds
_PLAIN = str.maketrans("│┊─├┤┼●▶◀○◷◆✕⋮", "|:-++++><o@#x:")
_FORMATS = (".svg", ".pdf", ".png")


class Line(NamedTuple):
    """What stands on one line of a chart.

    Parameters
    ----------
    time
        In rounds.
    kind
        "start", "timer", "message", "lost" (a message that never arrives), "decision" or "gap" (lines left out).
    parties
        Those to whom it happens.
    text
        The message, the timer's name, the decision.
    sender
        Of a message.
    """

    time: float
    kind: str
    parties: tuple[int, ...]
    text: str = ""
    sender: int | None = None


@dataclass(frozen=True)
class SequenceChart:
    """A message sequence chart of a run.

    Parameters
    ----------
    lines
        What happens, in order.
    parties, traitors
        Those that have a lifeline, and which of them are traitors.
    notes
        What the chart does not show.

    Examples
    --------
    >>> from accord.models import Generals
    >>> model = Generals(network="complete(n=2)", protocol="bracha(echo=1, amplify=1, deliver=1)", f=0, rng=1)
    >>> print(SequenceChart.of(model.run()).text())
      time        party 0         party 1
         0           ○               ○  start
                     ◆ decides 0     │
         1           ├─ initial(0) ─▶│
                     ├── echo(0) ───▶│
                     ├── ready(0) ──▶│
                     │               ◆ decides 0
         2           │◀── echo(0) ───┤
                     │◀── ready(0) ──┤
    <BLANKLINE>
      ◆ decides
    """

    lines: tuple[Line, ...]
    parties: tuple[int, ...]
    traitors: tuple[int, ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, model: AgreementModel) -> "SequenceChart":
        """Return the chart of a finished run, which is made again for it unless it follows a schedule.

        Raises
        ------
        InputError
            If no messages are sent in the model.
        """
        whole = getattr(model, "schedule", None) is None
        generals: Any = model
        generals = Schedule.of(model).replay(generals) if whole else model
        lines = tuple(_merged(_lines(generals, whole=whole)))
        taking_part = {party for line in lines for party in (*line.parties, line.sender) if party is not None}
        parties = tuple(sorted(taking_part))
        idle = [node for node in range(generals.network.n) if node not in taking_part]
        notes = []
        if idle:
            who = f"parties {', '.join(map(str, idle))}" if len(idle) <= 5 else f"{len(idle)} parties"
            notes.append(f"party {idle[0]} takes no part" if len(idle) == 1 else f"{who} take no part")
        under_way = _under_way(generals)
        if under_way and not any(line.kind == "lost" for line in lines):
            notes.append(f"{plural(under_way, 'message')} still under way")
        return cls(lines, parties, tuple(int(node) for node in generals.traitors), tuple(notes))

    def cut(self, most: int = _MOST) -> "SequenceChart":
        """Return the chart with so many lines at most: the first third and the last, and how many are between."""
        if len(self.lines) <= most:
            return self
        head = most // 3
        tail = most - head - 1
        between = len(self.lines) - head - tail
        gap = Line(self.lines[head].time, "gap", (), f"{plural(between, 'line')} left out")
        return replace(self, lines=(*self.lines[:head], gap, *self.lines[-tail:]))

    # In a terminal ------------------------------------------------------------------------------

    def text(self, width: int = 100, *, encoding: str = "utf-8") -> str:
        """Return the chart as text.

        Parameters
        ----------
        width
            Characters to a line; many lifelines take more.
        encoding
            What the text must fit in; where that has no lines to draw with, letters stand for them.
        """
        drawn = "\n".join(_Page(self, width).rows())
        try:
            drawn.encode(encoding)
        except UnicodeEncodeError:
            return drawn.translate(_PLAIN)
        return drawn

    # In print -----------------------------------------------------------------------------------

    def figure(self) -> "Figure":
        """Return the chart as a figure, as wide as a column or a page of a journal."""
        from matplotlib.figure import Figure

        from .style import COLUMN, PAGE, style

        longest = max((len(line.text) for line in self.lines), default=0)
        wanted = 0.5 + len(self.parties) * max(0.55, 0.062 * longest + 0.25)
        width = min(max(wanted, COLUMN), PAGE)
        height = 0.62 + _HIGH * len(self.lines)
        with style():
            figure = Figure(figsize=(width, height))
            ax = figure.add_axes((0, 0, 1, 1))
            ax.set(xlim=(0, width), ylim=(-height, 0))
            ax.set_axis_off()
            _paint(self, ax, width)
        return figure

    def save(self, path: str | Path) -> Path:
        """Write the chart as SVG, PDF or PNG, as the file's ending says; equal charts to equal files.

        Raises
        ------
        InputError
            For another ending.
        """
        import matplotlib as mpl

        path = Path(path)
        if path.suffix not in _FORMATS:
            raise InputError(f"{path}: a chart is written as {', '.join(_FORMATS)}; use {path.stem}.svg")
        path.parent.mkdir(parents=True, exist_ok=True)
        nameless: dict[str, Any] = {
            ".svg": {"Date": None, "Creator": None},
            ".pdf": {"CreationDate": None, "Producer": None, "Creator": None},
            ".png": {"Software": None},
        }
        with mpl.rc_context({"svg.hashsalt": "accord"}):
            self.figure().savefig(path, dpi=200, metadata=nameless[path.suffix])
        return path


# From a run to lines ------------------------------------------------------------------------------------


def _lines(model: "Generals", *, whole: bool) -> Iterator[Line]:
    """Yield what happened, an event a line; messages lost only where the whole run is shown."""
    script = model.script
    assert script is not None
    decisions = model.simulation.decisions
    lost = _lost(model) if whole and not script.promise.reliable else {}
    until: dict[int, int] = {}  # by party, the number of decisions after its event
    made: list[Sequence[Any]] = []
    for event in reversed(script.happened):
        made.append(decisions[event.node][event.decided : until.get(event.node)])
        until[event.node] = event.decided
    for count, (event, decided) in enumerate(zip(script.happened, reversed(made), strict=True), 1):
        if not event.own:
            yield _line(event)
        for decision in decided:
            yield Line(event.time, "decision", (event.node,), f"decides {number(decision.value)}")
        yield from lost.get(count, ())


def _line(event: Happening) -> Line:
    if event.sender == START:
        return Line(event.time, "start", (event.node,), "start")
    if event.sender == TIMER:
        return Line(event.time, "timer", (event.node,), f"timer {event.what}")
    return Line(event.time, "message", (event.node,), str(event.what), event.sender)


def _lost(model: "Generals") -> dict[int, list[Line]]:
    """Return the messages that never arrived, by the number of events until they were sent."""
    assert model.script is not None
    arrived = {event.place for event in model.script.happened}
    lost: dict[int, list[Line]] = {}
    for place, (before, (time, _, node, sender, what)) in enumerate(model.script.sent):
        if place not in arrived and sender >= 0 and sender != node:
            lost.setdefault(before, []).append(Line(time, "lost", (node,), str(what), sender))
    return lost


def _under_way(model: "Generals") -> int:
    return sum(event[3] >= 0 and event[3] != event[2] for event in model.simulation.pending())


def _merged(lines: Iterator[Line]) -> Iterator[Line]:
    """Yield lines, those as one that tell of the same at several parties one right after the other."""
    last: Line | None = None
    for line in lines:
        if (
            last is not None
            and (line.kind, line.text, line.sender) == (last.kind, last.text, last.sender)
            and not set(line.parties) & set(last.parties)
        ):
            last = last._replace(parties=tuple(sorted({*last.parties, *line.parties})))
            continue
        if last is not None:
            yield last
        last = line
    if last is not None:
        yield last


def _times(lines: Sequence[Line]) -> list[str]:
    """Return what stands in the margin: each time once, whole if all are."""
    whole = all(float(line.time).is_integer() for line in lines)
    written = [f"{line.time:.0f}" if whole else f"{line.time:.2f}" for line in lines]
    return [
        "" if line.kind == "gap" or (at and written[at - 1] == each) else each
        for at, (line, each) in enumerate(zip(lines, written, strict=True))
    ]


# As text ------------------------------------------------------------------------------------------------

_MARKS = {"start": "○", "timer": "◷", "decision": "◆"}
_MARGIN = 8  # for times
_KEY = {
    "timer": "◷ timer",
    "decision": "◆ decides",
    "lost": "✕ never arrives",
}


class _Page:
    def __init__(self, chart: SequenceChart, width: int) -> None:
        self.chart = chart
        count = max(len(chart.parties), 1)
        on_arrows = [line for line in chart.lines if line.sender is not None]
        longest = max((len(line.text) for line in chart.lines if line.kind != "gap"), default=0)
        beside = [line.text for line in chart.lines if line.kind in ("start", "timer")]
        room = (width - _MARGIN - 2 - max(map(len, beside), default=0)) // count
        if any(len(line.text) + 6 > room for line in on_arrows):
            beside += [f"{line.sender}: {line.text}" for line in on_arrows]
            room = (width - _MARGIN - 2 - max(map(len, beside))) // count
        self.step = max(min(max(longest + 6, 12), room), 5)
        self.place = {
            party: _MARGIN + self.step // 2 + 1 + i * self.step for i, party in enumerate(chart.parties)
        }
        self.end = _MARGIN + self.step * count + 1

    def rows(self) -> Iterator[str]:
        chart = self.chart
        names = {
            party: ("traitor" if party in chart.traitors else "party") + f" {party}"
            for party in chart.parties
        }
        if max(map(len, names.values()), default=0) >= self.step:
            names = {party: f"{party}{'*' if party in chart.traitors else ''}" for party in chart.parties}
        head = [" "] * (self.end + 8)
        self._write(head, 2, "time")
        for party, name in names.items():
            self._write(head, self.place[party] - len(name) // 2, name)
        yield "".join(head).rstrip()
        for line, time in zip(chart.lines, _times(chart.lines), strict=True):
            yield self._row(line, time)
        key = [_KEY[kind] for kind in _KEY if any(line.kind == kind for line in chart.lines)]
        if chart.traitors and set(chart.traitors) & set(chart.parties):
            key.append("┊ traitor" if "*" not in "".join(names.values()) else "┊* traitor")
        yield from ["", " " * 2 + "   ".join(key)] if key else []
        yield from ("  " + note for note in chart.notes)

    def _row(self, line: Line, time: str) -> str:
        row = [" "] * self.end
        for party, at in self.place.items():
            row[at] = "⋮" if line.kind == "gap" else "┊" if party in self.chart.traitors else "│"
        self._write(row, max(_MARGIN - 2 - len(time), 0), time)
        if line.kind == "gap":
            return "".join(row).rstrip() + f"  {line.text}"
        aside = line.text if line.kind in ("start", "timer") else ""
        if line.sender is None:
            for party in line.parties:
                row[self.place[party]] = _MARKS[line.kind]
                if line.kind == "decision":
                    told = line.text if len(line.text) + 2 < self.step else line.text.split()[-1]
                    self._write(row, self.place[party] + 2, told[: self.step - 3])
        else:
            aside = self._arrow(row, line)
        return "".join(row).rstrip() + (f"  {aside}" if aside else "")

    def _arrow(self, row: list[str], line: Line) -> str:
        """Draw a message with its text; return the text if there is no room for it."""
        assert line.sender is not None
        start = self.place[line.sender]
        ends = [self.place[party] for party in line.parties]
        for end in (min(*ends, start), max(*ends, start)):
            for at in range(min(start, end) + 1, max(start, end)):
                row[at] = "┼" if row[at] in "│┊" else "─"
        for end in ends:
            head = "✕" if line.kind == "lost" else "▶" if end > start else "◀"
            row[end - 1 if end > start else end + 1] = head
            row[end] = "┊" if row[end] == "┊" else "│"
        right, left = max(ends) > start, min(ends) < start
        row[start] = "●" if right and left else "├" if right else "┤"
        for party, end in zip(line.parties, ends, strict=True):  # where the arrow goes on beyond a head
            beyond = any((other - end) * (end - start) > 0 for other in ends)
            row[end] = "┼" if beyond else "┊" if party in self.chart.traitors else "│"
        low, high = (start + 1, start + self.step - 2) if right else (start - self.step + 2, start - 1)
        told = f" {line.text} "
        if len(told) + 1 > high - low + 1:
            reach = (
                (start + 1, min(e for e in ends if e > start) - 2) if right else (max(ends) + 2, start - 1)
            )
            low, high = reach
        if len(told) + 1 > high - low + 1:
            return f"{line.sender}: {line.text}"
        self._write(row, low + (high - low + 1 - len(told)) // 2, told)
        return ""

    @staticmethod
    def _write(row: list[str], at: int, text: str) -> None:
        row[at : at + len(text)] = list(text)


# As a figure --------------------------------------------------------------------------------------------

_HIGH = 0.18  # inches from line to line
_TOP = 0.34  # inches above the first line


def _paint(chart: SequenceChart, ax: "Axes", width: float) -> None:
    from .style import BLACK, BLUE, GREY, VERMILION

    count = max(len(chart.parties), 1)
    left = 0.42
    step = (width - left - 0.08) / count
    place = {party: left + step * (i + 0.5) for i, party in enumerate(chart.parties)}
    bottom = -_TOP - _HIGH * (len(chart.lines) - 0.3)
    for party, x in place.items():
        liar = party in chart.traitors
        colour = VERMILION if liar else BLACK
        name = f"traitor {party}" if liar else f"party {party}"
        ax.text(x, -0.13, name if step > 0.5 else str(party), ha="center", va="center", size=7, color=colour)
        ax.plot(
            [x, x],
            [-0.22, bottom],
            color=colour if liar else GREY,
            lw=0.6,
            ls=(0, (3, 2)) if liar else "-",
            zorder=1,
        )
    for at, (line, time) in enumerate(zip(chart.lines, _times(chart.lines), strict=True)):
        y = -_TOP - _HIGH * at
        ax.text(left - 0.06, y, time, ha="right", va="center", size=6, color=GREY)
        if line.kind == "gap":
            ax.text(
                width / 2,
                y,
                f"⋮  {line.text}  ⋮",
                ha="center",
                va="center",
                size=6.5,
                backgroundcolor="white",
            )
            continue
        if line.sender is None:
            for party in line.parties:
                _mark(ax, place[party], y, line, BLUE if line.kind == "decision" else BLACK, step)
        else:
            _arrow(ax, place, y, line, VERMILION if line.sender in chart.traitors else BLACK, step)
    lost = ["crosses: never arrives"] if any(line.kind == "lost" for line in chart.lines) else []
    told = "; ".join([*lost, *chart.notes])
    ax.text(left - 0.3, bottom - 0.13, told, ha="left", va="center", size=6, color=GREY)


def _mark(ax: "Axes", x: float, y: float, line: Line, colour: str, step: float) -> None:
    shape = {"start": "o", "timer": "s", "decision": "D"}[line.kind]
    face = colour if line.kind == "decision" else "white"
    ax.plot([x], [y], shape, ms=4, mfc=face, mec=colour, mew=0.8, zorder=3)
    told = "" if line.kind == "start" else line.text.removeprefix("timer ")
    if step < 0.075 * len(told) + 0.2:
        told = told.removeprefix("decides ")
    ax.text(x + 0.07, y, told, ha="left", va="center", size=6.5, color=colour, bbox=_BOX, zorder=2)


def _arrow(ax: "Axes", place: dict[int, float], y: float, line: Line, colour: str, step: float) -> None:
    assert line.sender is not None
    start = place[line.sender]
    lost = line.kind == "lost"
    ends = []
    for party in line.parties:
        back = 0.12 if lost else 0.035  # where the mark's middle is
        end = place[party] + (back if place[party] < start else -back)
        head = "x" if lost else "<" if place[party] < start else ">"
        ax.plot([end], [y], head, ms=4 if lost else 3.5, mew=1 if lost else 0, color=colour, zorder=3)
        ends.append(end)
    dashes: Any = (0, (2.5, 1.5)) if lost else "-"
    ax.plot([min(*ends, start), max(*ends, start)], [y, y], ls=dashes, lw=0.8, color=colour, zorder=2)
    ax.plot([start], [y], ".", ms=4, mew=0, color=colour, zorder=3)
    right = any(end > start for end in ends)
    told = shorten(line.text, 48, placeholder="…")
    half, low, high = 0.031 * len(told), min(place.values()), max(place.values())
    middle = start + max(step / 2, half + 0.1) * (1 if right else -1)
    middle = min(max(middle, low + half), max(high - half, low + half))
    ax.text(middle, y, told, ha="center", va="center", size=6.5, color=colour, bbox=_BOX, zorder=4)


_BOX = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
