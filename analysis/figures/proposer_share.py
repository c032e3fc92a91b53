"""What the proposer keeps of a dollar, against the number of members, with the formulas."""

from itertools import product

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter
from pandas import DataFrame

from ...experiments.result import Result
from ..deal_predictions import proposer_share_of
from ..intervals import bootstrap
from ..labels import level_labels, number
from ..style import BLACK, BLUE, GREEN, ORANGE, PURPLE, VERMILION
from . import figure

__all__ = ["proposer_share"]

_COLOURS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE)
_MARKERS = "osD^v"
_APART = 1.08  # marks that stand side by side, as a factor


def _cases(result: Result) -> DataFrame:
    from ..frames import finished, require
    from ..scenarios import described

    runs = described(finished(result.runs))
    require(runs, ("proposer_share",), "figure proposer-share")
    return runs[runs["proposer_share"].notna()]


@figure(
    needs=("recognition", "quota", "discount", "nodes", "needed", "proposer_share"),
    cases=_cases,
    rows="discount",
    columns="quota",
    shared="xy",
)
def proposer_share(runs: DataFrame, *, ax: Axes) -> None:
    """Mean share of the dollar that the proposer kept, with 95 % intervals, by number of members.

    Dashed: the stationary equilibrium; d is what a dollar is worth a round later. Marks of one n stand side by side.

    Parameters
    ----------
    runs
        `recognition`, `discount`, `nodes`, `needed`, `proposer_share` of runs with one `quota`; how members were set
        to play decides whether there is a dashed line.
    """
    rules, discounts = level_labels(runs["recognition"]), sorted(set(runs["discount"]))
    cases = list(product(rules, discounts))
    for place, (rule, discount) in enumerate(cases):
        part = runs[(runs["recognition"] == rule) & (runs["discount"] == discount)]
        colour, marker = _COLOURS[place % len(_COLOURS)], _MARKERS[place % len(_MARKERS)]
        label = f"{rules[rule]} proposer"
        label = label if len(discounts) == 1 else f"{label}, d = {number(discount)}"
        aside = _APART ** (place - (len(cases) - 1) / 2)
        for n, group in part.groupby("nodes"):
            kept = group["proposer_share"].to_numpy(dtype=float)
            ax.plot([n * aside] * 2, bootstrap(kept), color=colour, linewidth=1.6)
            ax.plot(n * aside, kept.mean(), marker, color=colour, markersize=3)
        ax.plot([], [], marker, color=colour, markersize=3, label=label)
        points = part.drop_duplicates("nodes").sort_values("nodes")
        theory = [proposer_share_of(run) for run in points.to_dict("records")]
        at = points["nodes"].to_numpy(dtype=float) * aside
        ax.plot(at, theory, "--", color=colour, linewidth=0.9, zorder=1)
    ax.plot([], [], "--", color=BLACK, linewidth=0.9, label="Equilibrium")
    ax.set_xscale("log")
    ax.xaxis.set_major_locator(FixedLocator(sorted(set(runs["nodes"].astype(int))), nbins=7))
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_ylim(0, 1.05)
    ax.set_xlabel("Members n")
    ax.set_ylabel("Proposer's share")
