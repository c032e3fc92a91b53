"""The Byzantine threshold: what is solved, by numbers of parties and traitors, with the proven bound drawn in."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Page
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator, PercentFormatter
from numpy.typing import NDArray
from pandas import DataFrame

from ..style import BLACK, GREY, VERMILION
from ..verdicts import ATTACK, JUDGED, is_solved, is_unsafe, proven_bound
from . import figure

__all__ = ["phase_diagram"]

_COLOURS = "cividis"
_BOUND: dict[str, Any] = {"color": VERMILION, "linewidth": 1.8, "solid_capstyle": "butt"}
_UNSAFE: dict[str, Any] = {
    "marker": "x",
    "markersize": 4,
    "color": "white",
    "markeredgewidth": 1.1,
    "linestyle": "none",
}
_EMPTY: dict[str, dict[str, Any]] = {
    "Not run": {"facecolor": "none", "edgecolor": GREY, "hatch": "////", "linewidth": 0},
    "Fewer than two honest": {"facecolor": "white", "edgecolor": "#dddddd", "linewidth": 0.6},
}
_EDGE = 0.08  # of a cell: so wide is half of the bound's line
_OUTLINE = [withStroke(linewidth=2.2, foreground=BLACK)]


def _explain(page: Page, drawn: Sequence[Axes]) -> None:
    """Add the scale of shares, and what line, crosses and hatching say."""
    mesh = drawn[0].collections[0]
    bar = page.colorbar(mesh, ax=list(drawn), shrink=0.8 if len(drawn) == 1 else 0.5, aspect=25, pad=0.02)
    bar.set_label("Runs solved, worst conduct and placement")
    bar.ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    bar.outline.set_visible(False)
    marks: dict[str, Artist] = {
        "Proven bound": Line2D([], [], **_BOUND),
        "Safety violated": Line2D([], [], **_UNSAFE, path_effects=_OUTLINE),
    }
    shown = {each.get_label() for ax in drawn for each in ax.patches}
    marks |= {label: Patch(**look) for label, look in _EMPTY.items() if label in shown}
    page.legend(marks.values(), marks.keys(), loc="outside lower center", ncols=len(marks))


@figure(
    needs=("protocol", "nodes", "traitors", *JUDGED),
    columns="protocol",
    key=_explain,
    aspect=0.75,
    shared="xy",
)
def phase_diagram(runs: DataFrame, *, ax: Axes) -> None:
    """Share of runs that were solved under the worst of the conducts and placements tried, by n and traitors.

    Solved is a run in which agreement, validity, integrity and termination all held. Crosses: under some conduct tried
    honest parties violated one of the first three. To the right of the line the protocol is proven to bear the
    traitors, whatever they do. White cells would leave fewer than two honest parties.

    Parameters
    ----------
    runs
        `nodes`, `traitors` and the verdict of runs of one `protocol`; `conduct` and `placement` if there are several.
    """
    runs = runs.assign(solved=is_solved(runs), unsafe=is_unsafe(runs))
    ns = np.arange(runs["nodes"].min(), runs["nodes"].max() + 1)
    fs = np.arange(runs["traitors"].min(), runs["traitors"].max() + 1)
    cell = ["traitors", "nodes"]
    attacks = runs.groupby([*cell, *(each for each in ATTACK if each in runs.columns)])["solved"].mean()
    solved = attacks.groupby(cell).min().unstack("nodes").reindex(index=fs, columns=ns)
    unsafe = runs.groupby(cell)["unsafe"].any().unstack("nodes").reindex(index=fs, columns=ns)
    ax.pcolormesh(
        ns, fs, np.ma.masked_invalid(solved.to_numpy(dtype=float)), vmin=0, vmax=1, cmap=_COLOURS,
        shading="nearest", edgecolors="white", linewidth=0.5,
    )  # fmt: skip
    for f, n in np.argwhere(solved.isna().to_numpy()):
        why = "Not run" if fs[f] <= ns[n] - 2 else "Fewer than two honest"
        ax.add_patch(Rectangle((ns[n] - 0.5, fs[f] - 0.5), 1, 1, label=why, **_EMPTY[why]))
    f, n = np.nonzero(unsafe.eq(True).to_numpy())
    ax.plot(ns[n], fs[f], **_UNSAFE, path_effects=_OUTLINE)
    _draw_bound(ax, str(runs["protocol"].iloc[0]), fs)
    ax.set_xlim(ns[0] - 0.5 - _EDGE, ns[-1] + 0.5 + _EDGE)
    ax.set_ylim(fs[0] - 0.5, fs[-1] + 0.5)
    ax.tick_params(length=0)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel("Parties n")
    ax.set_ylabel("Traitors f")


def _draw_bound(ax: Axes, protocol: str, fs: NDArray[np.int64]) -> None:
    """Draw a staircase between the cells where the protocol is proven to bear the traitors and the others."""
    edges = np.array([proven_bound(protocol, int(f)) for f in fs]) - 0.5
    if not np.isnan(edges).any():  # what lies beyond the parties that were tried is cut off
        ax.plot(np.repeat(edges, 2), np.repeat(np.append(fs, fs[-1] + 1) - 0.5, 2)[1:-1], zorder=3, **_BOUND)
