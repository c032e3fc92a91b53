"""The network, its parties coloured by what they hold and its traitors ringed."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from ....models.agreement import AgreementModel
from ...style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE
from ..curves import upto
from ..diagram import MOST, foot, links, mark, parties, places, plane, size, symbols
from ..playback import Playback
from ..scale import gradient
from ..trail import held
from . import Chart, view

__all__ = ["network"]

_NAMED = 40  # parties that have room for their names
# of decisions; vermilion is the traitors'
_KINDS = (BLUE, ORANGE, GREEN, "#56B4E9", "#F0E442", PURPLE, BLACK)
_BEYOND = "outside of the first range"
_HELD = 3  # the column of the data that colours go by

Holdings = Sequence[float | str | None]


def _fits(model: AgreementModel) -> bool:
    net = getattr(model, "network", None)
    return net is not None and net.n <= MOST


@view("Network", fits=_fits, place=1)
def network(playback: Playback) -> Chart:
    """Who holds what: parties coloured by opinion, decision or share; traitors ringed; hover for their state."""
    model: Any = playback.model
    net = model.network
    everybody = parties(model)
    where = places(model, len(everybody))
    holdings, scale = _coloured(playback, len(everybody))
    names, told = _told(model, len(everybody))
    by_role: dict[str, list[Any]] = {}
    for party, place, holding, state in zip(everybody, where.tolist(), holdings, told, strict=True):
        row: list[Any] = [*place, party.label, holding, *state]
        by_role.setdefault(party.role, []).append(_marked(row, scale))
    marks, edges = symbols(by_role), links(model, where)
    beyond = [_BEYOND] if _ever_beyond(playback, scale) else []
    return {
        **plane(right=110),
        "tooltip": {"confine": True},
        "legend": {"top": 0, "left": 0, "itemWidth": 14, "data": [*marks, *beyond]},
        "visualMap": scale,
        "title": foot("" if edges["data"] or not net.m else f"{net.m} links, too many to draw"),
        "series": [
            edges,
            *(
                {
                    "type": "scatter",
                    "name": role,
                    "symbol": symbol,
                    "symbolSize": size(len(everybody)),
                    "dimensions": [
                        {"name": "x"},
                        {"name": "y"},
                        {"name": "party", "type": "ordinal"},
                        # a decision is a word: guessed from the first one, "0" would make numbers of all
                        {"name": "held", "type": "ordinal" if "categories" in scale else "number"},
                        *({"name": name, "type": "ordinal"} for name in names),
                    ],
                    "encode": {"itemName": 2, "tooltip": list(range(4, 4 + len(names)))},
                    "itemStyle": mark(len(everybody), is_traitor="traitor" in role),
                    "label": {"show": len(everybody) <= _NAMED, "formatter": "{b}", "position": "right"},
                    "data": by_role[role],
                }
                for role, symbol in marks.items()
            ),
            *(
                {"type": "scatter", "name": name, "itemStyle": {"color": PURPLE, "opacity": 1}, "data": []}
                for name in beyond
            ),
        ],
    }


def _marked(row: list[Any], scale: dict[str, Any]) -> Any:
    """Return a party's data, with a colour of its own where it has no place on the scale."""
    holding = row[_HELD]
    if holding is None:
        return {"value": row, "visualMap": False}
    if "min" in scale and not scale["min"] <= holding <= scale["max"]:
        return {"value": row, "visualMap": False, "itemStyle": {"color": PURPLE}}
    return row


def _ever_beyond(playback: Playback, scale: dict[str, Any]) -> bool:
    """Return whether anybody has left the scale so far: from then on the legend says so."""
    hull = playback.trail.hull
    return "min" in scale and hull is not None and (hull[0] < scale["min"] or hull[1] > scale["max"])


# What they hold ------------------------------------------------------------------------------------


def _coloured(playback: Playback, number: int) -> tuple[Holdings, dict[str, Any]]:
    """Return what so many parties hold, and the scale of its colours."""
    model: Any = playback.model
    values = held(model)
    if values is None:
        counts = [_count(model.holding(node)) for node in range(number)]
        return counts, _gradient(0, upto(max((each for each in counts if each is not None), default=0)))
    if hasattr(model, "simulation"):
        values[[not made for made in model.simulation.decisions[: len(values)]]] = np.nan
        decisions = _decisions(model, values)
        if decisions is not None:
            return decisions
    numbers = [round(each, 9) if each == each else None for each in values.tolist()]
    opening, known = playback.trail.opening, [each for each in numbers if each is not None]
    if opening is not None:
        # settled on an end of the range is inside of it: rounding is not what the other colour is for
        slack = 1e-9 * (opening[1] - opening[0]) + 1e-9
        return numbers, _gradient(opening[0], opening[1], slack)
    low, high = playback.trail.hull or (0.0, 1.0)
    return numbers, _gradient(min([low, *known]), max([high, *known]))


def _decisions(model: Any, values: Any) -> tuple[Holdings, dict[str, Any]] | None:
    """Return what each has decided, in a word, and a colour for each decision; None where they are too many."""
    made = model.simulation.decisions
    order = sorted(np.flatnonzero(values == values).tolist(), key=lambda node: made[node][0].time)
    inputs = getattr(model, "inputs", None)
    kinds = {} if inputs is None else {value: f"{value:.6g}" for value in sorted({0, 1, *inputs})}
    kinds |= {
        value: model.holding(node) for node, value in reversed([(node, values[node]) for node in order])
    }
    if len(kinds) > len(_KINDS):
        return None
    holdings = [kinds[value] if value == value else "undecided" for value in values.tolist()]
    return holdings, {
        "type": "piecewise",
        "dimension": _HELD,
        "categories": [*kinds.values(), "undecided"],
        "inRange": {"color": [*_KINDS[: len(kinds)], GREY]},
        "right": 0,
        "top": "middle",
    }


def _gradient(low: float, high: float, slack: float = 0.0) -> dict[str, Any]:
    """Return the scale of values between two ends."""
    return gradient(low, high, dimension=_HELD, ends=(f"{low:.4g}", f"{high:.4g}"), slack=slack)


def _count(holding: str) -> float | None:
    """Return the number that a holding begins with, as in "3 entries"."""
    found = re.match(r"-?\d+(\.\d+)?", holding)
    return float(found[0]) if found else None


# What can be told of them --------------------------------------------------------------------------


def _told(model: AgreementModel, number: int) -> tuple[list[str], list[list[str]]]:
    """Return the names of what is known of parties, and it, party by party."""
    degrees = [str(len(model.neighbours(node))) for node in range(number)]
    columns = dict(model.party_columns())
    if not columns:
        return ["neighbours"], [[degree] for degree in degrees]
    now = columns.pop("step") == model.clock
    nodes = columns.pop("party")[now].tolist()
    columns.pop("label", None)
    told: list[list[list[str]]] = [[[] for _ in columns] for _ in range(number)]
    for place, values in enumerate(columns.values()):
        for node, value in zip(nodes, values[now].tolist(), strict=True):
            text = _text(value)
            if text not in told[node][place]:  # who sits at several tables has a row for each
                told[node][place].append(text)
    return ["neighbours", *columns], [
        [degree, *("; ".join(each) for each in state)] for degree, state in zip(degrees, told, strict=True)
    ]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return "none" if value != value else f"{value:.6g}"
    return str(value) if value is not None and value != "" else "none"
