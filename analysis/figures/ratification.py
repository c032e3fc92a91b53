"""How often a treaty is ratified, or two are, against the number of liars, by quorum."""

from math import isnan
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame, Series, concat

from ...experiments.result import Result
from ..deal_predictions import approval_of, ratified_of
from ..intervals import wilson
from ..labels import share
from ..style import BLACK, BLUE, GREEN, ORANGE, PURPLE, VERMILION
from ..theory.ratification import most_safe
from . import figure

__all__ = ["ratification"]

_COLOURS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE)
_MARKERS = "osD^v"
_SIZE = 3.5
_OPEN: dict[str, Any] = {"markerfacecolor": "none", "markersize": 6}  # a ring around what else is there
_APART = 0.1  # marks of one number of liars that stand side by side


def _cases(result: Result) -> DataFrame:
    """Return the runs of the first level of what else was varied; those without traitors beside all kinds of them."""
    from ..frames import finished, like_the_first, require
    from ..treaties import treaties

    require(result.runs, ("needed", "deals", "traitor_nodes"), "figure ratification")
    runs = like_the_first(treaties(finished(result.runs)), ("network", "draft", "channel", "scheduler"))
    runs = runs.assign(approval=[_approving(domain) for domain in runs["domain"]])
    lying, honest = runs[runs["traitors"] > 0], runs[runs["traitors"] == 0]
    honest = honest.drop_duplicates(["protocol", "domain", "replicate", "seed"])
    everywhere = [honest.assign(liars=liars) for liars in lying["liars"].unique()] or [honest]
    return concat([*everywhere, lying], ignore_index=True)


def _approving(domain: str) -> str:
    known = approval_of(domain)
    return domain if isnan(known) else f"{share(known)} approve"


@figure(
    needs=("protocol", "domain", "draft", "traitors", "conduct", "nodes", "needed", "deals", "traitor_nodes"),
    cases=_cases,
    rows="approval",
    columns="liars",
    shared="xy",
)
def ratification(runs: DataFrame, *, ax: Axes) -> None:
    """Share of runs in which one deal was ratified, and in which two were, with 95 % intervals, by number of liars.

    Colours tell how many votes are needed. Full marks: one deal; rings: two in conflict, where that happened.
    Dashed: the share ratified in theory, for a proposer who is honest. Dotted: left of it any two quorums share an
    honest party. Marks of one number of liars stand side by side.

    Parameters
    ----------
    runs
        `protocol`, `domain`, `draft`, `traitors`, `conduct`, `nodes`, `needed`, `deals` and `traitor_nodes`.
    """
    quorums = sorted({(int(n), int(q)) for n, q in zip(runs["nodes"], runs["needed"], strict=True)})
    for place, (n, quorum) in enumerate(quorums):
        part = runs[(runs["nodes"] == n) & (runs["needed"] == quorum)].sort_values("traitors")
        colour, marker = _COLOURS[place % len(_COLOURS)], _MARKERS[place % len(_MARKERS)]
        aside = _APART * (place - (len(quorums) - 1) / 2)
        _mark(ax, part, part["deals"] > 1, aside, color=colour, marker=marker, **_OPEN)
        _mark(ax, part, part["deals"] == 1, aside, color=colour, marker=marker, markersize=_SIZE, always=True)
        ax.plot([], [], marker, color=colour, markersize=_SIZE, label=f"{quorum} of {n} votes")
        points = part.drop_duplicates("traitors")
        theory = [ratified_of(run) for run in points.to_dict("records")]
        ax.plot(points["traitors"] + aside, theory, "--", color=colour, linewidth=0.9, zorder=1)
        if (part["deals"] > 1).any():
            ax.axvline(most_safe(n, quorum) + 0.5, linestyle=":", color=colour, linewidth=0.9, zorder=0)
    if (runs["deals"] > 1).any():
        ax.plot([], [], "o", color=BLACK, label="Two deals", **_OPEN)
        ax.plot([], [], ":", color=BLACK, linewidth=0.9, label="Safe so far")
    ax.plot([], [], "--", color=BLACK, linewidth=0.9, label="Theory")
    ax.set_ylim(-0.03, 1.03)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel("Liars")
    ax.set_ylabel("Share of runs")


def _mark(
    ax: Axes, runs: DataFrame, happened: "Series[bool]", aside: float, *, always: bool = False, **look: Any
) -> None:
    """Mark the share of runs in which something happened, with its interval, where it did at least once."""
    groups = happened.groupby(runs["traitors"]).agg(["sum", "size", "mean"])
    groups = groups if always else groups[groups["sum"] > 0]
    at = groups.index.to_numpy(dtype=float) + aside
    ax.vlines(at, *wilson(groups["sum"], groups["size"]), color=look["color"], linewidth=1, zorder=2)
    ax.plot(at, groups["mean"], linestyle="none", **look)
