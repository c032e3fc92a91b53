"""Standing: what theory says of a bargain, and how a table's deal stands to it."""

from math import nan
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ..agents import solutions
from .bargain import Bargain
from .records import Column
from .table import Table

__all__ = ["GAINED", "POINTS", "Standing", "gained", "standing"]

POINTS = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")

GAINED = {
    "utility": Column("float64", "utility", "mean utility of the tables' first parties, discounted"),
    "rival_utility": Column("float64", "utility", "mean utility of all others, discounted"),
    "welfare": Column("float64", "utility", "mean sum of a table's utilities, discounted"),
    "efficiency": Column(
        "float64", "1", "mean welfare of the deals as a share of the greatest there is, undiscounted"
    ),
    "nash_product": Column("float64", "1", "mean product of a table's gains over no deal, discounted"),
    "share": Column("float64", "1", "mean share of the first party in the gains of a deal"),
    "frontier_distance": Column("float64", "utility", "mean distance of the deals from the Pareto frontier"),
    **{
        f"{name}_distance": Column(
            "float64", "utility", f"mean distance of the deals from the {told} solution"
        )
        for name, told in (
            ("nash", "Nash"),
            ("kalai_smorodinsky", "Kalai-Smorodinsky"),
            ("egalitarian", "egalitarian"),
            ("utilitarian", "utilitarian"),
        )
    },
}
"""The columns that come of what `gained` returns, in the mean over tables."""


class Standing(NamedTuple):
    """What theory says of a bargain.

    Parameters
    ----------
    frontier : (k, parties)
        The Pareto frontier.
    points
        The solutions that `POINTS` names, each (parties,); None where there is no zone of agreement.
    opposition
        How far the parties' wishes are apart; NaN where somebody has nothing to wish for.
    zone
        Whether an outcome gives nobody less than no deal.
    """

    frontier: NDArray[np.float64]
    points: tuple[NDArray[np.float64] | None, ...]
    opposition: float
    zone: bool


def standing(bargain: Bargain) -> Standing:
    """Return what theory says of a bargain; it is worked out once for as long as the bargain is there."""
    known = _KNOWN.get(bargain)
    if known is None:
        known = _KNOWN[bargain] = _standing(bargain)
    return known


def _standing(bargain: Bargain) -> Standing:
    utilities, found = bargain.utilities, solutions.solve(bargain.utilities, bargain.disagreement)
    numbers = (getattr(found, name) for name in POINTS)
    points = tuple(None if each is None else utilities[each] for each in numbers)
    frontier = utilities[found.frontier]
    opposed = solutions.opposition(frontier) if frontier.max(axis=0).min() > 0 else nan
    return Standing(frontier, points, opposed, found.nash is not None)


_KNOWN: WeakKeyDictionary[Bargain, Standing] = WeakKeyDictionary()


def gained(table: Table) -> dict[str, float]:
    """Return what came of a table, and how far from theory's points; NaN where there was no deal.

    Utilities are discounted by the round of the deal, and those of no deal where there was none; efficiency and
    distances are of the deal itself.
    """
    none, deal = table.bargain.disagreement, table.deal
    distances = dict.fromkeys(("frontier_distance", *(f"{name}_distance" for name in POINTS)), nan)
    if deal is None or table.agreed is None:
        return {**_worth(none, none), "nash_product": 0.0, "efficiency": nan, "share": nan, **distances}
    theory, utilities = standing(table.bargain), table.bargain.utilities[deal.outcome]
    got = utilities * table.discounts()
    distances["frontier_distance"] = float(np.linalg.norm(theory.frontier - utilities, axis=1).min())
    for name, point in zip(POINTS, theory.points, strict=True):
        if point is not None:
            distances[f"{name}_distance"] = float(np.linalg.norm(utilities - point))
    best = 0.0 if theory.points[-1] is None else float(theory.points[-1].sum())
    return {
        **_worth(got, none),
        "efficiency": float(utilities.sum()) / best if best > 0 else nan,
        **distances,
    }


def _worth(got: NDArray[np.float64], none: NDArray[np.float64]) -> dict[str, float]:
    """Return what utilities amount to, beside those of no deal."""
    gains = got - none
    return {
        "utility": float(got[0]),
        "rival_utility": float(got[1:].mean()),
        "welfare": float(got.sum()),
        "nash_product": float(gains.prod()),
        "share": float(gains[0] / gains.sum()) if gains.sum() > 0 else nan,
    }
