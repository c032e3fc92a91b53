"""Whether linear averaging agrees as fast as its spectrum says.

**Measures.** Without traitors, the factor by which disagreement shrinks a step in the long run, beside the
spectral rate of each run's own weight matrix; and the steps made, beside those that the rate allows.
**Reads.** `traitors`, `rule`, `network`, `weights`, `seed`, `replicate`; `step` and `disagreement` of the steps.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from pandas import DataFrame, Series

from ...agents.errors import InputError
from ..frames import finished
from ..labels import number
from ..predictions import predict
from ..scenarios import described, is_linear, without_traitors
from ..summary import summarise, varying
from ..theory.spectral import steps_to
from . import measure

__all__ = ["contraction"]

_FACTORS = ("weights", "initial")
_TAIL = 10  # last steps that the long run is read off
_ROUNDING = 1e-12  # of the first disagreement; below, it is noise


def _answer(table: DataFrame) -> str:
    runs = int(table["runs"].sum())
    met = round((table["within_allowed"] * table["runs"]).sum())
    return (
        f"Without traitors, disagreement shrank as the spectrum of each run's own matrix predicts: {met} of {runs} runs "
        f"needed no more steps than the spectral rate allows, and the contraction per step in the long run fell short "
        f"of that rate by {number(table['gap'].max())} on average where it did most."
    )


@measure(needs=("run", "seed", "replicate"), needs_steps=("run", "step", "disagreement"), answer=_answer)
def contraction(runs: DataFrame, steps: DataFrame) -> DataFrame:
    """Without traitors, the long-run contraction per step against the spectral rate of each run's own matrix.

    Returns
    -------
    DataFrame
        `network` and what else was varied, then `runs`, `failed`, the share `within_allowed` of runs that needed
        no more steps than their rate allows for what they achieved, and means over runs: the spectral `rate`,
        the `measured` factor, the `gap` (rate minus measured, positive while faster modes still fade), the
        `steps` made and those `allowed`; all with intervals.
    """
    runs = without_traitors(described(runs))
    runs = runs[runs["rule"].map(is_linear)]
    if runs.empty:
        raise InputError(
            "measure contraction needs runs without traitors under a linear rule, and the frame has none; "
            "sweep traitors=0 with rule=linear"
        )
    histories = dict(iter(steps[steps["run"].isin(runs["run"])].sort_values("step").groupby("run")["disagreement"]))
    found = DataFrame(
        [_read_off(row, histories.get(row["run"])) for row in finished(runs).to_dict("records")],
        index=finished(runs).index,
        columns=["rate", "measured", "steps", "allowed"],
    )
    found["gap"] = found["rate"] - found["measured"]
    return summarise(
        runs,
        varying(runs, _FACTORS, "network"),
        shares={"within_allowed": found["steps"] <= found["allowed"]},
        means={name: found[name] for name in ("rate", "measured", "gap", "steps", "allowed")},
    )


def _read_off(row: Mapping[str, Any], history: Series | None) -> tuple[float, float, float, float]:
    """Return rate, measured factor, steps and steps allowed of a run."""
    prediction = predict(row)
    assert prediction is not None, "its rule is linear, and it has no traitors"
    if history is None:
        return prediction.rate, np.nan, np.nan, np.nan
    above = history.to_numpy()
    above = above[: len(above) - np.argmax(above[::-1] > _ROUNDING * above[0])]
    made = len(above) - 1
    if made < 1:
        return prediction.rate, np.nan, made, made
    tail = max(1, min(_TAIL, made // 2))
    measured = (above[-1] / above[-1 - tail]) ** (1 / tail)
    return prediction.rate, measured, made, steps_to(above[-1] / above[0], prediction.rate)
