"""Sequence charts: who told whom what, when and in which order, for a terminal and for print.

Each party has a lifeline, and time runs downwards, an event a line. An arrow stands where a message arrives; the same
message from one sender that arrives at several parties at the same time, one right after the other, is one arrow with
several heads. Messages to oneself are not drawn, nor timers on which nothing is said, decided or entered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from ..agents.errors import InputError
from ..models.agreement import AgreementModel
from ..models.schedule import Happening, Schedule
from ..models.simulation import START, TIMER
from .labels import heading, number, plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..models.catalogue.generals import Generals

__all__ = ["Line", "SequenceChart"]

_MOST = 48  # lines that a terminal shows, or a page of a journal
_MOST_IN_FILE = 400
_PLAIN = str.maketrans("│┊─├┤┼●▶◀○◷◆■▲✕⋮…", "|:-++++><o@#%^x:~")
_HOW = "arrows stand where messages arrive; messages to oneself are not drawn"
_FORMATS = (".svg", ".pdf", ".png")


class Line(NamedTuple):
    """What stands on one line of a chart.

    Parameters
    ----------
    time
        In rounds.
    kind
        "start", "timer", "message", "lost" (a message that never arrives), "decision", "entry" (into a ledger),
        "answer" (to a client) or "gap" (lines left out).
    parties
        Those to whom it happens.
    text
        The message, the timer's name, the decision, entry or answer.
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
        How to read it, and what the chart does not show.
    title
        What the run violated; stands above the figure.

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
      ○ start   ◆ decides
      arrows stand where messages arrive; messages to oneself are not drawn
    """

    lines: tuple[Line, ...]
    parties: tuple[int, ...]
    traitors: tuple[int, ...]
    notes: tuple[str, ...] = ()
    title: str = ""

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
        notes = [_HOW]
        if idle:
            who = f"parties {', '.join(map(str, idle))}" if len(idle) <= 5 else f"{len(idle)} parties"
            notes.append(f"party {idle[0]} takes no part" if len(idle) == 1 else f"{who} take no part")
        under_way = _under_way(generals)
        if under_way and not any(line.kind == "lost" for line in lines):
            notes.append(f"{plural(under_way, 'message')} still under way")
        traitors = tuple(int(node) for node in generals.traitors)
        return cls(lines, parties, traitors, tuple(notes), _title(generals))

    def cut(self, most: int = _MOST) -> "SequenceChart":
        """Return the chart with so many lines at most: all decisions, of the rest the first third and the last.

        Where lines are left out it is told how many. Decisions alone may be more lines than that.
        """
        if len(self.lines) <= most:
            return self
        for outer in range(most, -1, -1):  # what tells of the gaps takes lines as well
            lines = self._without_the_middle(outer // 3, outer - outer // 3)
            if len(lines) <= most:
                break
        return replace(self, lines=lines)

    def _without_the_middle(self, head: int, tail: int) -> tuple[Line, ...]:
        """Return so many of the first and last lines, and all decisions between."""
        shown: list[Line] = []
        last = len(self.lines) - tail
        kept = [at for at, line in enumerate(self.lines) if not head <= at < last or line.kind == "decision"]
        for before, at in zip([-1, *kept], [*kept, len(self.lines)], strict=True):
            between = self.lines[before + 1 : at]
            if len(between) > 1:
                between = (Line(between[0].time, "gap", (), f"{len(between):,} lines left out"),)
            shown += [*between, *self.lines[at : at + 1]]
        return tuple(shown)

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

        from .style import style

        with style():
            sheet = _Sheet(self)
            figure = Figure(figsize=(sheet.width, sheet.height))
            ax = figure.add_axes((0, 0, 1, 1))
            ax.set(xlim=(0, sheet.width), ylim=(-sheet.height, 0))
            ax.set_axis_off()
            sheet.paint(ax)
        return figure

    def save(self, path: str | Path) -> Path:
        """Write the chart as SVG, PDF or PNG, as the file's ending says; equal charts to equal files.

        Of more than 400 lines those are left out that `cut` leaves out.

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
            self.cut(_MOST_IN_FILE).figure().savefig(path, dpi=200, metadata=nameless[path.suffix])
        return path


# From a run to lines ------------------------------------------------------------------------------------


def _lines(model: "Generals", *, whole: bool) -> Iterator[Line]:
    """Yield what happened, an event a line; messages lost only where the whole run is shown."""
    script = model.script
    assert script is not None
    lost = _lost(model) if whole and not script.promise.reliable else {}
    spoke = {count for count, (_, _, _, sender, _) in script.sent if sender >= 0}
    for count, (event, came) in enumerate(zip(script.happened, _outcomes(model), strict=True), 1):
        idle = event.sender == TIMER and not came and count not in spoke
        if not event.own and not idle:
            yield _line(event)
        yield from came
        yield from lost.get(count, ())


