"""Offer by offer in utility space, beside the frontier and the solutions."""

import numpy as np
from matplotlib.axes import Axes
from pandas import DataFrame

from ...agents import solutions
from ..style import BLACK, BLUE, GREY, VERMILION
from ..traces import SOLUTIONS, bids, examples, table_of
from . import figure

__all__ = ["offers"]

_SIDES = ((BLUE, "First's offers"), (VERMILION, "Second's offers"))
_MARKERS = {"nash": "s", "kalai_smorodinsky": "D", "egalitarian": "^", "utilitarian": "o"}


@figure(
    needs=("tactic", "rivals", "seed", "replicate"),
    cases=examples,
    columns="tactic",
    aspect=0.95,
    shared="xy",
)
def offers(runs: DataFrame, *, ax: Axes) -> None:
    """Offers of either side in a run, by what they are worth to both, with all outcomes, their frontier and solutions.

    The star is the deal. Dotted: what no deal is worth.

    Parameters
    ----------
    runs
        `tactic`, `rivals`, `seed`, `replicate` and what else was varied; the first run is played again and drawn.
    """
    table = table_of(runs.iloc[0].to_dict())
    points, point = table.bargain.utilities[:, :2], table.bargain.disagreement[:2]
    ax.plot(*points.T, ".", color="#d0d0d0", markersize=2, zorder=0, rasterized=len(points) > 1000)
    frontier = points[solutions.pareto(points)]
    frontier = frontier[np.argsort(frontier[:, 0])]
    ax.plot(*frontier.T, ".-", color=GREY, linewidth=0.8, markersize=3, zorder=1, label="Frontier")
    for seat, (colour, label) in enumerate(_SIDES):
        path = points[bids(table, seat).outcomes]
        ax.plot(*path.T, ".-", color=colour, linewidth=0.6, markersize=4, alpha=0.8, label=label, zorder=2)
    found = solutions.solve(table.bargain.utilities, table.bargain.disagreement)
    for name, (label, colour) in SOLUTIONS.items():
        outcome = getattr(found, name)
        if outcome is not None:
            there = ax.plot(
                *points[outcome], _MARKERS[name], color=colour, linestyle="none", label=label, zorder=3
            )
            there[0].set(markersize=7, markerfacecolor="none", markeredgewidth=1.4)
    if table.agreed is not None:
        ax.plot(
            *points[table.agreed],
            "*",
            color=BLACK,
            markersize=7,
            linestyle="none",
            label="Deal",
            zorder=4,
        )
    if point.any():
        ax.axvline(point[0], color=GREY, linewidth=0.6, linestyle=":", zorder=0)
        ax.axhline(point[1], color=GREY, linewidth=0.6, linestyle=":", zorder=0)
    ax.set_xlabel("First's utility")
    ax.set_ylabel("Second's utility")
