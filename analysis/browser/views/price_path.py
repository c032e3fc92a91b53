"""At what price deals are made, one after the other, beside the price that theory gives."""

from bisect import bisect_right
from math import isfinite
from typing import Any

from ....models.agreement import AgreementModel
from ....models.deal import Deal, Ending
from ...labels import axis_label, heading, number
from ...style import BLUE, GREY, VERMILION
from ..curves import TOOLTIP, Panel, chart, curve, dashes, rounded, span, thinned
from ..playback import Playback
from . import HEIGHT, Chart, view

__all__ = ["price_path"]

_STEPS = 50  # whose ends have room


def _theory(model: AgreementModel) -> dict[str, float]:
    """Return the prices that theory gives, by column: what a run's outcome calls the price of something."""
    columns = [column for column in model.outcomes if column.endswith("_price")]
    outcome = model.outcome() if columns else {}
    return {column: outcome[column] for column in columns if isfinite(outcome[column])}


def _fits(model: AgreementModel) -> bool:
    return "price" in model.step_columns() or bool(_theory(model))


@view("Price path", fits=_fits, place=6)
def price_path(playback: Playback) -> Chart:
    """At what prices deals are made: of every deal on record, or of every step; dashed, what theory gives."""
    model = playback.model
    told = {**model.outcomes, **model.step_outcomes}.get("price")
    name = axis_label("Price", told.unit if told else "1")
    theory = _theory(model)
    closes: list[int] | None = getattr(
        model, "closes", None
    )  # how many deals there were when each step was over
    if closes is None and "price" in model.step_columns():
        path = model.step_columns()["price"].tolist()
        vertical = span([*path, *theory.values()])
        series = [
            curve("Price", path, BLUE),
            *(dashes(heading(each), price) for each, price in theory.items()),
        ]
        return chart([Panel(name, vertical, series)], model.clock, HEIGHT)
    deals: list[Deal] = [each for each in getattr(model, "deals", ()) if isinstance(each.outcome, float)]
    prices = [deal.outcome for deal in deals]
    vertical = span([0.0, *prices, *(2 * price for price in theory.values())])  # they scatter on both sides
    series = [_dots(model, deals, closes, kept) for kept in (True, False)]
    series += [dashes(heading(each), price) for each, price in theory.items()]
    if closes and len(closes) <= _STEPS:
        ends = [[[end + 0.5, vertical["min"]], [end + 0.5, vertical["max"]], [None, None]] for end in closes]
        line = {"type": "line", "name": "End of a step", "color": GREY, "symbol": "none", "silent": True}
        line |= {"lineStyle": {"width": 1, "type": "dotted"}, "tooltip": {"show": False}}
        series.append({**line, "data": [point for end in ends for point in end]})
    drawn = chart([Panel(name, vertical, series)], len(deals), HEIGHT, along="Deal")
    return {**drawn, "tooltip": {"formatter": "{b}", **TOOLTIP}}


def _dots(model: AgreementModel, deals: list[Deal], closes: list[int] | None, kept: bool) -> dict[str, Any]:
    """Return the deals that were kept, or those that were not, as dots."""
    numbers = [at for at, deal in enumerate(deals) if (deal.ending is Ending.AGREED) == kept]
    data: list[dict[str, Any]] = []
    for at in (numbers[each] for each in thinned(len(numbers))):
        deal = deals[at]
        who = " and ".join(model.label(node) for node in deal.parties)
        told = f"Deal {at + 1} of {who}\nat {number(deal.outcome)} in round {deal.round}: {deal.ending.value}"
        step = {"step": 1 + bisect_right(closes, at)} if closes else {}
        data.append({"value": [at + 1, rounded(deal.outcome)], "name": told, **step})
    return {
        "type": "scatter",
        "name": "Kept" if kept else "Breached",
        "color": BLUE if kept else VERMILION,
        "symbol": "circle" if kept else "diamond",
        "symbolSize": 7 if kept else 11,
        "data": data,
    }
