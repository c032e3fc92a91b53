"""What each tactic gets against each, the best first."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Page
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from pandas import DataFrame

from ..encounters import encounters, payoffs
from ..labels import level_labels
from ..style import BLACK, VERMILION
from . import figure

__all__ = ["tournament"]

_COLOURS = "cividis"
_ROOM = 16  # tactics whose cells still have room for a number


def _explain(page: Page, drawn: Sequence[Axes]) -> None:
    """Add the scale of utilities, and what marks a best response and an equilibrium."""
    bar = page.colorbar(drawn[0].collections[0], ax=list(drawn), shrink=0.8, aspect=25, pad=0.02)
    bar.set_label("Mean utility of the row's tactic")
    bar.outline.set_visible(False)
    box: dict[str, Any] = {"marker": "s", "linestyle": "none", "markerfacecolor": "none", "markersize": 7}
    marks = [
        Line2D([], [], **box, markeredgecolor=BLACK, markeredgewidth=0.9, label="Best response"),
        Line2D([], [], **box, markeredgecolor=VERMILION, markeredgewidth=1.8, label="Equilibrium"),
    ]
    drawn[0].legend(handles=marks, loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=2)


@figure(
    needs=("tactic", "rivals", "utility", "rival_utility", "deals", "tables"),
    key=_explain,
    aspect=0.62,
    wide=True,
)
def tournament(runs: DataFrame, *, ax: Axes) -> None:
    """Mean utility of each tactic (rows, the best first) against each (columns), over both sides and all domains.

    On the left the mean over all opponents, by which they are ranked. Framed are the best responses to each column's
    tactic; where two are best responses to each other, which is an equilibrium of the empirical game, in red.

    Parameters
    ----------
    runs
        `tactic`, `rivals`, `utility`, `rival_utility`, `deals` and `tables`, a row a run.
    """
    game = payoffs(encounters(runs))
    means = DataFrame(game.mean).mean(axis=1).to_numpy()
    order = np.argsort(-means, kind="stable")
    names, labels = [game.entries[each] for each in order], level_labels(game.entries)
    count = len(order)
    table = np.full((count, count + 2), np.nan)
    table[:, 0], table[:, 2:] = means[order], game.mean[np.ix_(order, order)]
    sns.heatmap(
        table,
        cmap=_COLOURS,
        cbar=False,
        annot=count <= _ROOM,
        fmt=".2f",
        annot_kws={"fontsize": 6.5},
        linewidths=0.5,
        linecolor="white",
        ax=ax,
    )
    best, equilibria = (each[np.ix_(order, order)] for each in (game.best, game.equilibria))
    for row, column in np.argwhere(best).tolist():
        both = equilibria[row, column]
        ax.add_patch(
            Rectangle(
                (column + 2.06, row + 0.06),
                0.88,
                0.88,
                fill=False,
                edgecolor=VERMILION if both else BLACK,
                linewidth=1.8 if both else 0.9,
            )
        )
    ranks = [str(rank) for rank in range(1, count + 1)]
    ax.set_xticks(np.r_[0.5, np.arange(count) + 2.5], ["All", *ranks])
    ax.set_yticks(
        np.arange(count) + 0.5, [f"{labels[name]}  {rank}" for name, rank in zip(names, ranks, strict=True)]
    )
    ax.tick_params(axis="both", length=0, labelrotation=0)
    ax.set_xlabel("Opponent, by rank")
    ax.set_ylabel("")
