"""How often a false block is believed, against the bits that are kept of a hash."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame

from ...agents.errors import InputError
from ..intervals import wilson
from ..labels import plural
from ..predictions import cut_of, false_accepts_of
from ..style import BLACK, BLUE, GREEN, ORANGE, PURPLE, VERMILION
from . import figure

__all__ = ["false_accepts"]

_COLOURS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE)
_MARKERS = "sD^vP"


@figure(needs=("protocol", "keys", "lies", "accepted_false", "hashes"), aspect=0.85)
def false_accepts(runs: DataFrame, *, ax: Axes) -> None:
    """Share of false blocks with genuine paths that were believed, with 95 % intervals, by bits kept of a hash.

    Dashed: the laws, 2^-k if the root alone is cut, and 1 - (1 - 2^-k)^(d + 1) if all hashes on a path of d are. Where
    none was believed, only the interval is drawn.

    Parameters
    ----------
    runs
        `protocol`, `keys`, `lies`, `accepted_false` and `hashes`, a row a run; those with one lie are taken.
    """
    cuts = runs["protocol"].map(cut_of)
    runs, cuts = runs[cuts.notna() & (runs["lies"] == 1)], cuts[cuts.notna() & (runs["lies"] == 1)]
    if runs.empty:
        raise InputError(
            "figure false-accepts needs runs with one lie and hashes cut; sweep protocol.bits=4..10"
        )
    runs = runs.assign(bits=[cut.bits for cut in cuts], level=[cut.level for cut in cuts])
    runs = runs.assign(law=[false_accepts_of(*each) for each in zip(cuts, runs["hashes"], strict=True)])
    at_root = runs["level"] == "root"
    lines = [("Root alone", runs[at_root])] if at_root.any() else []
    lines += [(f"All, {plural(keys, 'block')}", part) for keys, part in _by_keys(runs[~at_root])]
    for place, (label, part) in enumerate(lines):
        root = label == "Root alone"
        turn = place - bool(at_root.any())
        colour = BLACK if root else _COLOURS[turn % len(_COLOURS)]
        marker = "o" if root else _MARKERS[turn % len(_MARKERS)]
        _draw(part, ax, label=label, color=colour, marker=marker)
    ax.plot([], [], "--", color=BLACK, linewidth=0.9, label="Law")
    ax.set_yscale("log")
    ax.set_ylim(top=1)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel("Bits kept k")
    ax.set_ylabel("False blocks believed (share)")


def _by_keys(runs: DataFrame) -> list[tuple[int, DataFrame]]:
    return [(keys, runs[runs["keys"] == keys]) for keys in sorted(set(runs["keys"].astype(int)))]


def _draw(runs: DataFrame, ax: Axes, *, color: str, **look: Any) -> None:
    """Draw shares with their intervals, and the law."""
    points = runs.groupby("bits").agg(
        hits=("accepted_false", "sum"), runs=("lies", "size"), law=("law", "mean")
    )
    hits, trials = points["hits"].to_numpy(dtype=float), points["runs"].to_numpy(dtype=float)
    low, high = wilson(hits, trials)
    floor = 0.3 * float(points["law"].min())
    ax.vlines(points.index, np.maximum(low, floor), high, color=color, linewidth=1.2)
    shares = np.where(hits > 0, hits / trials, np.nan)
    ax.plot(points.index, shares, color=color, linestyle="none", markersize=3.5, **look)
    ax.plot(points.index, points["law"], "--", color=color, linewidth=0.9, zorder=1)
