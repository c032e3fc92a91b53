"""Scenarios: what runs were set to, in full, and the runs made again.

A frame of runs names only the factors that were varied. `described` adds what was left at its default, in
the text form that `accord` reads, so that a row says everything about its run. `rebuild` makes the
run's model again from such a row. Which model that is shows in the columns: each has its own.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..agents.catalogue import Catalogue
from ..agents.errors import InputError
from ..agents.parameters import Parameters, name_of, parse
from ..agents.rules import rules
from ..experiments.design import read_levels
from ..experiments.result import Result
from ..models.agreement import AgreementModel
from ..models.catalogue import models
from ..models.catalogue.averaging import Averaging
from ..models.seeds import Seed
from .frames import finished, like_the_first, require

__all__ = [
    "Row",
    "beside_runs",
    "chosen",
    "described",
    "is_linear",
    "model_of",
    "number_of_parties",
    "rebuild",
    "retold",
    "typical_runs",
    "without_traitors",
]

Row = Mapping[Any, Any]
"""A row of the frame of runs, by column."""

_LUCK = ("run", "seed", "replicate")


def model_of(columns: Iterable[Any]) -> type[AgreementModel]:
    """Return the model of the catalogue whose runs have such columns: with which they have most in common.

    Of several, averaging; else that with the fewest parameters, then with the fewest other columns.

    >>> model_of(["protocol", "traitors", "agreement", "covered"]).__name__
    'Generals'
    """
    named = {str(column).partition(".")[0] for column in columns}

    def likeness(kind: type[AgreementModel]) -> tuple[int, bool, int, int]:
        parameters = kind.Scenario.model_fields
        known = {*parameters, *kind.outcomes, *(each.name for each in kind.properties)}
        return len(named & known), kind is Averaging, -len(parameters), -len(known)

    return max(models.values(), key=likeness)


def described(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of runs with a column for every field of their scenario.

    Fields that were no factors get their defaults; parameters of a part ("network.n") are written into it.
    Rows whose scenario cannot be made (its rule was a class in somebody's notebook) stay as they are.
    """
    kind = model_of(frame.columns)
    factors = _settings(kind, frame.columns)
    if frame.empty:
        return frame.reindex(columns=list(dict.fromkeys([*frame.columns, *kind.Scenario.model_fields])))
    if not factors:
        return frame.assign(**_described(kind, {}))
    point = frame.groupby(factors, dropna=False, sort=False, observed=True).ngroup()
    first = ~point.duplicated()
    points = {
        number: _described(kind, row)
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
    kept = [
        *_settings(model_of(runs.columns), runs.columns),
        *(each for each in _LUCK if each in runs.columns),
    ]
    return recorded[recorded["run"].isin(runs["run"])].merge(runs[kept], on="run", how="left")


def rebuild(row: Row, record: Iterable[str] = ()) -> Any:
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
    kind = model_of(row)
    return kind(_scenario(kind, row), rng=Seed(int(row["seed"]), int(row["replicate"])), record=record)


def chosen(catalogue: Catalogue[Any], text: Any) -> Any:
    """Return the part of a scenario that a text form stands for; None of what was made in somebody's notebook.

    >>> chosen(rules, "trimmed-mean(f=2)").f, chosen(rules, "my-own")
    (2, None)
    """
    try:
        return catalogue.choose(text)
    except InputError:
        return None


def is_linear(rule: str) -> bool:
    """Return whether the text form of a rule names a linear one."""
    return bool(getattr(chosen(rules, rule), "is_linear", False))


def without_traitors(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of described runs without traitors, each run once.

    Where nobody sits, and what nobody does, makes no difference: rows that differ in placement or conduct
    alone are the same run.
    """
    runs = runs[runs["traitors"] == 0]
    factors = [
        each for each in model_of(runs.columns).Scenario.model_fields if each not in ("placement", "conduct")
    ]
    same = [*factors, *(each for each in ("seed", "replicate") if each in runs.columns)]
    return runs.drop_duplicates(same) if "replicate" in runs.columns else runs


def number_of_parties(runs: pd.DataFrame) -> "pd.Series[int]":
    """Return how many parties described runs had; those that failed do not say so, but others on their network do."""
    told = runs["nodes"].fillna(runs.groupby("network")["nodes"].transform("first"))
    return told.fillna(0).astype(int)


def typical_runs(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the runs that show a sweep by example: the first replicate of its first point, under every rule.

    Of messages, under the first protocol. Of the numbers of traitors there are the least and the greatest that are
    not zero.
    """
    require(runs, ("replicate",), "picking examples")
    runs = described(finished(runs))
    if runs.empty:
        return runs
    require(runs, ("traitors",), "picking examples by their traitors")
    settings = ("replicate", *model_of(runs.columns).Scenario.model_fields)
    runs = like_the_first(runs, [each for each in settings if each not in ("rule", "traitors")])
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

    Raises
    ------
    InputError
        If the run's parties quote no opinions.
    """
    model = rebuild(row)
    if not hasattr(model, "quotes"):
        raise InputError(
            f"runs of {name_of(type(model))} have no opinions to retell: its parties send messages"
        )
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
    settings = {column: row[column] for column in (*_settings(type(model), row), *_LUCK) if column in row}
    return frame.assign(**settings)


def _settings(kind: type[AgreementModel], columns: Iterable[Any]) -> list[Any]:
    """Return those columns that say what runs were set to."""
    return [each for each in columns if str(each).partition(".")[0] in kind.Scenario.model_fields]


def _scenario(kind: type[AgreementModel], row: Row) -> Any:
    given = {}
    for column in _settings(kind, row):
        part, _, parameter = column.partition(".")
        if parameter and isinstance(row.get(part), str) and parameter in parse(row[part])[2]:
            continue  # `described` has written it in
        value = row[column]
        default = kind.Scenario.model_fields[part].default
        # a number that may be missing has become text
        if isinstance(value, str) and ("." in column or not isinstance(default, str | Parameters)):
            (value,) = read_levels(value, column)
        given[column] = value.item() if hasattr(value, "item") else value
    return kind.Scenario(**given)


def _described(kind: type[AgreementModel], row: Row) -> dict[str, Any]:
    try:
        scenario = _scenario(kind, row)
    except InputError:
        scenario = None
    told = {}
    for field, info in kind.Scenario.model_fields.items():
        value = row.get(field, info.default) if scenario is None else getattr(scenario, field)
        told[field] = str(value) if isinstance(value, Parameters) else value
    return told
