"""Availability against the probability that a server is down, with the formula."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter
from pandas import DataFrame

from ..measures.availability import availability as measured
from ..style import BLACK, BLUE, GREEN, ORANGE, PURPLE, VERMILION
from ..theory.quorums import available
from . import figure

__all__ = ["availability"]

_COLOURS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, BLACK)
_MARKERS = "os^Dv<"


@figure(
    needs=("protocol", "nodes", "traitors", "asked", "answered"),
    columns="protocol",
    shared="xy",
    aspect=0.85,
)
def availability(runs: DataFrame, *, ax: Axes) -> None:
    """Probability that clients are answered if each of n servers is down with a probability, independently of others.

    Marks are shares of runs with so many servers down, weighted by the binomial law, with 95 % intervals.
    Dashed: the probability that a quorum is up.

    Parameters
    ----------
    runs
        `nodes`, `traitors`, `asked` and `answered` of runs of one `protocol`.
    """
    table = measured(runs)
    line = np.linspace(0, 1, 201)
    for place, (_, part) in enumerate(table.groupby(["protocol", "nodes", "f"])):
        protocol, n, f = part[["protocol", "nodes", "f"]].iloc[0]
        colour, marker = _COLOURS[place % len(_COLOURS)], _MARKERS[place % len(_MARKERS)]
        known = part[part["available"].notna()]
        found = known["available"].to_numpy()
        interval = np.clip([found - known["low"], known["high"] - found], 0, 1)
        ax.plot(known["p"], found, marker, color=colour, markersize=3.2, label=f"n = {n}", zorder=3)
        ax.errorbar(
            known["p"], found, interval, color=colour, elinewidth=0.7, linestyle="none", alpha=0.6, zorder=2
        )
        up = [available(str(protocol), int(n), int(f), p) for p in line]
        if None not in up:
            ax.plot(line, np.array(up, dtype=float), "--", color=colour, linewidth=0.9, zorder=1)
    ax.plot([], [], "--", color=BLACK, linewidth=0.9, label="A quorum is up")
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1.03)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    ax.set_xlabel("Probability that a server is down")
    ax.set_ylabel("Clients answered")
