"""What was offered at a table, by what it is worth to two who sit there."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....models.agreement import AgreementModel
from ....models.standing import POINTS, standing
from ....models.table import Table
from ...labels import shortened
from ...style import BLUE, GREY, PURPLE, VERMILION
from ...traces import SOLUTIONS, bids
from ..curves import TOOLTIP, span, thinned, upright
from ..playback import Playback
from . import Chart, view

__all__ = ["offer_space"]

_OUTCOMES, _OFFERS = 2_000, 200  # of a whole space, and of a party, that are drawn
_COLOURS = (BLUE, VERMILION, PURPLE)
_SYMBOLS = {
    "nash": "rect",
    "kalai_smorodinsky": "diamond",
    "egalitarian": "triangle",
    "utilitarian": "circle",
}
_STAR = "path://M50,0 L62,36 L98,36 L68,58 L80,95 L50,72 L20,95 L32,58 L2,36 L38,36 Z"
_YELLOW = "#F0E442"
_MEDIATOR = -1  # who offers, and sits nowhere

Series = dict[str, Any]


def _table(model: AgreementModel) -> Table | None:
    """Return the first table of a model whose parties bargain at tables."""
    tables: Any = getattr(model, "tables", ())
    return tables[0] if len(tables) and isinstance(tables[0], Table) else None


@view("Offer space", fits=lambda model: _table(model) is not None, place=5)
def offer_space(playback: Playback) -> Chart:
    """Which offers were made, by what they are worth to two parties; behind them outcomes, frontier and solutions."""
    model: Any = playback.model
    table = _table(model)
    assert table is not None, "the view does not fit"
    names = {seat: shortened(model.label(node), 20) for seat, node in enumerate(table.nodes)}
    worth, none = table.bargain.utilities[:, :2], table.bargain.disagreement[:2]
    across, along = (span([worth[:, one].min(), worth[:, one].max(), none[one]]) for one in (0, 1))
    shown = ""
    if len(table.nodes) > 2 or len(model.tables) > 1:
        shown = f" (table 1 of {len(model.tables)}, two of {len(table.nodes)} parties)"
    return {
        "animation": False,
        "tooltip": {"formatter": "{b}", **TOOLTIP},
        "legend": {"top": 0, "itemWidth": 16, "itemGap": 8, "textStyle": {"fontSize": 11}},
        "grid": {"left": 64, "right": 16, "top": 96, "bottom": 40},
        "xAxis": {
            **across,
            "name": f"Utility of {names[0]}",
            "nameLocation": "middle",
            "nameGap": 24,
            "splitLine": {"show": False},
        },
        "yAxis": {**along, **upright(f"Utility of {names[1]}{shown}"), "splitLine": {"show": False}},
        "series": [
            *_background(table, across, along),
            *_offers(table, {**names, _MEDIATOR: "the mediator"}),
            *_solutions(table),
            *_deal(table),
        ],
    }


def _background(table: Table, across: Series, along: Series) -> Iterator[Series]:
    """Return all outcomes, the frontier, and what no deal is worth."""
    worth, none = table.bargain.utilities, table.bargain.disagreement
    frontier = standing(table.bargain).frontier
    frontier = frontier[np.argsort(frontier[:, 0], kind="stable")]
    dots = _points(table, worth[thinned(len(worth), _OUTCOMES)])
    yield {**_dots("All outcomes", dots, "#9a9a9a", 3), "itemStyle": {"opacity": 0.35}, "silent": True}
    yield {
        **_dots("Frontier", _points(table, frontier[thinned(len(frontier), _OFFERS)]), GREY, 5),
        "type": "line" if len(table.nodes) == 2 else "scatter",  # of more than two parties it is no line
        "lineStyle": {"width": 1.5},
        "silent": True,
    }
    ((first, second),) = _points(table, none[None])
    ends = [[first, along["min"]], [first, along["max"]], [None, None], [across["min"], second]]
    yield {
        **_dots("No deal", [*ends, [across["max"], second]], GREY, 0),
        "type": "line",
        "lineStyle": {"width": 1, "type": "dotted"},
        "silent": True,
    }


def _offers(table: Table, names: dict[int, str]) -> Iterator[Series]:
    """Return the offers of everybody who sits there, or has offered, each a path."""
    for (seat, name), colour in zip(names.items(), np.resize(_COLOURS, len(names)).tolist(), strict=True):
        made = bids(table, seat)
        shown = thinned(len(made.rounds), _OFFERS)
        outcomes, rounds = made.outcomes[shown], made.rounds[shown].tolist()
        points = _points(table, table.bargain.utilities[outcomes])
        data = [
            {
                "value": point,
                "name": f"{name} in round {number}:\n{_told(table, outcome)}",
                "step": number + 1,
            }
            for point, number, outcome in zip(points, rounds, outcomes.tolist(), strict=True)
        ]
        if data or seat != _MEDIATOR:
            path = {"type": "line", "lineStyle": {"width": 1.2, "opacity": 0.7}, "z": 3}
            yield {**_dots(f"Offers of {name}", data, colour, 6), **path}


def _solutions(table: Table) -> Iterator[Series]:
    for name, point in zip(POINTS, standing(table.bargain).points, strict=True):
        if point is not None:
            label, colour = SOLUTIONS[name]
            (there,) = _points(table, point[None])
            dot = _dots(label, [{"value": there, "name": label}], "transparent", 13)
            border = {"borderColor": colour, "borderWidth": 2.5}
            yield {**dot, "symbol": _SYMBOLS[name], "itemStyle": border, "z": 4}


def _deal(table: Table) -> Iterator[Series]:
    deal = table.deal
    if deal is not None and deal.outcome is not None:
        (there,) = _points(table, table.bargain.utilities[[deal.outcome]])
        told = f"{deal.ending.value.capitalize()} in round {deal.round}:\n{_told(table, deal.outcome)}"
        dot = _dots("Deal", [{"value": there, "name": told, "step": deal.round + 1}], _YELLOW, 20)
        yield {**dot, "symbol": _STAR, "itemStyle": {"borderColor": "#444", "borderWidth": 1}, "z": 5}


def _points(table: Table, utilities: NDArray[np.float64]) -> list[list[float]]:
    """Return what outcomes are worth to the first two parties, to a few digits of the greatest utility."""
    greatest = np.abs(table.bargain.utilities[:, :2]).max() or 1.0
    points: list[list[float]] = np.round(utilities[:, :2], 4 - int(np.floor(np.log10(greatest)))).tolist()
    return points


def _dots(name: str, data: list[Any], colour: str, size: float) -> Series:
    return {
        "type": "scatter",
        "name": name,
        "color": colour,
        "symbol": "circle",
        "symbolSize": size,
        "data": data,
    }


def _told(table: Table, outcome: int) -> str:
    """Return an outcome in words, for a tooltip."""
    issues = table.space.outcome(outcome).items()
    return shortened(", ".join(f"{issue}={value}" for issue, value in issues), 160)
