"""Opinions over time: a line for each party where they are few, else how many hold what."""

from typing import Any

import numpy as np

from ....models.agreement import AgreementModel
from ...style import BLUE, VERMILION
from ..curves import upto
from ..playback import Playback
from ..scale import gradient
from ..trail import Trail, held
from . import Chart, view

__all__ = ["opinions"]

_NAMED = 12  # lines that have room for their names
_HELD = {"name": "opinion", "nameLocation": "middle", "nameGap": 44}
_TIME = {"name": "step", "nameLocation": "middle", "nameGap": 26}


def _fits(model: AgreementModel) -> bool:
    # parties to a message protocol decide once: there is no way that their opinions go
    return held(model) is not None and not hasattr(model, "simulation")


@view("Opinions over time", fits=_fits, place=3)
def opinions(playback: Playback) -> Chart:
    """Who held what from the first step on: a line each, traitors' thick; of more than 50, how many held what."""
    trail = playback.trail
    return {
        "animation": False,
        "grid": {"left": 56, "right": 76, "top": 16, "bottom": 40},
        **(_lines(playback.model, trail) if trail.values else _density(trail)),
    }


def _lines(model: AgreementModel, trail: Trail) -> dict[str, Any]:
    traitors = set(np.asarray(getattr(model, "traitors", ()), dtype=int).tolist())
    parties = range(len(trail.values[0]))
    rows = [[_short(each) for each in row] for row in np.array(trail.values).T.tolist()]
    few = len(parties) <= _NAMED
    return {
        "tooltip": {"trigger": "axis", "show": few, "confine": True},
        "xAxis": {**_TIME, "type": "value", "min": 0, "max": upto(trail.steps[-1])},
        "yAxis": {**_HELD, "type": "value", "scale": True},
        "dataset": {"source": [trail.steps, *rows], "sourceHeader": False},
        "series": [
            {
                "type": "line",
                "name": model.label(node),
                "seriesLayoutBy": "row",
                "encode": {"x": 0, "y": 1 + node},
                "symbol": "none",
                "color": VERMILION if node in traitors else BLUE,
                "lineStyle": {
                    "width": 2 if node in traitors else 1,
                    "opacity": 0.9 if node in traitors else 0.5,
                },
                "z": 3 if node in traitors else 2,
                "endLabel": {"show": few, "formatter": "{a}"},
                "labelLayout": {"moveOverlap": "shiftY"},
                "emphasis": {"focus": "series"},
            }
            for node in parties
        ],
    }


def _density(trail: Trail) -> dict[str, Any]:
    number = int(max(each.sum() for each in trail.counts))
    digits = max(0, int(np.ceil(-np.log10(trail.width or 1.0))))
    levels = [f"{trail.low + (place + 0.5) * trail.width:.{digits}f}" for place in range(trail.BINS)]
    columns = min(upto(len(trail.steps)), trail.MOST)
    times = [str(step) for step in trail.steps]
    times += [str(trail.every * place) for place in range(len(times), columns)]
    cells = [
        [time, levels[place], int(counts[place]), round(float(np.log10(counts[place])), 2)]
        for time, counts in zip(times, trail.counts, strict=False)
        for place in np.flatnonzero(counts).tolist()
    ]
    return {
        "tooltip": {"confine": True},
        "xAxis": {**_TIME, "type": "category", "data": times},
        "yAxis": {
            **_HELD,
            "type": "category",
            "data": levels,
            "axisLabel": {"interval": trail.BINS // 8 - 1},
            "axisTick": {"show": False},
        },
        "visualMap": gradient(
            0, round(float(np.log10(max(number, 2))), 2), dimension=3, ends=("1 party", f"{number} parties")
        ),
        "series": [
            {
                "type": "heatmap",
                "dimensions": ["step", "opinion", "parties", "log"],
                "encode": {"x": 0, "y": 1, "value": 2, "tooltip": [0, 1, 2]},
                "progressive": 0,
                "data": cells,
            }
        ],
    }


def _short(value: float) -> float | None:
    return float(f"{value:.5g}") if value == value else None
