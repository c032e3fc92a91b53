"""A message sequence chart of the last lines of a run."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import Any

from ....models.agreement import AgreementModel
from ...labels import number, party_name, shortened
from ...sequence_chart import CAME, Line, SequenceChart
from ...style import BLUE, GREY, VERMILION
from ..playback import Playback
from . import Chart, view

__all__ = ["sequence"]

_LINES, _LANES = 32, 9  # that have room in a view
_WIDE, _BESIDE = 66, 14  # letters that have room across the lifelines, and beside the last
_NAMED = 6  # parties that a tooltip names
_SHAPES = {
    "start": "circle",
    "timer": "roundRect",
    "decision": "diamond",
    "entry": "rect",
    "answer": "triangle",
}
_BARE: Any = {
    "type": "category",
    "axisLine": {"show": False},
    "axisTick": {"show": False},
    "axisLabel": {"interval": 0},
    "nameTextStyle": {"lineHeight": 14, "align": "left"},
}


def _fits(model: AgreementModel) -> bool:
    return getattr(getattr(model, "simulation", None), "trace", None) is not None


@view("Message sequence", fits=_fits, place=9, height=620)
def sequence(playback: Playback) -> Chart:
    """Show the last messages where they arrived, and what came of them.

    Time runs downwards. Messages to oneself are not drawn, nor timers on which nothing is said, decided or entered.
    """
    model: Any = playback.model
    chart = SequenceChart.latest(model, _LINES)
    everybody = len(model.simulation.machines)
    lanes = {party: lane for lane, party in enumerate(_shown(chart.lines, everybody))}
    chart = replace(chart, lines=tuple(line for line in chart.lines if _is_between(line, lanes)))
    traitors = set(chart.traitors)
    more = everybody - len(lanes)
    return {
        "animation": False,
        "tooltip": {
            "formatter": "{b}",
            "confine": True,
            "extraCssText": "white-space: pre-wrap; max-width: 420px",
        },
        "grid": {"left": 52, "right": 70, "top": 48, "bottom": 6},
        "xAxis": {
            **_BARE,
            "position": "top",
            "data": [_heading(model, party, len(lanes), lies=party in traitors) for party in lanes],
            "name": f"and {more:,}\nothers" if more else "",
        },
        "yAxis": {
            **_BARE,
            "inverse": True,
            "data": chart.times + [""] * (_LINES - len(chart.lines)),
            "name": "time\n(rounds)",
            "nameLocation": "start",
            "nameTextStyle": {"lineHeight": 14, "align": "right", "padding": [0, 8, 0, 0]},
        },
        "series": [
            {
                "type": "lines",
                "coordinateSystem": "cartesian2d",
                "silent": True,
                "data": [_lifeline(lane, lies=party in traitors) for party, lane in lanes.items()],
            },
            {
                "type": "lines",
                "coordinateSystem": "cartesian2d",
                "symbol": ["none", "arrow"],
                "symbolSize": 8,
                "data": [
                    {
                        "coords": [[lanes[line.sender], row], [lanes[party], row]],
                        **_told(line, model),
                        "lineStyle": {"color": _colour(line, traitors), "opacity": 1},
                    }
                    for row, line in enumerate(chart.lines)
                    if line.sender is not None
                    for party in line.parties
                    if party in lanes
                ],
            },
            {
                "type": "scatter",
                "data": [
                    {"value": [lane, row], **_told(line, model), **look}
                    for row, line in enumerate(chart.lines)
                    for lane, look in _marks(line, lanes, _colour(line, traitors))
                ],
            },
        ],
    }


# Who has a lifeline ---------------------------------------------------------------------------------


def _shown(lines: Sequence[Line], everybody: int) -> Sequence[int]:
    """Return those who have a lifeline: all if there is room, or who said most and had most happen to them alone."""
    if everybody <= _LANES:
        return range(everybody)
    part: defaultdict[int, float] = defaultdict(float)
    for line in lines:
        for party in line.parties:
            part[party] += 1 / len(line.parties)
        if line.sender is not None:
            part[line.sender] += 1
    return sorted(sorted(part, key=lambda party: (-part[party], party))[:_LANES])


def _is_between(line: Line, lanes: Mapping[int, int]) -> bool:
    """Return whether a line has both ends among the lifelines."""
    return (line.sender is None or line.sender in lanes) and any(party in lanes for party in line.parties)


# What stands on them ----------------------------------------------------------------------------------


def _lifeline(lane: int, *, lies: bool) -> dict[str, Any]:
    look = {"color": VERMILION, "type": "dashed"} if lies else {"color": GREY}
    return {"coords": [[lane, 0], [lane, _LINES - 1]], "lineStyle": {**look, "width": 1, "opacity": 0.5}}


def _marks(line: Line, lanes: Mapping[int, int], colour: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the marks of a line, by lifeline: the dot where an arrow begins, with its text, or what happens to each."""
    there = [lanes[party] for party in line.parties if party in lanes]
    before = {lane: _WIDE * lane // len(lanes) for lane in lanes.values()}  # letters that have room
    after = {lane: _WIDE * (len(lanes) - 1 - lane) // len(lanes) + _BESIDE for lane in lanes.values()}
    if line.sender is not None:
        start = lanes[line.sender]
        rooms = {"right": after[start]} if max(there) > start else {}
        rooms |= {"left": before[start]} if min(there) < start else {}
        label = {**_label(line.text, rooms), "offset": [0, -7]}
        yield start, {"symbolSize": 5, "itemStyle": {"color": colour}, "label": label}
        return
    for lane, following in zip(there, [*there[1:], None], strict=True):
        if len(there) == 1:
            rooms = {"right": after[lane], "left": before[lane]}
        else:
            rooms = {"right": after[lane] - (0 if following is None else after[following] + 3)}
        look = {"symbol": _SHAPES[line.kind], "symbolSize": 9, "itemStyle": {"color": colour}}
        yield lane, {**look, "label": _label(line.brief, rooms)}


def _label(text: str, rooms: Mapping[str, int]) -> dict[str, Any]:
    """Return a text on the first side that has room for it, or shortened on that which has most."""
    side = next(
        (each for each in rooms if len(text) <= rooms[each]), max(rooms, key=lambda each: rooms[each])
    )
    return {"show": True, "fontSize": 10, "position": side, "formatter": shortened(text, max(rooms[side], 1))}


def _colour(line: Line, traitors: set[int]) -> str:
    if line.sender in traitors:
        return VERMILION
    return BLUE if line.kind in CAME else GREY


# Words -------------------------------------------------------------------------------------------


def _heading(model: AgreementModel, party: int, lanes: int, *, lies: bool) -> dict[str, Any]:
    role, _, rest = party_name(model.label(party), "traitor" if lies else "party").partition(" ")
    look = {"color": VERMILION} if lies else {}
    return {
        "value": "\n".join(shortened(word, _WIDE // lanes) for word in (role, rest)),
        "textStyle": {"lineHeight": 14, "fontSize": 11, **look},
    }


def _told(line: Line, model: AgreementModel) -> dict[str, Any]:
    """Return what a tooltip says of a line, and the step to which it belongs: all that is due until its end."""
    who = ", ".join(party_name(model.label(party)) for party in line.parties[:_NAMED])
    if len(line.parties) > _NAMED:
        who += f" and {len(line.parties) - _NAMED} more"
    whole = (
        f"{who}: {line.text}"
        if line.sender is None
        else f"{party_name(model.label(line.sender))} → {who}: {line.text}"
    )
    step = max(ceil(line.time), 1)
    return {"name": f"time {number(line.time)}, step {step}\n{whole}", "step": step}
