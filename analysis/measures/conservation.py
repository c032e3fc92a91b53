"""Whether averaging conserves the average.

**Measures.** Without traitors, how far the mean of all opinions ever moved, relative to the size of the
opinions. Rounding allows for 1e-12.
**Reads.** `traitors`, `average`, `mean_error`, `initial_low`, `initial_high`, under rules and weights that
promise it.
"""

import numpy as np
from pandas import DataFrame, Series

from ...agents.errors import InputError
from ..labels import number
from ..scenarios import described, without_traitors
from ..summary import summarise, varying
from . import measure

__all__ = ["conservation"]

_LIMIT = 1e-12
_FACTORS = ("rule", "weights", "initial")


def _answer(table: DataFrame) -> str:
    kept, runs = round((table["conserved"] * table["runs"]).sum()), table["runs"].sum()
    return (
        f"Without traitors, linear averaging conserved the average in {kept} of {runs} runs: the mean never "
        f"moved by more than {number(table['greatest_departure'].max())} of the "
        f"opinions' size (limit {_LIMIT:g})."
    )


@measure(needs=("average", "mean_error", "initial_low", "initial_high"), answer=_answer)
def conservation(runs: DataFrame) -> DataFrame:
    """Without traitors, the greatest departure of the mean in any step, relative to the size of the opinions.

    Returns
    -------
    DataFrame
        `network` and what else was varied, then `runs`, `failed`, `conserved` (the share of runs whose mean
        moved by at most 1e-12) with its interval, and `greatest_departure`.
    """
    runs = without_traitors(described(runs))
    # a rule that promises nothing is judged inconclusive in every run
    by = varying(runs, _FACTORS, "network")
    promised = (
        runs["average"].isin(["held", "violated"]).groupby([runs[each] for each in by]).transform("any")
    )
    runs = runs[promised.astype(bool)]
    if runs.empty:
        raise InputError(
            "measure conservation needs runs without traitors under a rule that conserves the average, and "
            "the frame has none; sweep traitors=0 with rule=linear"
        )
    low, high = runs["initial_low"], runs["initial_high"]
    scale = np.maximum(np.maximum(low.abs(), high.abs()), high - low)
    departure: Series[float] = (runs["mean_error"] / scale).fillna(0.0).where(runs["mean_error"].notna())
    by = varying(runs, _FACTORS, "network")
    table = summarise(runs, by, shares={"conserved": departure <= _LIMIT})
    greatest = departure.groupby([runs[each] for each in by], sort=False).max()
    return table.assign(greatest_departure=greatest.to_numpy())
