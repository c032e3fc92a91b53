"""What a command costs a ledger against the number of servers, with the formulas."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Page
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, NullFormatter, StrMethodFormatter
from pandas import DataFrame, concat

from ...experiments.result import Result
from ..labels import heading, level_labels
from ..measures.command_cost import command_cost as measured
from ..style import BLACK, BLUE, GREEN, GREY, ORANGE, VERMILION
from . import figure

__all__ = ["command_cost"]

_COLOURS = (BLUE, VERMILION, GREEN, ORANGE, BLACK)
_MARKERS = "osD^v"
_MESSAGES, _DELAYS, _BYTES = "messages_per_command", "rounds_to_the_answer", "bytes_per_command"
_COLUMNS = {
    _MESSAGES: ("messages", "formula"),
    _DELAYS: ("delays", "formula_delays"),
    _BYTES: ("bytes", None),
}


def _cases(result: Result) -> DataFrame:
    """Return the runs once for each of the costs."""
    from ..frames import finished
    from ..scenarios import described

    runs = described(finished(result.runs))
    return concat([runs.assign(cost=cost) for cost in _COLUMNS], ignore_index=True)


def _explain(page: Page, drawn: Sequence[Axes]) -> None:
    """Say whose marks are whose, and what is counted and what computed."""
    marks: dict[str, Any] = {
        label: mark for ax in drawn for mark, label in zip(*ax.get_legend_handles_labels(), strict=True)
    }
    marks["Formula"] = Line2D([], [], color=GREY, linestyle="--", linewidth=0.9)
    if len(drawn) == 1:
        drawn[0].legend(marks.values(), marks.keys())
    else:
        page.legend(marks.values(), marks.keys(), loc="outside lower center", ncols=len(marks))


@figure(
    needs=("protocol", "nodes", "asked", "answered", "latency", "messages", "bytes", "replicate"),
    cases=_cases,
    columns="cost",
    key=_explain,
    aspect=0.95,
)
def command_cost(runs: DataFrame, *, ax: Axes) -> None:
    """Cost of one command more without traitors, by number of servers: marks are counted, dashed lines the formulas.

    One client asks for one command after another. Counted are messages to others and their bytes, requests and replies
    included, and rounds until the client believes an answer; elections are not.

    Parameters
    ----------
    runs
        What the measure of the same name reads; messages are drawn, unless a column `cost` says otherwise.
    """
    cost = str(runs["cost"].iloc[0]) if "cost" in runs.columns else _MESSAGES
    counted, formula = _COLUMNS[cost]
    table = measured(runs)
    labels = level_labels(table["protocol"])
    for place, (protocol, label) in enumerate(labels.items()):
        part = table[table["protocol"] == protocol].sort_values("nodes")
        colour, marker = _COLOURS[place % len(_COLOURS)], _MARKERS[place % len(_MARKERS)]
        ax.plot(part["nodes"], part[counted], marker, color=colour, markersize=3.4, label=label)
        if formula is not None:
            ax.plot(part["nodes"], part[formula], "--", color=colour, linewidth=0.9, zorder=1)
    ns = sorted(set(table["nodes"].astype(int)))
    ax.set_xscale("log")
    ax.xaxis.set_major_locator(FixedLocator(ns))
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    ax.xaxis.set_minor_formatter(NullFormatter())
    ax.xaxis.set_minor_locator(FixedLocator([]))
    if cost == _DELAYS:
        ax.set_ylim(0, 1.1 * table[counted].max())
    else:
        ax.set_yscale("log")
    ax.set_xlabel("Servers n")
    if "cost" not in runs.columns:  # else it is the panel's title
        ax.set_ylabel(heading(cost))
