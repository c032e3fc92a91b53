"""Scenarios: what the runs of averaging were set to, in full, and the runs made again.

A frame of runs names only the factors that were varied. `described` adds what was left at its default, in
the text form that `accord` reads, so that a row says everything about its run. `rebuild` makes the
run's model again from such a row: its network, its matrix, its first opinions.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..agents.errors import InputError
from ..agents.parameters import Parameters
from ..agents.rules import rules
from ..experiments.design import read_levels
from ..experiments.result import Result
from ..models.catalogue.averaging import Averaging
from ..models.seeds import Seed
from .frames import finished, require

__all__ = [
    "Row",
    "beside_runs",
    "described",
    "is_linear",
    "rebuild",
    "retold",
    "typical_runs",
    "without_traitors",
]

Row = Mapping[Any, Any]
"""A row of the frame of runs, by column."""

_FIELDS = tuple(Averaging.Scenario.model_fields)


def described(frame: pd.DataFrame) -> pd.DataFrame:
    """Return an averaging frame with a column for every field of the scenario.

    Fields that were no factors get their defaults; parameters of a part ("network.n") are written into it.
    Rows whose scenario cannot be made (its rule was a class in somebody's notebook) stay as they are.
    """
    factors = [column for column in frame.columns if _is_setting(column)]
    if frame.empty:
        return frame.reindex(columns=list(dict.fromkeys([*frame.columns, *_FIELDS])))
    if not factors:
        return frame.assign(**_described({}))
    point = frame.groupby(factors, dropna=False, sort=False, observed=True).ngroup()
    first = ~point.duplicated()
    points = {
        number: _described(row)
        for number, row in zip(point[first], frame.loc[first, factors].to_dict("records"), strict=True)
    }
    table = pd.DataFrame.from_dict(points, orient="index").loc[point].set_axis(frame.index)
    return frame.assign(**{str(field): table[field] for field in table.columns})


def beside_runs(result: Result, frame: str, runs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the frame of steps or parties with what its runs were set to beside it.

    Parameters
    ----------
    result
        A sweep's result.
    frame
        "steps" or "parties".
    runs
        The rows of ``result.runs`` to keep; all that finished, if not given.
    """
    runs = described(finished(result.runs) if runs is None else runs)
    recorded: pd.DataFrame = getattr(result, frame)
    kept = [each for each in runs.columns if _is_setting(each) or each in ("run", "seed", "replicate")]
    return recorded[recorded["run"].isin(runs["run"])].merge(runs[kept], on="run", how="left")


def rebuild(row: Row, record: Iterable[str] = ()) -> Averaging:
    """Return the model of a row of runs as it stood before its first step.

    Parameters
    ----------
    row
        A row of the frame of runs: `seed`, `replicate` and the factors.
    record
        What the model shall keep if it is run.

    Raises
    ------
    InputError
        If a column is missing, or the row's scenario cannot be made from its text.
    """
    for column in ("seed", "replicate"):
        if column not in row:
            raise InputError(
                f"a run is made again from its {column!r}, and the row has {', '.join(row) or 'nothing'}"
            )
    return Averaging(_scenario(row), rng=Seed(int(row["seed"]), int(row["replicate"])), record=record)


def is_linear(rule: str) -> bool:
    """Return whether the text form of a rule names a linear one; a rule of somebody's notebook has none."""
    try:
        return bool(rules.choose(rule).is_linear)
    except InputError:
        return False


def without_traitors(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of described runs without traitors, each run once.

    Where nobody sits, and what nobody does, makes no difference: rows that differ in placement or conduct
    alone are the same run.
    """
    runs = runs[runs["traitors"] == 0]
    factors = [each for each in _FIELDS if each not in ("placement", "conduct")]
    same = [*factors, *(each for each in ("seed", "replicate") if each in runs.columns)]
    return runs.drop_duplicates(same) if "replicate" in runs.columns else runs


def typical_runs(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the runs that show a sweep by example: the first replicate of its first point, under every rule.

    Of the numbers of traitors there are the least and the greatest that are not zero.
    """
    require(runs, ("replicate",), "picking examples")
    runs = described(finished(runs))
    if runs.empty:
        return runs
    for column in ("replicate", *_FIELDS):
        if column not in ("rule", "traitors"):
            runs = runs[runs[column] == runs[column].iloc[0]]
    counts = sorted(set(runs["traitors"]) - {0}) or [0]
    return runs[runs["traitors"].isin([counts[0], counts[-1]])]


def retold(row: Row, most: int | None = None) -> pd.DataFrame:
    """Return a run's opinions at every step, made again, with what traitors told in place of what they held.

    Parameters
    ----------
    row
        A row of the frame of runs.
    most
        Steps to be told at most.

    Returns
    -------
    DataFrame
        The run's settings beside `step`, `party`, `label`, `role`, `opinion`. A traitor's opinion is the mean
        of what it quoted to its neighbours on the way to that step; missing at step 0 and in silence.
    """
    model = rebuild(row)
    opinions = [model.opinions.copy()]
    opinions[0][model.traitors] = np.nan
    while model.running and model.clock != most:
        model.step()
        now = model.opinions.copy()
        for node in model.traitors.tolist():
            told = [quote for quote in model.quotes(node).values() if not np.isnan(quote)]
            now[node] = np.mean(told) if told else np.nan
        opinions.append(now)
    n, steps = model.network.n, len(opinions)
    traitors = np.isin(np.arange(n), model.traitors)
    frame = pd.DataFrame(
        {
            "step": np.repeat(np.arange(steps), n),
            "party": np.tile(np.arange(n), steps),
            "label": np.tile(np.array(model.network.node_labels, dtype=object), steps),
            "role": np.tile(np.where(traitors, "traitor", "negotiator").astype(object), steps),
            "opinion": np.concatenate(opinions),
        }
    )
    settings = {
        column: value
        for column, value in row.items()
        if _is_setting(column) or column in ("run", "seed", "replicate")
    }
    return frame.assign(**settings)


def _is_setting(column: Any) -> bool:
    return str(column).partition(".")[0] in _FIELDS


def _scenario(row: Row) -> Any:
    given = {}
    for column, value in row.items():
        if _is_setting(column):
            if "." in column and isinstance(value, str):
                (value,) = read_levels(value, column)
            given[column] = value.item() if hasattr(value, "item") else value
    return Averaging.Scenario(**given)


def _described(row: Row) -> dict[str, Any]:
    try:
        scenario = _scenario(row)
    except InputError:
        scenario = None
    told = {}
    for field in _FIELDS:
        default = Averaging.Scenario.model_fields[field].default
        value = row.get(field, default) if scenario is None else getattr(scenario, field)
        told[field] = str(value) if isinstance(value, Parameters) else value
    return told
