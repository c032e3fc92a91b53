"""Whether linear averaging agrees as fast as its spectrum says.

**Measures.** Without traitors, the factor by which disagreement shrinks a step in the long run, beside the
spectral rate of each run's own weight matrix; and the steps made, beside those that the rate allows.
**Reads.** `traitors`, `rule`, `network`, `weights`, `seed`, `replicate`; of the steps `step` and
`disagreement`.
"""

import numpy as np
from pandas import DataFrame, Series

from ...agents.errors import InputError
from ..frames import finished, require
from ..labels import level_labels, number
from ..scenarios import Row, described, is_linear, rebuild, without_traitors
from ..summary import summarise, varying
from ..theory.modes import modal_disagreement
from ..theory.spectral import spectral_rate, steps_to
from . import measure

__all__ = ["contraction"]

_FACTORS = ("weights", "initial")
_TAIL = 10  # last steps that the long run is read off
_ROUNDING = 1e-12  # of the first disagreement; below, it is noise
_SOLVABLE = 500  # nodes up to which all modes are computed for each run


def _answer(table: DataFrame) -> str:
    runs = int(table["runs"].sum())
    met = round((table["within_allowed"] * table["runs"]).sum())
    slowest = table.loc[table["rate"] == table["rate"].max()].iloc[0]
    network = slowest["network"]
    text = (
        f"Without traitors, the spectral rate was met in {met} of {runs} runs: they needed no more steps than "
        f"the rate of their own matrix allows. On the slowest network ({level_labels([network])[network]}) "
        f"disagreement shrank in the long run by the factor {slowest['measured']:.5f} a step; its spectral rate is "
        f"{slowest['rate']:.5f}."
    )
    if table["mismatch"].notna().any():
        text += (
            " At no step of any run did the disagreement differ from what the modes of the spectrum predict "
            f"from the first opinions by more than {number(table['mismatch'].max())} of it."
        )
    return text


@measure(needs=("run", "seed", "replicate"), needs_steps=("run", "step", "disagreement"), answer=_answer)
def contraction(runs: DataFrame, steps: DataFrame) -> DataFrame:
    """Without traitors, the long-run contraction per step against the spectral rate of each run's own matrix.

    Returns
    -------
    DataFrame
        `network` and what else was varied, then `runs`, `failed`, the share `within_allowed` of runs that
        needed no more steps than their rate allows for what they achieved, and means over runs: the spectral
        `rate`, the `measured` factor (below the rate while faster modes still fade), the `steps` made and
        those `allowed`; all with intervals. At last `mismatch`, the greatest relative difference between the
        disagreement at any step and that which the modes of a symmetric matrix predict.
    """
    runs = described(runs)
    require(runs, ("rule", "initial"), "measure contraction")  # of opinions, as prices have a rule, too
    runs = without_traitors(runs)
    runs = runs[runs["rule"].map(is_linear)]
    if runs.empty:
        raise InputError(
            "measure contraction needs runs without traitors under a linear rule, and the frame has none; "
            "sweep traitors=0 with rule=linear"
        )
    ended = finished(runs)
    histories = dict(
        iter(steps[steps["run"].isin(ended["run"])].sort_values("step").groupby("run")["disagreement"])
    )
    found = DataFrame(
        [_read_off(row, histories.get(row["run"])) for row in ended.to_dict("records")],
        index=ended.index,
        columns=["rate", "measured", "steps", "allowed", "mismatch"],
    )
    by = varying(runs, _FACTORS, "network")
    table = summarise(
        runs,
        by,
        shares={"within_allowed": found["steps"] <= found["allowed"]},
        means={name: found[name] for name in ("rate", "measured", "steps", "allowed")},
    )
    greatest = found["mismatch"].reindex(runs.index).groupby([runs[each] for each in by], sort=False).max()
    return table.assign(mismatch=greatest.to_numpy())


def _read_off(row: Row, history: Series | None) -> tuple[float, ...]:
    """Return rate, measured factor, steps, steps allowed and mismatch of a run."""
    model = rebuild(row)
    rate = spectral_rate(model.matrix)
    if history is None:
        return rate, np.nan, np.nan, np.nan, np.nan
    disagreement = history.to_numpy()
    above = disagreement > _ROUNDING * disagreement[0]
    disagreement = disagreement[: len(above) - np.argmax(above[::-1])]
    made = len(disagreement) - 1
    if made < 1 or not above.any():
        return rate, np.nan, made, made, np.nan
    tail = max(1, min(_TAIL, made // 2))
    measured = (disagreement[-1] / disagreement[-1 - tail]) ** (1 / tail)
    mismatch = np.nan
    if model.scenario.weights.is_symmetric and model.network.n <= _SOLVABLE:
        predicted = modal_disagreement(model.matrix, model.opinions, np.arange(made + 1))
        mismatch = float(np.abs(disagreement / predicted - 1).max())
    return rate, measured, made, steps_to(disagreement[-1] / disagreement[0], rate), mismatch
