"""Share of wrong reads against the number of servers that lie."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator
from pandas import DataFrame

from ..intervals import wilson
from ..labels import level_labels
from ..measures.wrong_reads import wrong_reads as measured
from ..style import BLACK, BLUE, GREEN, ORANGE, PURPLE, VERMILION
from . import figure

__all__ = ["wrong_reads"]

_MARKS = ((VERMILION, "s"), (ORANGE, "D"), (BLUE, "o"), (GREEN, "^"), (PURPLE, "v"), (BLACK, "X"))
_APART = 0.12  # marks that would hide each other
_LINEAR = 0.01  # the share below which the axis is linear, so that none at all has a place on it
_SHARES = (0, 0.01, 0.1, 1)


@figure(
    needs=(
        "protocol",
        "nodes",
        "covered",
        "answered_reads",
        "wrong_reads",
        "blank_reads",
        "consistency",
        "durability",
    ),
    columns="nodes",
    shared="xy",
)
def wrong_reads(runs: DataFrame, *, ax: Axes) -> None:
    """Share of reads that were wrong, under the conduct that did most harm among those tried; Wilson's intervals.

    Filled marks: the protocol's guarantee covers all these runs. Dashed: the number of faulty servers that it is set up
    for. Below 1 % the axis is linear.

    Parameters
    ----------
    runs
        Runs of registers with one number of servers.
    """
    table = measured(runs)
    table = table[table["reads"] > 0]
    table = table.loc[table.groupby(["protocol", "traitors"], sort=False)["wrong"].idxmax()]
    labels = level_labels(runs["protocol"])
    for place, (protocol, label) in enumerate(labels.items()):
        colour, marker = _MARKS[place % len(_MARKS)]
        part = table[table["protocol"] == protocol].sort_values("traitors")
        wrong = part["wrong"].to_numpy(dtype=float)
        hits = np.rint(wrong * part["reads"])
        interval = np.clip(np.abs(np.array(wilson(hits, part["reads"])) - wrong), 0, 1)
        x = part["traitors"].to_numpy(dtype=float) + _APART * (place - (len(labels) - 1) / 2)
        ax.plot(x, wrong, "-", color=colour, linewidth=0.8, zorder=2)
        ax.errorbar(x, wrong, interval, color=colour, elinewidth=0.7, linestyle="none", alpha=0.7, zorder=2)
        covered = (part["covered"] == part["runs"]).to_numpy()
        for here, filling in ((covered, colour), (~covered, "white")):
            ax.plot(
                x[here], wrong[here], marker, color=colour, markerfacecolor=filling, markersize=4, zorder=3
            )
        ax.plot([], [], marker + "-", color=colour, markersize=4, label=label)
    for f in sorted(set(runs["f"].dropna())) if "f" in runs.columns else ():
        ax.axvline(f + 0.5, color=BLACK, linestyle="--", linewidth=0.8, zorder=1)
    ax.plot([], [], "--", color=BLACK, linewidth=0.8, label="Set up to bear")
    ax.set_yscale("symlog", linthresh=_LINEAR, linscale=0.6)
    ax.set_ylim(-0.002, 1.3)
    ax.yaxis.set_major_locator(FixedLocator(_SHARES))
    ax.yaxis.set_minor_locator(NullLocator())
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:g} %"))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel("Liars")
    ax.set_ylabel("Wrong reads, worst conduct")
