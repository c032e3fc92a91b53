"""Deals, their split and their time, by how fast either side concedes."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Page
from matplotlib.ticker import FixedLocator, NullLocator
from pandas import DataFrame, concat

from ...agents.tactics import tactics
from ...agents.tactics.time_dependent import TimeDependent
from ...experiments.result import Result
from ..scenarios import chosen
from . import figure

__all__ = ["concession"]

_COLOURS = "cividis"
_QUANTITIES = ("deals", "share-of-the-first", "time-of-the-deal")


def _cases(result: Result) -> DataFrame:
    """Return the runs three times, each time with what one row of panels shows."""
    from ..frames import finished, require
    from ..scenarios import described

    runs = described(finished(result.runs))
    require(runs, ("tactic", "rivals"), "figure concession")
    runs = runs[[_beta(one) is not None and _beta(two) is not None for one, two in _pairs(runs)]]
    runs = runs.assign(deadline=runs["deadline"].astype(float)).sort_values("deadline", kind="stable")
    return concat([runs.assign(quantity=each) for each in _QUANTITIES], ignore_index=True)


def _colour_bar(page: Page, drawn: Sequence[Axes]) -> None:
    bar = page.colorbar(drawn[0].collections[0], ax=list(drawn), shrink=0.6, aspect=30, pad=0.03)
    bar.set_label("Share of runs, of the gains, of the deadline")
    bar.outline.set_visible(False)


@figure(
    needs=("tactic", "rivals", "deadline", "deals", "tables", "share", "round"),
    cases=_cases,
    rows="quantity",
    columns="deadline",
    key=_colour_bar,
    aspect=1.0,
    shared="xy",
)
def concession(runs: DataFrame, *, ax: Axes) -> None:
    """Share of runs with a deal, the first party's part of its gains, and how late it came, by the exponents beta.

    Below 1 a side holds out until shortly before the deadline, above 1 it gives in at once. The share of the first and
    the time are means over deals; grey: no deal.

    Parameters
    ----------
    runs
        `tactic`, `rivals` (time-dependent ones are shown), `deadline`, `deals`, `tables`, `share` and `round`; where
        a column `quantity` says so, "share-of-the-first" or "time-of-the-deal" is drawn instead of "deals".
    """
    quantity = str(runs["quantity"].iloc[0]) if "quantity" in runs.columns else "deals"
    values = {
        "deals": runs["deals"] == runs["tables"],
        "share-of-the-first": runs["share"],
        "time-of-the-deal": (runs["round"] + 1) / runs["deadline"].astype(float),
    }[quantity].astype(float)
    betas = DataFrame([(_beta(one), _beta(two)) for one, two in _pairs(runs)], columns=["own", "other"])
    table = betas.assign(value=values.to_numpy()).pivot_table(
        index="own", columns="other", values="value", dropna=False
    )
    own, other = (np.asarray(each, dtype=float) for each in (table.index, table.columns))
    ax.set_facecolor("#d9d9d9")
    ax.pcolormesh(
        np.arange(len(other) + 1) - 0.5,
        np.arange(len(own) + 1) - 0.5,
        np.ma.masked_invalid(table.to_numpy(dtype=float)),
        cmap=_COLOURS,
        vmin=0,
        vmax=1,
        edgecolors="white",
        linewidth=0.4,
    )
    for axis, levels in ((ax.xaxis, other), (ax.yaxis, own)):
        axis.set_major_locator(FixedLocator(range(len(levels))))
        axis.set_minor_locator(NullLocator())
        axis.set_ticklabels([f"{each:g}" for each in levels])
    ax.tick_params(axis="both", length=0)
    ax.tick_params(axis="x", labelrotation=90)
    ax.set_xlabel(r"Second's $\beta$")
    ax.set_ylabel(r"First's $\beta$")


def _pairs(runs: DataFrame) -> list[tuple[str, str]]:
    return list(zip(runs["tactic"], runs["rivals"], strict=True))


def _beta(tactic: str) -> float | None:
    """Return the exponent of a time-dependent tactic, in its text form; None of any other."""
    played = chosen(tactics, tactic)
    return played.beta if isinstance(played, TimeDependent) else None
