"""How often a buyer and a seller trade by sealed offers, and how much they gain, against the weight of the bid."""

import numpy as np
from matplotlib.axes import Axes
from pandas import DataFrame

from ..measures.double_auction import double_auction as measured
from ..style import BLACK, BLUE, VERMILION
from ..theory import double_auction as theory
from . import figure

__all__ = ["double_auction"]


@figure(needs=("procedure", "tactic", "rivals", "domain", "deals", "welfare"), aspect=0.85)
def double_auction(runs: DataFrame, *, ax: Axes) -> None:
    """Shares of runs with a trade and of the gains that there are, with 95 % intervals, by the weight of the bid.

    Dashed: Chatterjee and Samuelson's equilibrium. No mechanism gains more than 27/32.

    Parameters
    ----------
    runs
        `procedure`, `tactic`, `rivals`, `domain`, `deals` and `welfare`, a row a run.
    """
    table, weights = measured(runs), np.linspace(0, 1, 101)
    for name, column, law, colour, marker in (
        ("Gained", "efficiency", theory.efficiency, BLUE, "o"),
        ("Traded", "traded", theory.trade_probability, VERMILION, "s"),
    ):
        ax.vlines(table["k"], table[f"{column}_low"], table[f"{column}_high"], color=colour, linewidth=1.2)
        ax.plot(table["k"], table[column], marker, color=colour, markersize=3.5, label=name)
        ax.plot(weights, [law(k) for k in weights], "--", color=colour, linewidth=0.9, zorder=1)
    ax.plot([], [], "--", color=BLACK, linewidth=0.9, label="Equilibrium")
    ax.set_ylim(0, 1)
    ax.set_xlabel("Weight k of the bid in the price")
    ax.set_ylabel("Share of what there is, of runs")
