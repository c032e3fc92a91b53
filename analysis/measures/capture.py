"""How far a single stubborn traitor draws linear averaging.

**Measures.** How much of the way from the honest parties' first average to the traitor's value their mean has
gone in the end; captured is who has gone at least 99 %.
**Reads.** `traitors`, `rule`, `conduct`, `initial_mean`, `final_mean`, `seed`, `replicate`.
"""

import numpy as np
from pandas import DataFrame, Series

from ...agents.errors import InputError
from ..frames import finished
from ..labels import share
from ..predictions import stubborn_value
from ..scenarios import described, is_linear, rebuild
from ..summary import summarise, varying
from ..theory.capture import captured_rate
from ..theory.spectral import steps_to
from . import measure

__all__ = ["capture"]

_CAPTURED = 0.99
_FACTORS = ("placement", "conduct", "weights", "initial")


def _answer(table: DataFrame) -> str:
    runs = int(table["runs"].sum())
    captured = round((table["captured"] * table["runs"]).sum())
    average = (table["way"] * table["runs"]).sum() / max(runs, 1)
    away = (table["from_average"] * table["runs"]).sum() / max(runs, 1)
    text = (
        f"A single stubborn traitor captured linear averaging in {captured} of {runs} runs: on average the "
        f"honest mean went {share(average)} of the way to the traitor's value and ended {away:.3g} away from "
        "the honest average."
    )
    if captured < runs and np.isfinite(table["longest"].max()):
        text += (
            " The others were still on their way at the step limit: by the spectrum of their matrix without "
            "the traitor they all get there, and 99 % of the way takes up to about "
            f"{table['longest'].max():,.0f} steps."
        )
    return text


@measure(needs=("seed", "replicate", "initial_mean", "final_mean"), answer=_answer)
def capture(runs: DataFrame) -> DataFrame:
    """How far a single stubborn traitor draws the honest parties under linear averaging.

    Returns
    -------
    DataFrame
        `network` and what else was varied, then `runs`, `failed`, the share `captured` of runs whose honest
        mean went at least 99 % of the way to the traitor's value, and means over runs of that `way` (0 to 1)
        and of the final distances of the honest mean `to_traitor` and `from_average`, in units of opinion;
        all with intervals. At last `longest`, the most steps that any run needs for 99 % of the way at the
        rate of its own matrix without the traitor; infinite if somebody is out of the traitor's reach.
    """
    runs = described(runs)
    runs = runs[
        (runs["traitors"] == 1) & runs["rule"].map(is_linear) & runs["conduct"].str.startswith("stubborn")
    ]
    if runs.empty:
        raise InputError(
            "measure capture needs runs of a linear rule with one stubborn traitor, and there are none; "
            "sweep traitors=1 with rule=linear and conduct=stubborn"
        )
    ended = finished(runs)
    models = [rebuild(row) for row in ended.to_dict("records")]
    value = np.array([stubborn_value(model) for model in models], dtype=float)
    longest = Series(
        [steps_to(1 - _CAPTURED, captured_rate(model.matrix, model.traitors)) for model in models],
        index=ended.index,
        dtype=float,
    )
    to_traitor = (ended["final_mean"] - value).abs()
    way = 1 - to_traitor / (ended["initial_mean"] - value).abs()
    by = varying(runs, _FACTORS, "network")
    table = summarise(
        runs,
        by,
        shares={"captured": way >= _CAPTURED},
        means={
            "way": way,
            "to_traitor": to_traitor,
            "from_average": (ended["final_mean"] - ended["initial_mean"]).abs(),
        },
    )
    greatest = longest.reindex(runs.index).groupby([runs[each] for each in by], sort=False).max()
    return table.assign(longest=greatest.to_numpy())
