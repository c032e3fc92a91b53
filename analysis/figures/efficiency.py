"""Efficiency, by how opposed two are and over how many issues."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter
from pandas import DataFrame

from ...experiments.result import Result
from ...models.domains import domains
from ...models.domains.random import Random
from ..intervals import bootstrap
from ..labels import plural
from ..scenarios import chosen
from ..style import BLUE, GREEN, ORANGE, PURPLE
from . import figure

__all__ = ["efficiency"]

_COLOURS, _MARKERS = (BLUE, ORANGE, GREEN, PURPLE), "osD^v"


def _cases(result: Result) -> DataFrame:
    """Return the runs in random domains of tactics that met themselves."""
    from ..frames import finished, require
    from ..scenarios import described

    runs = described(finished(result.runs))
    require(runs, ("tactic", "rivals", "domain", "efficiency"), "figure efficiency")
    runs = runs[runs["tactic"] == runs["rivals"]]
    return runs[[_issues(each) is not None for each in runs["domain"]]]


@figure(needs=("tactic", "domain", "opposition", "efficiency"), cases=_cases, columns="tactic", shared="xy")
def efficiency(runs: DataFrame, *, ax: Axes) -> None:
    """Welfare of the deals as a share of the greatest, by opposition and number of issues: means with 95 % intervals.

    Parameters
    ----------
    runs
        `domain`, `opposition` and `efficiency`; runs in other domains than random ones make one line of their own.
    """
    runs = runs.assign(issues=[_issues(each) or 0 for each in runs["domain"]])
    counts: Sequence[int] = sorted(set(runs["issues"]))
    for place, issues in enumerate(counts):
        colour = _COLOURS[place % len(_COLOURS)]
        points = []
        for _, part in runs[runs["issues"] == issues].groupby("domain", sort=False):
            values = part["efficiency"].dropna().to_numpy(dtype=float)
            if len(values):
                points.append((float(part["opposition"].mean()), float(values.mean()), *bootstrap(values)))
        points.sort()
        x, y, low, high = np.array(points).reshape(-1, 4).T
        x = x + 0.004 * (place - (len(counts) - 1) / 2)
        ax.vlines(x, low, high, color=colour, linewidth=0.9)
        label = plural(issues, "issue") if issues else "Other domains"
        ax.plot(
            x,
            y,
            "-",
            marker=_MARKERS[place % len(_MARKERS)],
            color=colour,
            markersize=3,
            linewidth=0.9,
            label=label,
        )
    ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    ax.set_xlabel("Opposition")
    ax.set_ylabel("Efficiency of deals")


def _issues(domain: str) -> int | None:
    """Return how many issues a random domain, in its text form, has; None of any other."""
    about = chosen(domains, domain)
    return about.issues if isinstance(about, Random) else None
