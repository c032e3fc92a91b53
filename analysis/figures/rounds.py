"""Rounds of a randomised consensus by number of crashes borne, between the best and the worst case."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullFormatter, StrMethodFormatter
from pandas import DataFrame

from ...experiments.result import Result
from ..intervals import bootstrap
from ..labels import level_labels
from ..predictions import ben_or_rounds
from ..style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILION
from . import figure

__all__ = ["rounds"]

_COLOURS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE)
_MARKERS = "osD^v"
_THEORY: dict[str, dict[str, Any]] = {
    "worst": {"color": BLACK, "linestyle": "--", "label": "Worst case, exact"},
    "chance": {"color": GREY, "linestyle": "-.", "label": "Chance, exact"},
    "best": {"color": BLACK, "linestyle": ":", "label": "Best case, exact"},
}


def _cases(result: Result) -> DataFrame:
    from ..frames import finished, require
    from ..scenarios import described

    runs = described(finished(result.runs))
    require(runs, ("undecided", "f", "nodes"), "figure rounds")
    runs = runs[(runs["traitors"] == 0) & (runs["undecided"] == 0) & runs["rounds"].notna()]
    return runs.assign(f=runs["f"].fillna(0).astype(int), nodes=runs["nodes"].astype(int))


@figure(
    needs=("protocol", "nodes", "f", "scheduler", "initial", "rounds"),
    cases=_cases,
    columns="nodes",
    shared="y",  # not every number of parties bears as many crashes
)
def rounds(runs: DataFrame, *, ax: Axes) -> None:
    """Mean rounds until all have decided, with 95 % intervals, by the number of crashes that are borne.

    Dashed: against an adversary that chooses who hears whom before each round's coins fall; dash-dotted: if everybody
    hears n - f messages drawn anew in each phase; dotted: if everybody hears what ends it soonest. Inputs are bits.

    Parameters
    ----------
    runs
        `f`, `scheduler`, `rounds`, and for the lines `protocol` and `initial`, of runs with one number of `nodes`.
    """
    runs = runs[runs["rounds"].notna()]
    levels = level_labels(runs["scheduler"])
    for place, (scheduler, label) in enumerate(levels.items()):
        colour = _COLOURS[place % len(_COLOURS)]
        marker: dict[str, Any] = {
            "marker": _MARKERS[place % len(_MARKERS)],
            "color": colour,
            "markersize": 3.5,
        }
        for f, part in runs[runs["scheduler"] == scheduler].groupby("f"):
            values = part["rounds"].to_numpy(dtype=float)
            x = float(f) + 0.1 * (place - (len(levels) - 1) / 2)
            ax.plot([x, x], bootstrap(values), color=colour, linewidth=1.6)
            ax.plot(x, values.mean(), **marker)
        ax.plot([], [], linestyle="none", label=label, **marker)
    fs = sorted(set(runs["f"]))
    first = runs.iloc[0]
    points = [ben_or_rounds(first["protocol"], int(first["nodes"]), int(f), first["initial"]) for f in fs]
    for name, look in _THEORY.items():
        values = [getattr(point, name) for point in points]
        if values[0] == values[0]:
            reach = [fs[0] - 0.3, *fs, fs[-1] + 0.3] if len(fs) == 1 else fs
            ax.plot(reach, values * 3 if len(fs) == 1 else values, linewidth=0.9, zorder=1, **look)
    ax.set_yscale("log")
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    ax.yaxis.set_minor_formatter(NullFormatter())
    ax.xaxis.set_major_locator(FixedLocator(fs))
    ax.set_xlim(fs[0] - 0.4, fs[-1] + 0.4)
    ax.set_xlabel("Crashes borne f")
    ax.set_ylabel("Rounds")
