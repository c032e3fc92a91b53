"""Sequence charts: who told whom what, when and in which order, for a terminal and for print.

Each party has a lifeline, and time runs downwards, an event a line. An arrow stands where a message arrives; the same
message from one sender that arrives at several parties at the same time, one right after the other, is one arrow with
several heads. Messages to oneself are not drawn, nor timers on which nothing is said, decided or entered.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..agents.errors import InputError
from ..agents.machine import Commit, Decide, Effect, Return, Send
from ..models.agreement import AgreementModel
from ..models.schedule import Schedule
from ..models.simulation import START, TIMER, Choice
from .labels import heading, number, plural

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ..models.catalogue.generals import Generals

__all__ = ["CAME", "Line", "SequenceChart"]

CAME = "decision", "entry", "answer"
"""Kinds of lines that tell what came of a party's protocol."""

_MOST = 48  # lines that a terminal shows, or a page of a journal
_MOST_IN_FILE = 400
_TAIL = 1_000  # events at the end of a run among which its last lines are looked for
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
        simulation = generals.simulation
        choices = (each for each in simulation.trace if isinstance(each, Choice))
        lost = _lost(generals) if whole and not generals.script.promise.reliable else {}
        events = enumerate(zip(choices, simulation.deeds, strict=True), 1)
        told = ([*_lines(*event), *lost.get(count, ())] for count, event in events)
        lines = tuple(_merged(chain.from_iterable(told)))
        parties = _taking_part(lines)
        idle = [node for node in range(generals.network.n) if node not in parties]
        notes = [_HOW]
        if idle:
            who = f"parties {', '.join(map(str, idle))}" if len(idle) <= 5 else f"{len(idle)} parties"
            notes.append(f"party {idle[0]} takes no part" if len(idle) == 1 else f"{who} take no part")
        under_way = _under_way(generals)
        if under_way and not any(line.kind == "lost" for line in lines):
            notes.append(f"{plural(under_way, 'message')} still under way")
        traitors = tuple(int(node) for node in generals.traitors)
        return cls(lines, parties, traitors, tuple(notes), _title(generals))

    @classmethod
    def latest(cls, model: AgreementModel, most: int = _MOST) -> "SequenceChart":
        """Return the chart of the last lines, so many at most, of a run that is traced and may be under way.

        It takes no longer in long runs: only the end of the trace is looked at.
        """
        run: Any = model
        simulation = run.simulation
        choices = (each for each in reversed(simulation.trace) if isinstance(each, Choice))
        events = islice(zip(choices, reversed(simulation.deeds), strict=False), _TAIL)
        backwards = chain.from_iterable(reversed(_lines(*event)) for event in events)
        lines = tuple(islice(_merged(backwards), most))[::-1]
        traitors = tuple(int(node) for node in run.traitors)
        return cls(lines, _taking_part(lines), traitors, (_HOW,))

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


def _lines(event: Choice, did: Sequence[Effect]) -> list[Line]:
    """Return what happened on an event, and what came of it."""
    came = [line for effect in did if (line := _outcome(event, effect))]
    spoke = any(isinstance(effect, Send) for effect in did)
    idle = event.sender == TIMER and not came and not spoke
    return came if idle or event.sender == event.node else [_line(event), *came]


def _outcome(event: Choice, effect: Effect) -> Line | None:
    """Return what a party decided, entered or was answered on an event, if that is what it did."""
    if isinstance(effect, Decide):
        return Line(event.time, "decision", (event.node,), f"decides {number(effect.value)}")
    if isinstance(effect, Commit) and effect.command is not None:
        return Line(event.time, "entry", (event.node,), f"enters {effect.command}")
    if isinstance(effect, Return):
        return Line(event.time, "answer", (event.node,), f"{effect.command} is {number(effect.result)}")
    return None


def _line(event: Choice) -> Line:
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


def _taking_part(lines: Iterable[Line]) -> tuple[int, ...]:
    """Return the parties that lines tell of, ascending."""
    return tuple(
        sorted({party for line in lines for party in (*line.parties, line.sender) if party is not None})
    )


def _under_way(model: "Generals") -> int:
    return sum(event[3] >= 0 and event[3] != event[2] for event in model.simulation.pending())


def _title(model: AgreementModel) -> str:
    verdict = model.verdict
    told = dict(zip(verdict, str(verdict).splitlines(), strict=True))
    violated = (f"{heading(name)} {' '.join(told[name].split()[1:])}" for name in verdict.violated)
    return "; ".join(violated) or "No property violated"


def _merged(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines, those as one that tell of the same at several parties at one time, one right after the other."""
    last: Line | None = None
    there: set[int] = set()
    for line in lines:
        if (
            last is not None
            and line._replace(parties=last.parties) == last
            and there.isdisjoint(line.parties)
        ):
            there.update(line.parties)
            continue
        if last is not None:
            yield last._replace(parties=tuple(sorted(there)))
        last, there = line, set(line.parties)
    if last is not None:
        yield last._replace(parties=tuple(sorted(there)))
