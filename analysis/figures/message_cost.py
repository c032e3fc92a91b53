"""Messages that a decision takes against the number of parties, with the formulas."""

from collections.abc import Sequence
from math import log
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Page
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, NullFormatter, StrMethodFormatter
from numpy.typing import NDArray
from pandas import DataFrame
from scipy.optimize import isotonic_regression

from ...experiments.result import Result
from ..labels import level_labels
from ..style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILION
from ..theory.cost import messages
from . import figure

__all__ = ["message_cost"]

_COLOURS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, BLACK)
_MARKERS = "osD^vPXp<>*h"
_ROOM = 0.07  # of the axes' width for a number at a tick
_APART = 0.042  # of the axes' height between the labels of two lines


def _cases(result: Result) -> DataFrame:
    from ..frames import finished
    from ..scenarios import described

    runs = described(finished(result.runs))
    return runs[(runs["traitors"] == 0) & (runs["undecided"] == 0)] if "undecided" in runs.columns else runs


def _explain(page: Page, drawn: Sequence[Axes]) -> None:
    dot = Line2D([], [], marker="o", color=GREY, linestyle="none", markersize=3.5)
    line = Line2D([], [], color=GREY, linestyle="--", linewidth=0.9)
    for ax in drawn:
        ax.legend([dot, line], ["Counted", "Formula"], loc="upper left")


@figure(needs=("protocol", "nodes", "messages"), cases=_cases, key=_explain, aspect=1.05)
def message_cost(runs: DataFrame, *, ax: Axes) -> None:
    """Messages sent to others for a decision, by number of parties; dots are counted, dashed lines the formulas.

    Runs without traitors. Protocols are set up for as many traitors as the design says, so that those whose rounds grow
    with the number of traitors show it.

    Parameters
    ----------
    runs
        `protocol`, `nodes`, `messages`, a row a run; `f` for the formulas.
    """
    labels = level_labels(runs["protocol"])
    dearest = (
        runs.groupby("protocol", sort=False)["messages"].max().sort_values(ascending=False, kind="stable")
    )
    ends = []
    for place, protocol in enumerate(dearest.index):  # so that lines of one colour end far apart
        part = runs[runs["protocol"] == protocol]
        f = part["f"].fillna(0) if "f" in part.columns else 0
        part = part.assign(f=f).groupby(["nodes", "f"], as_index=False)["messages"].mean()
        colour = _COLOURS[place % len(_COLOURS)]
        ax.plot(
            part["nodes"],
            part["messages"],
            _MARKERS[place % len(_MARKERS)],
            color=colour,
            markersize=3.2,
            alpha=0.9,
        )
        known: Any = [
            messages(protocol, int(n), int(f)) for n, f in zip(part["nodes"], part["f"], strict=True)
        ]
        if None not in known:
            ax.plot(part["nodes"], known, "--", color=colour, linewidth=0.9, zorder=1)
        last = part.iloc[-1]
        ends.append((float(last["nodes"]), float(last["messages"]), labels[protocol], colour))
    ax.set_xscale("log")
    ax.set_yscale("log")
    ns = sorted(set(runs["nodes"].astype(int)))
    ax.xaxis.set_major_locator(FixedLocator(_with_room(ns)))
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    ax.xaxis.set_minor_locator(FixedLocator(ns))
    ax.xaxis.set_minor_formatter(NullFormatter())
    _label(ax, ends)
    ax.set_xlabel("Parties n")
    ax.set_ylabel("Messages per decision")


def _with_room(ns: list[int]) -> list[int]:
    """Return those numbers whose ticks have room for them on a logarithmic axis; the greatest always."""
    shown = ns[-1:]
    for n in ns[::-1]:
        if log(shown[-1] / n) > _ROOM * log(ns[-1] / ns[0]):
            shown.append(n)
    return shown[::-1]


def _label(ax: Axes, ends: list[tuple[float, float, str, Any]]) -> None:
    """Write each protocol's name where its line ends; of lines that end together, one below the other."""
    low, high = np.log(ax.get_ylim())
    furthest = max(n for n, *_ in ends)
    for end in {n for n, *_ in ends}:
        group = sorted((each for each in ends if each[0] == end), key=lambda each: each[1])
        wanted = np.array([(np.log(each[1]) - low) / (high - low) for each in group])
        for (n, count, label, colour), height in zip(group, _spread(wanted), strict=True):
            text: dict[str, Any] = {"fontsize": 6.5, "color": colour}
            if n == furthest:
                line = {
                    "arrowstyle": "-",
                    "color": colour,
                    "linewidth": 0.4,
                    "shrinkB": 2,
                    "relpos": (0, 0.5),
                }
                place = (1.03, height)
                ax.annotate(
                    label, (n, count), place, textcoords="axes fraction", va="center", arrowprops=line, **text
                )
            else:
                ax.annotate(label, (n, count), (0, 5), textcoords="offset points", ha="center", **text)


def _spread(wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return heights as near to those wanted, which ascend, as can be if they are to stand apart."""
    steps = _APART * np.arange(len(wanted))
    heights: NDArray[np.float64] = isotonic_regression(wanted - steps).x + steps
    return heights
