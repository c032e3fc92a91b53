"""How well linked a network must be: the share of runs that were solved, against vertex connectivity."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter
from pandas import DataFrame

from ...experiments.result import Result
from ..frames import finished
from ..intervals import wilson
from ..labels import level_labels
from ..measures.connectivity import connectivity
from ..scenarios import described
from ..style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILION
from ..summary import under_worst
from ..verdicts import HARM, JUDGED
from . import figure

__all__ = ["connectivity_threshold"]

_MARKS = ((BLUE, "o"), (VERMILION, "s"), (GREEN, "^"), (ORANGE, "D"), (PURPLE, "v"), (BLACK, "X"))
_APART = 0.11  # marks that would hide each other


def _relayed(result: Result) -> DataFrame:
    runs = described(finished(result.runs))
    return runs[runs["relay"].astype(bool)] if "relay" in runs.columns else runs[:0]


@figure(
    needs=("relay", "connectivity", "traitors", *JUDGED),
    cases=_relayed,
    columns="traitors",
    shared="xy",
)
def connectivity_threshold(runs: DataFrame, *, ax: Axes) -> None:
    """Share of runs that were solved, under the conduct and inputs that did most harm among those tried.

    To the right of the dashed line, at a connectivity of 2f + 1 or more (f + 1 where nobody is expected to lie), every
    run is proven to be solved, whatever the traitors do; bars are Wilson's intervals.

    Solved is a run in which agreement, validity, integrity and termination all held. Networks of one connectivity
    count together.

    Parameters
    ----------
    runs
        Runs in which messages were relayed: `relay`, `connectivity`, `traitors` and the verdict; `protocol` tells marks
        apart.
    """
    table = connectivity(runs)
    worst = under_worst(table, "solved", ["protocol", "connectivity"], HARM)
    labels = level_labels(table["protocol"])
    for place, (protocol, label) in enumerate(labels.items()):
        colour, marker = _MARKS[place % len(_MARKS)]
        part = worst[worst["protocol"] == protocol]
        solved = part["solved"].to_numpy(dtype=float)
        interval = np.clip(np.abs(np.array(wilson(part["hits"], part["runs"])) - solved), 0, 1)
        x = part["connectivity"].to_numpy(dtype=float) + _APART * (place - (len(labels) - 1) / 2)
        ax.plot(x, solved, marker, color=colour, markersize=3.8, label=label, zorder=3)
        ax.errorbar(x, solved, interval, color=colour, elinewidth=0.7, linestyle="none", alpha=0.6, zorder=2)
    left, right = table["connectivity"].min() - 0.5, table["connectivity"].max() + 0.5
    for needed in sorted(set(table["needed"])):
        ax.axvspan(min(needed - 0.5, right), right, color=GREY, alpha=0.13, linewidth=0, zorder=0)
        ax.axvline(needed - 0.5, color=BLACK, linestyle="--", linewidth=0.9, zorder=1)
    ax.plot([], [], "--", color=BLACK, linewidth=0.9, label="Proven bound")
    ax.set_xlim(left, right)
    ax.set_ylim(-0.04, 1.04)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    ax.set_xlabel("Vertex connectivity")
    ax.set_ylabel("Runs solved, worst conduct and inputs")
