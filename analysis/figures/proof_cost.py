"""Hashes that it takes to check a claim, and to read a block, against the number of blocks."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter
from pandas import DataFrame

from ..labels import level_labels
from ..style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILION
from ..theory.merkle import longest_path
from . import figure

__all__ = ["proof_cost"]

_COLOURS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE)
_MARKERS = "sD^vP"


@figure(needs=("keys", "conduct", "hashes", "hashes_read"), aspect=0.8)
def proof_cost(runs: DataFrame, *, ax: Axes) -> None:
    """Mean number of hashes to verify a claim that was believed, and of all that a read took, by number of blocks B.

    Dashed: the longest path and one, ceil(log2 B) + 1. A read takes more where servers lie, by what they do: claims
    that are rejected are hashed as well.

    Parameters
    ----------
    runs
        `keys`, `conduct`, `hashes` and `hashes_read`, a row a run.
    """
    small: dict[str, Any] = {"linestyle": "none", "markersize": 4.5, "markerfacecolor": "none"}
    labels = level_labels(runs["conduct"])
    for place, (conduct, label) in enumerate(labels.items()):
        look = {"marker": _MARKERS[place % len(_MARKERS)], "color": _COLOURS[place % len(_COLOURS)], **small}
        reads = runs[runs["conduct"] == conduct].groupby("keys")["hashes_read"].mean()
        ax.plot(reads.index, reads, label=f"A read, servers {label.lower()}", **look)
    claims = runs.groupby("keys")["hashes"].mean()
    ax.plot(claims.index, claims, "o", color=BLACK, markersize=2.5, label="A claim that is believed")
    exponents = np.arange(np.ceil(np.log2(claims.index.max())) + 1)
    most = [longest_path(int(2**exponent)) + 1 for exponent in exponents]
    ax.plot(2**exponents, most, "--", color=GREY, zorder=1, linewidth=0.9, label=r"$\log_2 B + 1$")
    ax.set_xscale("log", base=2)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda blocks, _: _written(blocks)))
    ax.set_ylim(0)
    ax.set_xlabel("Blocks B")
    ax.set_ylabel("Hashes")


def _written(blocks: float) -> str:
    """Return a power of two as it is read: small ones in digits."""
    return f"{blocks:g}" if blocks < 1000 else f"$2^{{{np.log2(blocks):g}}}$"
