"""Summaries: what many runs say together, by factor, with intervals and with the runs that failed."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ..agents.errors import InputError
from .frames import finished, require
from .intervals import bootstrap, wilson

__all__ = ["summarise", "under_worst", "varying"]

Values = str | pd.Series


def summarise(
    runs: pd.DataFrame,
    by: Sequence[str],
    *,
    shares: Mapping[str, Values] | None = None,
    means: Mapping[str, Values] | Sequence[str] = (),
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return shares and means with their intervals, a row for each combination of some factors' levels.

    Parameters
    ----------
    runs
        A row a run. Without a column `status` all count as finished.
    by
        Columns to group by; rows come in the order in which their levels first appear.
    shares
        What to count, by name: a text as `DataFrame.eval` reads it ("agreement == 'held'"), or a series of
        flags with the index of `runs`. The interval is Wilson's.
    means
        What to average, by name, in the same way; or columns, by their own names. Missing values are left out; the
        interval is the BCa bootstrap.
    confidence
        Of the intervals.

    Returns
    -------
    DataFrame
        The columns of `by`; `runs`, those that finished, which shares and means are taken of; `failed`, all
        others (failed, crashed, timed out); and `name`, `name_low`, `name_high` for each share and mean.

    Raises
    ------
    InputError
        If there are no rows, or a column that is named is not there.

    Examples
    --------
    >>> runs = pd.DataFrame({"rule": ["a"] * 4, "status": ["ok"] * 3 + ["failed"], "steps": [3, 3, 3, None]})
    >>> summarise(runs, ["rule"], shares={"short": "steps < 5"}, means={"mean": "steps"}).round(2).T.squeeze()
    rule             a
    runs             3
    failed           1
    short          1.0
    short_low     0.44
    short_high     1.0
    mean           3.0
    mean_low       3.0
    mean_high      3.0
    Name: 0, dtype: object
    """
    require(runs, by, "a summary")
    ended = finished(runs)
    counted = {name: _evaluated(runs, ended, name, given) for name, given in (shares or {}).items()}
    named = means if isinstance(means, Mapping) else dict(zip(means, means, strict=True))
    averaged = {name: _evaluated(runs, ended, name, given) for name, given in named.items()}
    keys = runs.groupby(list(by), sort=False, dropna=False, observed=True).ngroup()
    total = np.bincount(keys)
    places = keys.loc[ended.index].to_numpy()
    done = np.bincount(places, minlength=len(total))
    table = runs.loc[~keys.duplicated(), list(by)].reset_index(drop=True)
    table["runs"], table["failed"] = done, total - done
    for name, flags in counted.items():
        hits = np.bincount(places, weights=flags.to_numpy(dtype=float, na_value=0.0), minlength=len(total))
        table[name] = np.divide(hits, done, out=np.full(len(total), np.nan), where=done > 0)
        table[f"{name}_low"], table[f"{name}_high"] = wilson(hits, done, confidence)
    for name, values in averaged.items():
        numbers = values.to_numpy(dtype=float, na_value=np.nan)
        samples = [numbers[(places == group) & ~np.isnan(numbers)] for group in range(len(total))]
        table[name] = [sample.mean() if len(sample) else np.nan for sample in samples]
        intervals = np.array([bootstrap(sample, confidence) for sample in samples])
        table[f"{name}_low"], table[f"{name}_high"] = intervals.T
    return table


def varying(runs: pd.DataFrame, columns: Sequence[str], *always: str) -> list[str]:
    """Return those of some columns that have several levels, after those that are always to be shown."""
    several = [each for each in columns if each in runs.columns and runs[each].nunique(dropna=False) > 1]
    return list(dict.fromkeys([*always, *several]))


def under_worst(table: pd.DataFrame, share: str, by: Sequence[str], harm: Sequence[str]) -> pd.DataFrame:
    """Return a share under whatever combination of some factors' levels did most harm, a row for each point.

    Parameters
    ----------
    table
        A summary with `runs` and the share.
    share
        Its name.
    by
        The columns that make a point; rows that differ in neither these nor `harm` count together.
    harm
        The factors; those that the table does not have are left out.

    Returns
    -------
    DataFrame
        The columns of `by`, `hits` of how many `runs`, and the share; rows in the order in which points first appear.

    Examples
    --------
    >>> table = pd.DataFrame({"n": [4, 4, 5], "conduct": ["a", "b", "a"], "runs": 10, "solved": [1.0, 0.2, 0.9]})
    >>> under_worst(table, "solved", ["n"], ["conduct"]).to_numpy().tolist()
    [[4.0, 2.0, 10.0, 0.2], [5.0, 9.0, 10.0, 0.9]]
    """
    harm = [each for each in harm if each in table.columns]
    counted = table[table["runs"] > 0].assign(hits=(table[share] * table["runs"]).round())
    sums = counted.groupby([*by, *harm], sort=False, dropna=False)[["hits", "runs"]].sum().reset_index()
    sums = sums.assign(**{share: sums["hits"] / sums["runs"]})
    worst = sums.loc[sums.groupby(list(by), sort=False, dropna=False)[share].idxmin()]
    return worst[[*by, "hits", "runs", share]].reset_index(drop=True)


def _evaluated(runs: pd.DataFrame, ended: pd.DataFrame, name: str, given: Values) -> pd.Series:
    if isinstance(given, pd.Series):
        return given.loc[ended.index]
    try:
        values = ended.eval(given)
    except pd.errors.UndefinedVariableError as error:
        raise InputError(
            f"{name}={given!r}: {error}; the frame has {', '.join(map(str, runs.columns))}"
        ) from None
    return pd.Series(values, index=ended.index)
