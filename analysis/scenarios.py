"""Scenarios: what the runs of averaging were set to, in full, and the runs made again.

A frame of runs names only the factors that were varied. `described` adds what was left at its default, in
the text form that `accord` reads, so that a row says everything about its run. `rebuild` makes the
run's model again from such a row: its network, its matrix, its first opinions.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from ..agents.errors import InputError
from ..agents.parameters import Parameters
from ..experiments.design import read_levels
from ..experiments.result import Result
from ..models.catalogue.averaging import Averaging
from ..models.seeds import Seed
from .frames import finished

__all__ = ["beside_runs", "described", "rebuild"]

_FIELDS = tuple(Averaging.Scenario.model_fields)


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
    runs = described(finished(result.runs)) if runs is None else described(runs)
    recorded: pd.DataFrame = getattr(result, frame)
    kept = ["run", *(column for column in runs.columns if _is_setting(column) or column in ("seed", "replicate"))]
    return recorded[recorded["run"].isin(runs["run"])].merge(runs[kept], on="run", how="left")


def described(frame: pd.DataFrame) -> pd.DataFrame:
    """Return an averaging frame with a column for every field of the scenario.

    Fields that were no factors get their defaults; parameters of a part ("network.n") are written into it.
    Rows whose scenario cannot be made (its rule was a class in somebody's notebook) stay as they are.
    """
    factors = [column for column in frame.columns if _is_setting(column)]
    if frame.empty:
        return frame
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


def rebuild(row: Mapping[str, Any], record: Iterable[str] = ()) -> Averaging:
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
            raise InputError(f"a run can be made again only with its {column!r}, which the row does not have")
    return Averaging(_scenario(row), rng=Seed(int(row["seed"]), int(row["replicate"])), record=record)


def _is_setting(column: Any) -> bool:
    return str(column).partition(".")[0] in _FIELDS


def _scenario(row: Mapping[str, Any]) -> Any:
    given = {}
    for column, value in row.items():
        if _is_setting(column):
            if "." in column and isinstance(value, str):
                (value,) = read_levels(value, column)
            given[column] = value.item() if hasattr(value, "item") else value
    return Averaging.Scenario(**given)


def _described(row: Mapping[str, Any]) -> dict[str, Any]:
    try:
        scenario = _scenario(row)
    except InputError:
        scenario = None
    told = {}
    for field in _FIELDS:
        value = row.get(field, Averaging.Scenario.model_fields[field].default) if scenario is None else getattr(scenario, field)
        told[field] = str(value) if isinstance(value, Parameters) else value
    return told