def _outcomes(model: "Generals") -> list[list[Line]]:
    """Return for each event what its party decided, entered or was answered on it."""
    assert model.script is not None
    simulation, happened = model.simulation, model.script.happened
    answered: dict[int, list[str]] = {}
    for command, (_, count, result) in simulation.returned.items():
        answered.setdefault(count, []).append(f"{command} is {number(result)}")
    made: list[list[Line]] = []
    after: dict[int, Happening] = {}  # by party its next event
    for count, event in zip(range(len(happened), 0, -1), reversed(happened), strict=True):
        time, who, later = event.time, (event.node,), after.get(event.node)
        decided = simulation.decisions[event.node][event.decided : later and later.decided]
        entered = islice(simulation.ledgers[event.node], event.entered, later and later.entered)
        made.append(
            [
                *(Line(time, "decision", who, f"decides {number(each.value)}") for each in decided),
                *(
                    Line(time, "entry", who, f"enters {command}")
                    for _, _, command in entered
                    if command is not None
                ),
                *(Line(time, "answer", who, told) for told in answered.get(count, ())),
            ]
        )
        after[event.node] = event
    return made[::-1]


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


def _title(model: AgreementModel) -> str:
    verdict = model.verdict
    told = dict(zip(verdict, str(verdict).splitlines(), strict=True))
    violated = (f"{heading(name)} {' '.join(told[name].split()[1:])}" for name in verdict.violated)
    return "; ".join(violated) or "No property violated"


def _merged(lines: Iterator[Line]) -> Iterator[Line]:
    """Yield lines, those as one that tell of the same at several parties at one time, one right after the other."""
    last: Line | None = None
    for line in lines:
        if (
            last is not None
            and line._replace(parties=last.parties) == last
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
    digits = 0 if all(float(line.time).is_integer() for line in lines) else 2
    before = [None, *(line.time for line in lines)]
    return [
        "" if line.kind == "gap" or line.time == last else f"{line.time:.{digits}f}"
        for last, line in zip(before, lines, strict=False)
    ]


def _brief(text: str) -> str:
    """Return what came of an event without the word that its mark stands for."""
    return text.removeprefix("decides ").removeprefix("enters ")


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


# As text ------------------------------------------------------------------------------------------------

_INDENTED: Any = {"initial_indent": "  ", "subsequent_indent": "  "}
_MARKS = {"start": "○", "timer": "◷", "decision": "◆", "entry": "■", "answer": "▲"}
_CAME = ("decision", "entry", "answer")
_MARGIN = 8  # for times
_KEY = {
    "○": "start",
    "◷": "timer",
    "◆": "decides",
    "■": "enters",
    "▲": "is answered",
    "●": "sends to both sides",
    "✕": "never arrives, drawn when sent",
    "┊": "traitor",
}


class _Page:
    def __init__(self, chart: SequenceChart, width: int) -> None:
        self.chart, self.width = chart, width
        count = max(len(chart.parties), 1)
        on_arrows = [line for line in chart.lines if line.sender is not None]
        longest = max((len(line.text) for line in chart.lines if line.kind != "gap"), default=0)
        beside = [line.text for line in chart.lines if line.kind in ("start", "timer")]
        room = self._room(beside) // count
        if any(len(line.text) + 6 > room for line in on_arrows):
            beside += [f"{line.sender}: {line.text}" for line in on_arrows]
            room = self._room(beside) // count
        self.step = max(min(max(longest + 6, 12), room), 5)
        self.place = {
            party: _MARGIN + self.step // 2 + 1 + i * self.step for i, party in enumerate(chart.parties)
        }
        self.end = _MARGIN + self.step * count + 1

    def _room(self, beside: Sequence[str]) -> int:
        """Return what texts beside the lifelines leave to them, which is two thirds at least."""
        return self.width - _MARGIN - 2 - min(max(map(len, beside), default=0), self.width // 3)

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
        body = [self._row(line, time) for line, time in zip(chart.lines, _times(chart.lines), strict=True)]
        yield from body
        used = {sign: told for sign, told in _KEY.items() if any(sign in row[_MARGIN:] for row in body)}
        starred = "*" if "*" in "".join(names.values()) else ""
        key = [f"{sign}{starred if sign == '┊' else ''} {told}" for sign, told in used.items()]
        yield from ["", *wrap("   ".join(key), self.width, **_INDENTED)] if key else []
        for note in chart.notes:
            yield from wrap(note, self.width, **_INDENTED)

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
                if line.kind in _CAME:
                    told = line.text if len(line.text) + 2 < self.step else _brief(line.text)
                    if len(told) + 2 < self.step:
                        self._write(row, self.place[party] + 2, told)
                    else:
                        aside = told
        else:
            aside = self._arrow(row, line)
        drawn = "".join(row).rstrip()
        room = self.width - len(drawn) - 2
        return f"{drawn}  {aside if room < 12 else _shortened(aside, room)}" if aside else drawn

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
_LEFT = 0.45  # inches for times
_SMALL, _SIZE, _LARGE = 6, 6.5, 7  # points
_DASHES: Any = (0, (3, 2))


class _Sheet:
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
        for at, (line, time) in enumerate(zip(self.chart.lines, _times(self.chart.lines), strict=True)):
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
            told = _brief(told)
        while len(told) > 1 and _long(told) + 0.15 > self.step:
            told = _shortened(told, len(told) - 1)
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
        told = _shortened(line.text, int((self.width - _LEFT) / 0.065))
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
    return look | ({"mfc": BLUE, "mec": BLUE} if kind in _CAME else {"mfc": "white", "mec": BLACK})


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
