"""Disagreement per step against the spectral prediction."""

from typing import Any

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from numpy.typing import NDArray
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
    from ..frames import finished, like_the_first, require
    from ..scenarios import beside_runs, described

    runs = described(finished(result.runs))
    require(runs, ("rule", "initial"), "figure disagreement")  # of opinions, as prices have a rule, too
    runs = runs[runs["rule"] == ("linear" if "linear" in set(runs["rule"]) else runs["rule"].iloc[0])]
    few = sorted(set(runs["traitors"]))[:2]
    runs = runs[runs["traitors"].isin(few)]
    return beside_runs(result, "steps", like_the_first(runs, ("placement", "conduct", "weights", "initial")))


@figure(needs=("run", "step", "disagreement"), cases=_cases, columns="network", shared="y")
def disagreement(steps: DataFrame, *, ax: Axes) -> None:
    """Disagreement of the honest parties per step, a line a run; dashed, the slowest run's spectral bound.

    A run's bound is its first disagreement times the rate of its own weight matrix to the power of the step;
    with stubborn traitors, the first distance from their value times the rate of the matrix without them. At
    each step the largest bound of all runs is shown, where the frame says how they were made. Steps end at
    three times the longest run of the fewest traitors.

    Parameters
    ----------
    steps
        `run`, `step` and `disagreement`; `traitors` tells colours apart.
    """
    cases = list(steps.groupby("traitors")) if "traitors" in steps.columns else [(None, steps)]
    end = min(int(steps["step"].max()), 3 * int(cases[0][1]["step"].max()))
    for colour, (traitors, part) in zip(np.resize(_COLOURS, len(cases)), cases, strict=True):
        stride = max(1, end // _POINTS)
        shown = part[(part["step"] % stride == 0) & (part["step"] <= end) & (part["disagreement"] > 0)]
        runs = part["run"].nunique()
        sns.lineplot(
            shown, x="step", y="disagreement", units="run", estimator=None, color=colour, ax=ax,
            linewidth=0.5 if runs > 1 else 1.2, alpha=0.5 if runs > 1 else 1.0, legend=False,
        )  # fmt: skip
        ax.plot([], [], color=colour, label=_named(traitors))
    ax.set_yscale("log")
    ax.set_xlim(0, max(end, 1))
    limits = ax.get_ylim()
    for _, part in cases:
        ks = np.linspace(0, min(end, part["step"].max()), _POINTS)
        bound = _bound(part, ks)
        if bound is not None:
            ax.plot(
                ks, bound, "--", color=BLACK, linewidth=0.9, label="Spectral bound, slowest run", zorder=3
            )
            limits = limits[0], max(limits[1], 2 * bound[0])
    ax.set_ylim(limits)
    ax.set_xlabel("Step")
    ax.set_ylabel("Disagreement (opinion)")


def _named(traitors: Any) -> str:
    if traitors is None:
        return "Measured"
    return "Measured, no traitors" if traitors == 0 else f"Measured, {plural(int(traitors), 'traitor')}"


def _bound(steps: DataFrame, ks: NDArray[np.float64]) -> NDArray[np.float64] | None:
    if not {"seed", "replicate", "rule"} <= set(steps.columns):
        return None
    from ..predictions import predict
    from ..theory.spectral import predicted_disagreement

    found = [predict(row) for row in steps.drop_duplicates("run").to_dict("records")]
    bounds = [predicted_disagreement(*each, ks) for each in found if each is not None]
    return np.max(bounds, axis=0) if bounds else None
