"""A sequence chart in letters: lifelines from top to bottom, a line of text for each event."""

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

from .labels import shortened
from .sequence_chart import CAME, Line, SequenceChart

__all__ = ["Page"]

_INDENTED: Any = {"initial_indent": "  ", "subsequent_indent": "  "}
_MARKS = {"start": "○", "timer": "◷", "decision": "◆", "entry": "■", "answer": "▲"}
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


class Page:
    """A chart as text, row by row.

    Parameters
    ----------
    chart
        What is drawn.
    width
        Characters to a line; many lifelines take more.
    """

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
        """Yield the rows: names, events, what the marks mean, and notes."""
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
        body = [self._row(line, time) for line, time in zip(chart.lines, chart.times, strict=True)]
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
                if line.kind in CAME:
                    told = line.text if len(line.text) + 2 < self.step else line.brief
                    if len(told) + 2 < self.step:
                        self._write(row, self.place[party] + 2, told)
                    else:
                        aside = told
        else:
            aside = self._arrow(row, line)
        drawn = "".join(row).rstrip()
        room = self.width - len(drawn) - 2
        return f"{drawn}  {aside if room < 12 else shortened(aside, room)}" if aside else drawn

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
