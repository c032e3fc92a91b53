"""Disagreement per step against the spectral prediction."""

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from pandas import DataFrame

from ...experiments.result import Result
from ..labels import plural
from ..style import BLACK, BLUE, GREEN, ORANGE, VERMILION
from . import figure

__all__ = ["disagreement"]

_COLOURS = (BLUE, VERMILION, GREEN, ORANGE)
_POINTS = 250  # of a line; more do not show


def _cases(result: Result) -> DataFrame:
    """Return the linear runs, first placement and conduct, without traitors and with the fewest."""
    from ..frames import finished
    from ..scenarios import beside_runs, described

    runs = described(finished(result.runs))
    runs = runs[runs["rule"] == ("linear" if "linear" in set(runs["rule"]) else runs["rule"].iloc[0])]
    few = sorted(set(runs["traitors"]))[:2]
    runs = runs[runs["traitors"].isin(few)]
    for column in ("placement", "conduct", "weights", "initial"):
        runs = runs[runs[column] == runs[column].iloc[0]]
    return beside_runs(result, "steps", runs)


@figure(needs=("run", "step", "disagreement"), cases=_cases, columns="network")
def disagreement(steps: DataFrame, *, ax: Axes) -> None:
    """Disagreement of the honest parties per step, a line a run, with the spectral bound dashed.

    The bound is the first disagreement times the rate of the run's own weight matrix to the power of the step;
    with stubborn traitors, the first distance from their value times the rate of the matrix without
    them; medians over the runs. It is drawn where the frame says how its runs were made.

    Parameters
    ----------
    steps
        `run`, `step` and `disagreement`; `traitors` tells colours apart.
    """
    cases = list(steps.groupby("traitors")) if "traitors" in steps.columns else [(None, steps)]
    for colour, (traitors, part) in zip(np.resize(_COLOURS, len(cases)), cases, strict=True):
        stride = max(1, int(part["step"].max()) // _POINTS)
        shown = part[(part["step"] % stride == 0) & (part["disagreement"] > 0)]
        runs = part["run"].nunique()
        sns.lineplot(
            shown, x="step", y="disagreement", units="run", estimator=None, color=colour, ax=ax,
            linewidth=0.5 if runs > 1 else 1.2, alpha=0.5 if runs > 1 else 1.0, legend=False,
        )  # fmt: skip
        named = {None: "Measured", 0: "No traitors"}.get(traitors, f"{plural(int(traitors or 0), 'traitor')}")
        ax.plot([], [], color=colour, label=f"{named}, a line a run")
        _draw_bound(part, ax)
    ax.set_yscale("log")
    ax.set_xlim(left=0)
    ax.set_xlabel("Step")
    ax.set_ylabel("Disagreement (opinion)")


def _draw_bound(steps: DataFrame, ax: Axes) -> None:
    if not {"seed", "replicate", "rule"} <= set(steps.columns):
        return
    from ..predictions import predict
    from ..theory.spectral import predicted_disagreement

    found = [predict(row) for row in steps.drop_duplicates("run").to_dict("records")]
    bounds = np.array([each for each in found if each is not None and each.initial > 0])
    if not len(bounds):
        return
    initial, rate = np.exp(np.median(np.log(bounds), axis=0))
    ends = np.array([0, steps["step"].max()])
    ax.plot(
        ends, predicted_disagreement(initial, rate, ends), "--", color=BLACK, linewidth=0.9, label="Spectral bound"
    )
