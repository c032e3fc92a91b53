"""What each nemesis costs a store: latency, throughput and leaders."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullFormatter
from pandas import DataFrame, concat

from ...experiments.result import Result
from ..intervals import bootstrap
from ..labels import axis_label, level_labels
from ..nemeses import nemeses
from ..style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE
from ..verdicts import is_unsafe
from . import figure

__all__ = ["nemesis"]

_COLOURS = (BLUE, ORANGE, GREEN, PURPLE)
_MARKERS = "osD^"
_QUANTITIES = {
    "latency": axis_label("Mean latency of a run", "rounds"),
    "throughput": axis_label("Throughput", "commands / round"),
    "reigns": "Terms, views or turns",
}


def _cases(result: Result) -> DataFrame:
    """Return the runs three times, each time with what one panel shows."""
    from ..frames import finished, require
    from ..scenarios import described

    runs = described(finished(result.runs))
    require(runs, ("channel", *_QUANTITIES), "figure nemesis")
    return concat([runs.assign(quantity=each) for each in _QUANTITIES], ignore_index=True)


@figure(
    needs=("protocol", "traitors", "conduct", "channel", "latency", "agreement", "validity", "integrity"),
    cases=_cases,
    columns="quantity",
    aspect=1.55,
    shared="y",
)
def nemesis(runs: DataFrame, *, ax: Axes) -> None:
    """How a store fares under each nemesis: all runs, and means with 95 % intervals; crosses violated safety.

    Parameters
    ----------
    runs
        `protocol`, `traitors`, `conduct`, `channel`, `latency` (or, where a column `quantity` says so, `throughput` or
        `reigns`) and the verdict.
    """
    quantity = str(runs["quantity"].iloc[0]) if "quantity" in runs.columns else "latency"
    runs = runs.assign(nemesis=nemeses(runs), unsafe=is_unsafe(runs))
    names, labels = list(dict.fromkeys(runs["nemesis"])), level_labels(runs["protocol"])
    apart = 0.8 / len(labels)
    for place, (protocol, label) in enumerate(labels.items()):
        colour, marker = _COLOURS[place % len(_COLOURS)], _MARKERS[place % len(_MARKERS)]
        for row, name in enumerate(names):
            some = runs[(runs["protocol"] == protocol) & (runs["nemesis"] == name) & runs[quantity].notna()]
            y = row + apart * (place - (len(labels) - 1) / 2)
            for unsafe, part in some.groupby("unsafe"):
                dots, line = part[quantity].to_numpy(dtype=float), np.full(len(part), y)
                if unsafe:
                    ax.plot(dots, line, "x", color=BLACK, markersize=3.5, markeredgewidth=0.8, zorder=4)
                else:
                    ax.plot(dots, line, ".", color=colour, markersize=3, alpha=0.3, zorder=1)
            values = some[quantity].to_numpy(dtype=float)
            if len(values):
                low, high = bootstrap(values)
                ax.plot([low, high], [y, y], color=colour, linewidth=1.6, zorder=2)
                ax.plot(values.mean(), y, marker, color=colour, markersize=4, zorder=3)
        ax.plot([], [], marker, color=colour, markersize=4, label=label)
    if runs["unsafe"].any():
        ax.plot([], [], "x", color=BLACK, markersize=3.5, markeredgewidth=0.8, label="Safety violated")
    for row in range(1, len(names)):
        ax.axhline(row - 0.5, color=GREY, linewidth=0.3, zorder=0)
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.5, -0.5)
    if quantity != "throughput":
        ax.set_xscale("log")
        ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        ax.xaxis.set_major_formatter("{x:g}")
        ax.xaxis.set_minor_formatter(NullFormatter())
    else:
        ax.set_xlim(left=0)
    ax.set_xlabel(_QUANTITIES[quantity])
