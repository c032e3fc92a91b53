"""Sequence charts: who told whom what, when and in which order, for a terminal and for print.

Each party has a lifeline, and time runs downwards, an event a line. An arrow stands where a message arrives; the same
message from one sender that arrives at several parties at the same time, one right after the other, is one arrow with
several heads. Messages to oneself are not drawn, nor timers on which nothing is said, decided or entered.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..agents.errors import InputError
from ..models.agreement import AgreementModel
from ..models.schedule import Happening, Schedule
from ..models.simulation import START, TIMER
from .labels import heading, number, plural

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ..models.catalogue.generals import Generals

__all__ = ["CAME", "Line", "SequenceChart"]

CAME = "decision", "entry", "answer"
"""Kinds of lines that tell what came of a party's protocol."""

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

    @property
    def brief(self) -> str:
        """What happens, without the word that its mark stands for."""
        return self.text.removeprefix("timer ").removeprefix("decides ").removeprefix("enters ")


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

    @property
    def times(self) -> list[str]:
        """What stands in the margin of each line: each time once, whole if all are."""
        digits = 0 if all(float(line.time).is_integer() for line in self.lines) else 2
        before = [None, *(line.time for line in self.lines)]
        return [
            "" if line.kind == "gap" or line.time == last else f"{line.time:.{digits}f}"
            for last, line in zip(before, self.lines, strict=False)
        ]

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
        from .sequence_text import Page

        drawn = "\n".join(Page(self, width).rows())
        try:
            drawn.encode(encoding)
        except UnicodeEncodeError:
            return drawn.translate(_PLAIN)
        return drawn

    # In print -----------------------------------------------------------------------------------

    def figure(self) -> "Figure":
        """Return the chart as a figure, as wide as a column or a page of a journal."""
        from matplotlib.figure import Figure

        from .sequence_sheet import Sheet
        from .style import style

        with style():
            sheet = Sheet(self)
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
