"""How many traitors a network bears: the share of runs that agreed and stayed valid."""

from collections.abc import Sequence

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Page
from matplotlib.ticker import PercentFormatter
from pandas import DataFrame

from ..labels import level_labels
from ..style import GREY
from . import figure

__all__ = ["tolerance_map"]

_COLOURS = "cividis"
_ROOM = 120  # cells that still have room for a number


def _colour_bar(page: Page, drawn: Sequence[Axes]) -> None:
    mesh = drawn[0].collections[0]
    bar = page.colorbar(mesh, ax=list(drawn), shrink=0.8 if len(drawn) == 1 else 0.5, aspect=25, pad=0.02)
    bar.set_label("Runs that agreed and stayed valid")
    bar.ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    bar.outline.set_visible(False)


@figure(
    needs=("network", "traitors", "agreement", "validity"),
    rows="placement",
    columns="rule",
    key=_colour_bar,
    aspect=0.8,
    shared="xy",
)
def tolerance_map(runs: DataFrame, *, ax: Axes) -> None:
    """Share of runs in which the honest parties agreed and never left their first opinions' hull.

    Networks are rows and numbers of traitors columns; numbers in the cells are percentages, and
    hatched cells were not run.

    Parameters
    ----------
    runs
        `network`, `traitors`, `agreement`, `validity`, a row a run.
    """
    bore = (runs["agreement"] == "held") & (runs["validity"] == "held")
    networks = runs["network"].map(str)  # where everybody meets everybody there may be none
    labels = level_labels(networks)
    share = bore.groupby([networks, runs["traitors"]]).mean().unstack("traitors").reindex(list(labels))
    ax.set_facecolor("#f0f0f0")
    sns.heatmap(
        share.to_numpy(dtype=float),
        vmin=0,
        vmax=1,
        cmap=_COLOURS,
        cbar=False,
        annot=100 * share.to_numpy(dtype=float) if share.size <= _ROOM else False,
        fmt=".0f",
        annot_kws={"fontsize": 6.5},
        linewidths=0.5,
        linecolor="white",
        xticklabels=[str(each) for each in share.columns],
        yticklabels=list(labels.values()),
        ax=ax,
    )
    for row, column in np.argwhere(share.isna().to_numpy()):
        ax.fill_between(
            [column, column + 1], row, row + 1, hatch="////", facecolor="none", edgecolor=GREY, linewidth=0
        )
    ax.tick_params(axis="both", length=0)
    ax.tick_params(axis="y", labelrotation=0)
    ax.set_xlabel("Traitors")
    ax.set_ylabel("")
