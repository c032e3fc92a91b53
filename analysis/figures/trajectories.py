"""Everybody's opinion step by step."""

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from numpy.typing import NDArray
from pandas import DataFrame, concat

from ...experiments.result import Result
from ..style import VALUES, VERMILION
from . import figure

__all__ = ["trajectories"]

_MOST = 2000  # steps; what moves on after them moves too slowly to be seen


def _cases(result: Result) -> DataFrame:
    from ..scenarios import retold, typical_runs

    runs = [retold(row, _MOST) for row in typical_runs(result.runs).to_dict("records")]
    return concat(runs, ignore_index=True) if runs else DataFrame()


@figure(needs=("step", "party", "role", "opinion"), cases=_cases, rows="traitors", columns="rule", shared="y")
def trajectories(parties: DataFrame, *, ax: Axes) -> None:
    """Opinions per step: honest parties coloured by their first opinion, traitors dashed in red.

    The band is the hull of the honest parties' first opinions, which valid runs never leave. Steps end where
    honest opinions have come to rest, within a hundredth of the range that they passed through.

    Parameters
    ----------
    parties
        `step`, `party`, `role`, `opinion` of one run, a row a party and step. The recorded opinion of a
        traitor is the one that it would hold if it were honest; `accord.analysis.scenarios.retold` gives
        what it told.
    """
    table = parties.pivot_table(index="step", columns=["role", "party"], values="opinion", sort=True)
    steps = table.index.to_numpy()
    roles = table.columns.get_level_values("role")
    honest, traitors = (table.loc[:, mask].to_numpy().T for mask in (roles != "traitor", roles == "traitor"))
    first = honest[:, 0]
    low, high = first.min(), first.max()
    ax.axhspan(low, high, color="#ececec", zorder=0, linewidth=0, label="Hull of the honest first opinions")
    ax.add_collection(
        LineCollection(
            [np.column_stack([steps, line]) for line in honest],
            colors=colormaps[VALUES]((first - low) / (high - low or 1.0)),
            linewidths=0.7,
            alpha=0.8,
        )
    )
    ax.plot([], [], color=colormaps[VALUES](0.4), linewidth=1.0, label="Honest, coloured by first opinion")
    lines = {line.tobytes(): line for line in traitors}  # dashes on top of dashes would fill up
    for line in lines.values():
        ax.plot(steps, line, "--", color=VERMILION, linewidth=1.2, label="Traitor", zorder=3)
    ax.autoscale_view()
    ax.set_xlim(steps[0], _rest(steps, honest))
    ax.set_xlabel("Step")
    ax.set_ylabel("Opinion")


def _rest(steps: NDArray[np.int64], opinions: NDArray[np.float64]) -> float:
    """Return the step up to which opinions are worth looking at."""
    moving = np.abs(opinions - opinions[:, -1:]).max(axis=0) > 0.01 * np.ptp(opinions)
    last = steps[np.flatnonzero(moving)[-1]] if moving.any() else steps[0]
    return (
        float(min(steps[-1], steps[0] + max(10, 1.15 * (last - steps[0]))))
        if len(steps) > 1
        else steps[0] + 1.0
    )
