"""What the first to propose gets of a pie, against what waiting costs either side."""

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from pandas import DataFrame

from ...experiments.result import Result
from ..deal_predictions import division_of
from ..deal_predictions import first_share as predicted
from ..style import BLACK
from . import figure

__all__ = ["first_share"]

_COLOURS = "cividis"


def _cases(result: Result) -> DataFrame:
    from ..frames import finished, require
    from ..scenarios import described

    runs = described(finished(result.runs))
    require(runs, ("tactic", "rivals", "procedure", "share"), "figure first-share")
    runs = runs[(runs["tactic"] == "equilibrium") & (runs["rivals"] == "equilibrium")]
    runs = runs[(runs["procedure"] == "alternating-offers") & (runs["break_off"] == 0)]
    known = [division_of(*each) for each in zip(runs["domain"], runs["deadline"].astype(float), strict=True)]
    runs = runs[
        np.array([each is not None for each in known], dtype=bool)
    ]  # a list of none would pick columns
    return runs.assign(deadline=runs["deadline"].fillna(np.inf))


@figure(needs=("domain", "deadline", "share"), cases=_cases, columns="deadline", aspect=0.8, shared="xy")
def first_share(runs: DataFrame, *, ax: Axes) -> None:
    """Share of a pie for the first to propose, by what a round costs the second and (colours) the first.

    Dashed: the equilibrium of Rubinstein without a deadline, of Ståhl with one.

    Parameters
    ----------
    runs
        `domain`, `deadline` (missing or infinite: none) and `share` of runs in which a pie is divided in equilibrium.
    """
    deadlines = runs["deadline"].astype(float).replace(np.inf, np.nan)
    points = [
        (*found.discounts, deadline, float(share))
        for domain, deadline, share in zip(runs["domain"], deadlines, runs["share"], strict=True)
        if (found := division_of(domain, deadline)) is not None
    ]
    table = DataFrame(points, columns=["first", "second", "deadline", "share"])
    firsts = sorted(set(table["first"]))
    seconds = np.linspace(table["second"].min(), table["second"].max(), 200)
    for place, first in enumerate(firsts):
        part = table[table["first"] == first]
        colour = colormaps[_COLOURS](0.9 * place / max(len(firsts) - 1, 1))
        for deadline in dict.fromkeys(part["deadline"].fillna(np.inf)):
            until = np.nan if np.isinf(deadline) else deadline
            theory = [predicted(first, second, until) for second in seconds]
            ax.plot(seconds, theory, "--", color=colour, linewidth=0.9, zorder=1)
        ax.plot(part["second"], part["share"], "o", color=colour, markersize=3, label=f"$d_1$ = {first:g}")
    ax.plot([], [], "--", color=BLACK, linewidth=0.9, label="Theory")
    ax.set_ylim(-0.03, 1.03)
    ax.set_xlabel("Second's discount $d_2$")
    ax.set_ylabel("First's share")
