"""What was offered at a table, by what it is worth to two who sit there."""

from html import escape
from typing import Any

import numpy as np

from ....models.agreement import AgreementModel
from ....models.standing import POINTS, standing
from ....models.table import Table
from ...labels import shortened
from ...style import BLUE, GREY, PURPLE, VERMILION
from ...traces import SOLUTIONS, bids
from ..curves import rounded, span, thinned, upright
from ..playback import Playback
from . import Chart, view

__all__ = ["offer_space"]

_OUTCOMES, _OFFERS = 2_000, 200  # of a whole space, and of a party, that are drawn
_SEATS = (BLUE, VERMILION, PURPLE)
_SYMBOLS = {
    "nash": "rect",
    "kalai_smorodinsky": "diamond",
    "egalitarian": "triangle",
    "utilitarian": "circle",
}
_STAR = "path://M50,0 L62,36 L98,36 L68,58 L80,95 L50,72 L20,95 L32,58 L2,36 L38,36 Z"
_YELLOW = "#F0E442"


def _table(model: AgreementModel) -> Table | None:
    tables: Any = getattr(model, "tables", ())
    return tables[0] if len(tables) and isinstance(tables[0], Table) else None


@view("Offer space", fits=lambda model: _table(model) is not None, height=460)
def offer_space(playback: Playback) -> Chart:
    """Which offers were made, by what they are worth to two parties; behind them outcomes, frontier and solutions."""
    model: Any = playback.model
    table = _table(model)
    assert table is not None, "the view does not fit"
    names = [escape(shortened(model.label(node), 20)) for node in table.nodes]
    worth, none = table.bargain.utilities[:, :2], table.bargain.disagreement[:2]
    theory, two = standing(table.bargain), len(table.nodes) == 2
    frontier = theory.frontier[np.argsort(theory.frontier[:, 0], kind="stable"), :2]
    across, along = (span([*worth[:, each], none[each]]) for each in (0, 1))
    others = "" if two else f" (of {len(table.nodes)} parties, two are shown)"
    if len(model.tables) > 1:
        others = f" (of {len(model.tables)} tables, the first is shown)"

    series: list[dict[str, Any]] = [
        _dots(
            "All outcomes", [_point(worth[at]) for at in thinned(len(worth), _OUTCOMES)], "#9a9a9a", 3, 0.35
        ),
        {
            **_dots("Frontier", [_point(frontier[at]) for at in thinned(len(frontier), _OFFERS)], GREY, 5),
            "type": "line" if two else "scatter",  # of more than two it is no line
            "lineStyle": {"width": 1.5},
        },
        {
            **_dots(
                "No deal",
                [
                    [rounded(none[0]), along["min"]],
                    [rounded(none[0]), along["max"]],
                    [None, None],
                    [across["min"], rounded(none[1])],
                    [across["max"], rounded(none[1])],
                ],
                GREY,
                0,
            ),
            "type": "line",
            "symbol": "none",
            "lineStyle": {"width": 1, "type": "dotted"},
        },
    ]
    for seat, colour in zip(table.seats, np.resize(_SEATS, len(table.nodes)).tolist(), strict=True):
        made = bids(table, seat)
        offers = [
            {
                "value": _point(worth[made.outcomes[at]]),
                "name": f"{names[seat]} in round {made.rounds[at]}: {_told(table, made.outcomes[at])}",
                "step": int(made.rounds[at]) + 1,
            }
            for at in thinned(len(made.rounds), _OFFERS)
        ]
        path = {"type": "line", "lineStyle": {"width": 1.2, "opacity": 0.7}, "symbol": "circle", "z": 3}
        series.append({**_dots(f"Offers of {names[seat]}", offers, colour, 6), **path})
    for name, point in zip(POINTS, theory.points, strict=True):
        if point is not None:
            label, colour = SOLUTIONS[name]
            there = _dots(label, [{"value": _point(point), "name": label}], "transparent", 13)
            border = {"borderColor": colour, "borderWidth": 2.5}
            series.append({**there, "symbol": _SYMBOLS[name], "itemStyle": border, "z": 4})
    if table.deal is not None and table.deal.outcome is not None:
        told = f"{table.deal.ending.value.capitalize()} in round {table.deal.round}: {_told(table, table.deal.outcome)}"
        deal = {"value": _point(worth[table.deal.outcome]), "name": told, "step": table.deal.round + 1}
        label = "Deal" if table.agreed is not None else "Deal that was not kept"
        star = {"symbol": _STAR, "itemStyle": {"borderColor": "#444", "borderWidth": 1}, "z": 5}
        series.append({**_dots(label, [deal], _YELLOW, 20), **star})

    return {
        "animation": False,
        "tooltip": {"formatter": "{b}", "confine": True},
        "legend": {"top": 0, "itemWidth": 16, "itemGap": 8, "textStyle": {"fontSize": 11}},
        "grid": {"left": 64, "right": 16, "top": 96, "bottom": 40},
        "xAxis": {
            **across,
            "name": f"Utility of {names[0]}",
            "nameLocation": "middle",
            "nameGap": 24,
            "splitLine": {"show": False},
        },
        "yAxis": {**upright(f"Utility of {names[1]}{others}"), **along, "splitLine": {"show": False}},
        "series": series,
    }


def _point(utilities: Any) -> list[float | None]:
    return [rounded(utilities[0]), rounded(utilities[1])]


def _dots(name: str, data: list[Any], colour: str, size: float, opacity: float = 1.0) -> dict[str, Any]:
    named = any(isinstance(each, dict) for each in data)
    return {
        "type": "scatter",
        "name": name,
        "color": colour,
        "symbolSize": size,
        "itemStyle": {"opacity": opacity},
        "silent": not named,
        "tooltip": {"show": named},
        "data": data,
    }


def _told(table: Table, outcome: int) -> str:
    """Return an outcome in words, for a tooltip."""
    issues = table.space.outcome(int(outcome)).items()
    return escape(shortened(", ".join(f"{issue}={value}" for issue, value in issues), 160))
