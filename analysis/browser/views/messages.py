"""Messages in flight: what is under way between whom, how far it has come, and of which round it is."""

from itertools import count
from typing import Any

import numpy as np

from ....models.agreement import AgreementModel
from ...style import BLACK, BLUE, GREEN, ORANGE, PURPLE
from ..diagram import MOST, foot, links, mark, parties, places, plane, size, symbols
from ..playback import Playback
from ..trail import kind_of
from . import Chart, view

__all__ = ["messages"]

_DRAWN = 300  # messages that can be told apart
_NUMBERED = 24  # messages that have room for their rounds, where these differ
_TOLD = 4  # rounds that are told below
_NAMED = 40  # parties that have room for their names
_COLOURS = (BLUE, ORANGE, GREEN, PURPLE, "#56B4E9", "#F0E442", BLACK)
_AGES = ("round", "view", "term", "ballot", "height")


def _fits(model: AgreementModel) -> bool:
    net: Any = getattr(model, "network", None)
    return hasattr(getattr(model, "simulation", None), "pending") and net is not None and net.n <= MOST


@view("Messages in flight", fits=_fits, place=2)
def messages(playback: Playback) -> Chart:
    """Who tells whom what: an arrow for each message under way, as far as it has come, coloured by kind."""
    model: Any = playback.model
    everybody = parties(model)
    where = places(model, len(everybody))
    under_way = sorted(each for each in model.simulation.pending() if each[3] >= 0 and each[3] != each[2])
    drawn = under_way[:_DRAWN]
    kinds = {kind: _COLOURS[place % len(_COLOURS)] for place, kind in enumerate(playback.trail.kinds)}
    arrows: dict[str, list[Any]] = {kind: [] for kind in kinds}
    lanes: dict[tuple[int, int], Any] = {}
    for due, _, to, sender, what in drawn:
        lane = next(lanes.setdefault((sender, to), count()))  # several on one link lie side by side
        age = _age(what)
        arrows[kind_of(what)].append(
            {
                "name": f"{everybody[sender].label} to {everybody[to].label}: {str(what)[:120]}"
                f"{f', {age}' if age else ''}, due at {due:g}",
                "coords": [where[sender].tolist(), _come(where[sender], where[to], due - model.clock)],
                "lineStyle": {"curveness": 0.12 * lane},
                "label": {"formatter": age},
            }
        )
    ages = dict.fromkeys(_age(what) for *_, what in under_way if _age(what))
    told = [f"{len(under_way)} under way", *ages][: 1 + _TOLD]
    if len(drawn) < len(under_way):
        told.insert(1, f"{len(drawn)} drawn")
    marks = symbols({party.role for party in everybody})
    return {
        **plane(right=60),
        "title": foot(", ".join(told)),
        "tooltip": {"confine": True, "formatter": "{b}"},
        "legend": {"top": 0, "left": 0, "type": "scroll", "itemWidth": 14, "data": list(kinds)},
        "series": [
            links(model, where),
            *(
                {
                    "type": "scatter",
                    "name": role,
                    "z": 3,
                    "symbol": symbol,
                    "symbolSize": 0.8 * size(len(everybody)),
                    "itemStyle": mark(len(everybody), is_traitor="traitor" in role),
                    "label": {"show": len(everybody) <= _NAMED, "formatter": "{b}", "position": "right"},
                    "data": [
                        {"name": party.label, "value": place}
                        for party, place in zip(everybody, where.tolist(), strict=True)
                        if party.role == role
                    ],
                }
                for role, symbol in marks.items()
            ),
            *(
                {
                    "type": "lines",
                    "name": kind,
                    "coordinateSystem": "cartesian2d",
                    "symbol": ["none", "arrow"],
                    "symbolSize": 9,
                    "color": colour,
                    "lineStyle": {"color": colour, "width": 2, "opacity": 1},
                    "label": {
                        "show": len(ages) > 1 and len(drawn) <= _NUMBERED,
                        "position": "end",
                        "fontSize": 10,
                    },
                    "data": arrows[kind],
                }
                for kind, colour in kinds.items()
            ),
        ],
    }


def _come(sender: Any, to: Any, left: float) -> list[int]:
    """Return how far a message has come that has so much time left: halfway a round before it arrives."""
    place: list[int] = np.rint(sender + (to - sender) * 0.92 / (1 + max(left, 0.0))).astype(int).tolist()
    return place


def _age(what: Any) -> str:
    """Return which round, view or term a message, or what it carries, is of; nothing where it says none."""
    for part in (what, getattr(what, "message", None), getattr(what, "block", None)):
        for name in _AGES:
            if isinstance(getattr(part, name, None), int):
                return f"{name} {getattr(part, name)}"
    return ""
