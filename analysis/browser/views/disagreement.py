"""How far the parties are apart, step by step, beside what theory says of it."""

from functools import lru_cache
from math import floor, isfinite, log10
from typing import Any

import numpy as np

from ....agents.protocols import Problem
from ....models.agreement import AgreementModel
from ....models.records import Column
from ...deal_predictions import proposer_share_of
from ...predictions import Prediction, prediction_of
from ...style import BLUE, GREY
from ...theory.cost import delays
from ...theory.spectral import predicted_disagreement
from ...verdicts import stability
from ..address import Address
from ..curves import Panel, chart, curve, mark, meaning, rounded, span, upto
from ..playback import Playback
from . import HEIGHT, Chart, view

__all__ = ["disagreement"]

_DECADES = 1e-3  # a tolerance below it is something that is approached through decades
_MOST = 5_000  # parties of whose matrix the spectrum is worked out between two steps
_FAR = 200  # steps; what is to come later has no room kept for it
_ROUNDING = 1e-12
_USUAL = {"channel": "constant", "scheduler": "earliest", "pace": "1.0"}  # each message takes a round
_ONE_SHOT = (Problem.BROADCAST, Problem.CONSENSUS, Problem.APPROXIMATE, Problem.COMMIT)


@view("Disagreement", fits=lambda model: "disagreement" in model.step_columns(), place=4)
def disagreement(playback: Playback) -> Chart:
    """How far honest parties are apart, by step; dashed or dotted, what theory says. Click on a point to go there."""
    model = playback.model
    apart = np.asarray(model.step_columns()["disagreement"], dtype=float)
    told = model.step_outcomes.get("disagreement", Column("float64", "1", "disagreement"))
    bound, marks = _bound(playback), _marks(model)
    last = upto(max([model.clock, *(step for step in marks.values() if step <= _FAR)]))
    tolerance = _tolerance(model)
    if bound is not None or 0 < tolerance <= _DECADES:
        highest = max([*apart[np.isfinite(apart)], bound[1].initial if bound else 0.0])
        vertical = _decades(min(tolerance, _DECADES) or 1e-6, highest)
        apart = np.where(apart == 0, vertical["min"] / 10, apart)  # below the axis, not nowhere
    else:
        vertical = span(apart.tolist(), whole=told.dtype.lower().startswith("int"))
    series = [curve("Measured", apart.tolist(), BLUE)]
    if bound is not None:
        theory = predicted_disagreement(*bound[1], np.arange(last + 1))
        series.append(curve(bound[0], theory.tolist(), GREY, dashed=True))
    series += [mark(f"{text}: step {step:g}", step, vertical) for text, step in marks.items()]
    return chart([Panel(meaning(told), vertical, series)], last, HEIGHT)


def _decades(least: float, highest: float) -> dict[str, Any]:
    """Return a logarithmic axis from a decade below the least value that matters."""
    bottom = 10.0 ** (floor(log10(least) + 1e-9) - 1)
    top = bottom * 10
    while top < highest:
        top *= 10
    return {"type": "log", "min": rounded(bottom), "max": rounded(top)}


def _tolerance(model: AgreementModel) -> float:
    """Return what counts as agreement by the scenario, or else by one of its parts; 0 where nothing says so."""
    scenario = model.scenario
    parts = [getattr(scenario, field) for field in type(scenario).model_fields]
    given = (each.__dict__.get("tolerance") for each in (scenario, *parts) if hasattr(each, "__dict__"))
    return next((float(each) for each in given if each), 0.0)


# What theory says -------------------------------------------------------------------------------


def _bound(playback: Playback) -> tuple[str, Prediction] | None:
    """Return the spectral prediction, and what it is, where opinions are averaged with the weights of a matrix."""
    model: Any = playback.model
    linear = getattr(getattr(model.scenario, "rule", None), "is_linear", False)
    tells = all(hasattr(model, each) for each in ("matrix", "traitors", "disagreement"))
    if not linear or not tells or model.network.n > _MOST:
        return None
    kind: Any = playback.kind
    return _predicted(kind, str(playback.address.at(0)))


@lru_cache(maxsize=64)
def _predicted(kind: type[AgreementModel], address: str) -> tuple[str, Prediction] | None:
    run: Any = Playback(kind, Address.read(address)).model
    found = prediction_of(run)
    if found is None:
        return None
    always = abs(run.matrix - run.matrix.T).max() <= _ROUNDING  # in every step, or in the long run
    return f"{'Bound' if always else 'Rate'} {found.initial:.3g} · {found.rate:.4g}^k", found


def _marks(model: Any) -> dict[str, float]:
    """Return steps of which theory or the scenario says something, by what it is."""
    given = {field: getattr(model.scenario, field) for field in type(model.scenario).model_fields}
    marks: dict[str, float] = {}
    if "channel" in given:
        since = stability(str(given["channel"])).since
        if isfinite(since) and since > 0:
            marks["Network keeps its bound on delays"] = since
    decided = _decided(model, given)
    if decided is not None:
        marks["Decided if none fails, inputs equal"] = decided
    if {"recognition", "discount"} <= set(given) and hasattr(model, "quota"):
        row = {**given, "network": str(given["network"]), "nodes": model.network.n, "needed": model.quota}
        if isfinite(proposer_share_of(row)):
            marks["Equilibrium: the first proposal passes"] = 1
    if isinstance(given.get("deadline"), int):
        marks["Deadline"] = given["deadline"]
    return marks


def _decided(model: Any, given: dict[str, Any]) -> float | None:
    """Return when a protocol that decides once has decided, if each message takes a round; None if it is not known."""
    protocol = given.get("protocol")
    usual = all(str(given.get(field)) == value for field, value in _USUAL.items())
    if protocol is None or not usual or given.get("relay") or protocol.problem not in _ONE_SHOT:
        return None
    n, f = model.network.n, model.scenario.borne
    return delays(str(protocol), n, f) if n >= protocol.least(f) else None
