"""Predictions: what theory says about one run of linear averaging, from that run's own matrix."""

from typing import Any, NamedTuple

import numpy as np

from ..models.catalogue.averaging import Averaging
from .scenarios import Row, rebuild
from .theory.capture import captured_rate
from .theory.spectral import spectral_rate

__all__ = ["Prediction", "predict", "stubborn_value"]


class Prediction(NamedTuple):
    """A bound on the disagreement after k steps: initial * rate^k.

    Parameters
    ----------
    initial
        Without traitors the first disagreement; else the first distance from the traitors' value.
    rate
        The long-run factor per step.
    """

    initial: float
    rate: float


def predict(row: Row) -> Prediction | None:
    """Return the spectral prediction for a run; None if its rule is not linear, or no rest is to be expected.

    Without traitors the rate is that of W off the constant vector. Against traitors that all tell one value
    for ever it is that of W without them: everybody ends at their value.

    Parameters
    ----------
    row
        A row of the frame of runs: `seed`, `replicate` and the factors.
    """
    model = rebuild(row)
    if not model.scenario.rule.is_linear:
        return None
    if not len(model.traitors):
        return Prediction(model.disagreement, spectral_rate(model.matrix))
    value = stubborn_value(model)
    if value is None:
        return None
    distance = float(np.linalg.norm(np.delete(model.opinions, model.traitors) - value))
    return Prediction(distance, captured_rate(model.matrix, model.traitors))


def stubborn_value(model: Averaging) -> float | None:
    """Return the one value that a model's traitors hold on to; None if they do not, or to several."""
    conduct: Any = model.scenario.conduct
    if str(conduct).partition("(")[0] != "stubborn" or not len(model.traitors):
        return None
    held = set(model.opinions[model.traitors].tolist()) if conduct.value is None else {conduct.value}
    return float(held.pop()) if len(held) == 1 else None
