"""Whatever else a model writes down in every step, as curves."""

import numpy as np

from ....models.agreement import AgreementModel
from ...labels import axis_label, heading
from ...style import BLUE, GREEN, ORANGE, PURPLE, VERMILION
from ..curves import Panel, chart, curve, meaning, span
from ..playback import Playback
from . import HEIGHT, Chart, view

__all__ = ["records"]

_COLOURS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE)
_ELSEWHERE = {"step", "disagreement"}  # which has a view of its own
_POINTS = 250


def _panels(model: AgreementModel) -> dict[str, list[str]]:
    """Return the columns of numbers that a model writes down in every step, by their unit; a unit of 1 is none."""
    panels: dict[str, list[str]] = {}
    for column, values in model.step_columns().items():
        if column not in _ELSEWHERE and np.issubdtype(values.dtype, np.number):
            told = model.step_outcomes.get(column)
            panels.setdefault(told.unit if told and told.unit != "1" else column, []).append(column)
    return panels


@view("Step by step", fits=lambda model: bool(_panels(model)), place=8)
def records(playback: Playback) -> Chart:
    """Whatever else the run writes down in every step. Click on a point to go there."""
    model = playback.model
    recorded = model.step_columns()
    panels = []
    for columns in _panels(model).values():
        values = [recorded[column].astype(float).tolist() for column in columns]
        whole = all(np.issubdtype(recorded[column].dtype, np.integer) for column in columns)
        curves = [
            curve(heading(column), each, colour, most=_POINTS)
            for column, each, colour in zip(
                columns, values, np.resize(_COLOURS, len(columns)).tolist(), strict=True
            )
        ]
        vertical = span([value for each in values for value in each], whole=whole)
        panels.append(Panel(_named(model, columns), vertical, curves))
    return chart(panels, model.clock, HEIGHT)


def _named(model: AgreementModel, columns: list[str]) -> str:
    """Return the meaning of a column, or the names of several, with their unit."""
    told = model.step_outcomes.get(columns[0])
    if told is None:
        return ", ".join(map(heading, columns))
    if len(columns) > 1:
        return axis_label(", ".join(map(heading, columns)), told.unit)
    return meaning(told)
