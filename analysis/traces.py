"""Traces: single negotiations made again, to be looked at offer by offer."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame

from ..agents.profile import Profile
from ..experiments.result import Result
from ..models.table import Table
from .frames import finished, like_the_first, require
from .scenarios import Row, described, rebuild
from .style import GREEN, GREY, ORANGE, PURPLE

__all__ = ["SOLUTIONS", "Bids", "bids", "examples", "table_of"]

SOLUTIONS = {
    "nash": ("Nash", GREEN),
    "kalai_smorodinsky": ("Kalai-Smorodinsky", ORANGE),
    "egalitarian": ("Egalitarian", PURPLE),
    "utilitarian": ("Utilitarian", GREY),
}
"""What the solutions of a bargain are called, and their colours, by name."""

_MOST = 4  # panels that have room for their tactics' names


class Bids(NamedTuple):
    """What a party offered.

    Parameters
    ----------
    rounds : (offers,)
        When.
    outcomes : (offers,)
        What, by number.
    """

    rounds: NDArray[np.intp]
    outcomes: NDArray[np.intp]

    def worth(self, profile: Profile) -> NDArray[np.float64]:
        """Return what the offers are worth to somebody, (offers,)."""
        worth: NDArray[np.float64] = profile.utilities[self.outcomes]
        return worth


def table_of(row: Row) -> Table:
    """Return the first table of a run, played again to its end.

    Raises
    ------
    InputError
        If a column is missing, or the row's scenario cannot be made from its text.
    """
    table: Table = rebuild(row).run().tables[0]
    return table


def bids(table: Table, seat: int) -> Bids:
    """Return what the party on a seat offered."""
    said: list[Any] = [(each.round, each.outcome) for each in table.offers if each.party == seat]
    return Bids(*np.array(said, dtype=np.intp).reshape(-1, 2).T)


def examples(result: Result) -> DataFrame:
    """Return a run of each tactic of a sweep, of four at most: against its like, if they met.

    It is the first replicate of the first point; everything but the tactics is the same in all.
    """
    runs = described(finished(result.runs))
    require(runs, ("tactic", "rivals", "seed", "replicate"), "picking examples of negotiations")
    alike = ("replicate", "domain", "network", "procedure", "information", "deadline", "break_off")
    runs = like_the_first(runs, alike)
    unlike = (runs["rivals"] != runs["tactic"]).sort_values(kind="stable")
    return runs.loc[unlike.index].drop_duplicates("tactic").sort_index().head(_MOST)
