"""Supply and demand, and beside them the prices that were paid, deal by deal."""

from itertools import pairwise
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame

from ...experiments.result import Result
from ...models.deal import Ending
from ...models.schedules import equilibrium
from ..style import BLACK, BLUE, GREY, PURPLE, VERMILION
from . import figure

__all__ = ["supply_demand"]

_WIDE: Final = 1.6  # of the deals, by the width of the schedules
_GAP: Final = 0.06
_NAMED: Final = 8  # periods at most


def _cases(result: Result) -> DataFrame:
    """Return the first replicate of each market under each kind of trader, all else as in the first run."""
    from ..frames import finished, like_the_first, require
    from ..scenarios import described, model_of

    runs = described(finished(result.runs))
    require(runs, ("valuation", "trader", "seed", "replicate"), "figure supply-demand")
    settings = ("replicate", *model_of(runs.columns).Scenario.model_fields)
    return like_the_first(runs, [each for each in settings if each not in ("valuation", "trader")])


@figure(
    needs=("valuation", "trader", "seed", "replicate"),
    cases=_cases,
    rows="valuation",
    columns="trader",
    wide=True,
    aspect=0.7,
)
def supply_demand(runs: DataFrame, *, ax: Axes) -> None:
    """Supply and demand of a market, and beside them the prices of its deals in their order, period by period.

    Grey: the prices of equilibrium. Crosses: deals that were not kept.

    Parameters
    ----------
    runs
        `valuation`, `trader`, `seed`, `replicate` and what else was varied; the first run is made again and drawn.
    """
    from ..scenarios import rebuild

    model: Any = rebuild(runs.iloc[0].to_dict())
    ends = [0]
    while model.running:
        model.step()
        ends.append(len(model.deals))
    schedules, found = model.schedules, equilibrium(model.schedules)
    for amounts, colour, label in (
        (schedules.demand, BLUE, "Demand"),
        (schedules.supply, VERMILION, "Supply"),
    ):
        edges = np.arange(len(amounts) + 1)
        ax.stairs(amounts, edges, baseline=None, color=colour, linewidth=1.4, label=label)
    units = max(len(schedules.demand), len(schedules.supply))
    stretch = _WIDE * units / max(ends[-1], 1)  # so that prices have their room, however many there are
    start = units * (1 + _GAP)
    at = start + stretch * (np.arange(ends[-1]) + 0.5)
    prices = np.array([deal.outcome for deal in model.deals], dtype=float)
    kept = np.array([deal.ending != Ending.BREACHED for deal in model.deals], dtype=bool)
    for first, last in pairwise(ends):
        now = np.arange(first, last)[kept[first:last]]
        ax.plot(at[now], prices[now], ".-", color=BLACK, linewidth=0.7, markersize=3)
        ax.axvline(start + stretch * first, color=GREY, linewidth=0.5, linestyle=":", zorder=0)
    ax.plot([], [], ".-", color=BLACK, linewidth=0.7, markersize=3, label="Price of a deal")
    if not kept.all():
        ax.plot(at[~kept], prices[~kept], "x", color=PURPLE, markersize=4, label="Not kept")
    half = 0.004 * (schedules.high - schedules.low)  # a single price is a band that can be seen, too
    ax.axhspan(
        found.low - half, found.high + half, color="#cccccc", linewidth=0, zorder=0, label="Equilibrium"
    )
    for number, (first, last) in enumerate(pairwise(ends), 1):
        if (number - 1) % -(-(len(ends) - 1) // _NAMED) == 0:
            middle = start + stretch * (first + last) / 2
            ax.annotate(
                str(number),
                (middle, 0.96),
                xycoords=("data", "axes fraction"),
                fontsize=6,
                color=GREY,
                ha="center",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
            )
    quantities = MaxNLocator(4, integer=True).tick_values(0, units)
    ax.set_xticks([each for each in quantities if 0 <= each <= units])
    ax.set_xlim(0, start + _WIDE * units)
    ax.set_xlabel("Units, then deals by period")
    ax.set_ylabel("Price")
