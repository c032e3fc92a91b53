"""What the first to propose gets of a pie, beside Rubinstein's and Ståhl's equilibria.

**Measures.** Where two who play the equilibrium take turns to divide a pie: the first proposer's share, what theory
says of it, and whether the two differ by no more than the pie's grid explains.
**Reads.** `tactic`, `rivals`, `domain`, `procedure`, `deadline`, `break_off`, `share` and `round`.
"""

import numpy as np
from pandas import DataFrame

from ..deal_predictions import division_of
from ..frames import require
from ..labels import number, plural
from ..scenarios import described
from ..summary import summarise
from . import measure

__all__ = ["first_share"]


def _answer(table: DataFrame) -> str:
    ran = table[table["runs"] > 0]
    within = int(ran["within"].sum())
    text = (
        f"In {within:,} of {plural(len(ran), 'game')} the first proposer's share was what theory says, but for the "
        f"pie's grid; the greatest difference was {number(ran['difference'].abs().max())}."
    )
    later = int((ran["round"] > 0).sum())
    return f"{text} In {later:,} they agreed later than at once." if later else text


def _digest(table: DataFrame) -> DataFrame:
    """Return a row for each deadline: how many games there were, and how near theory they came."""
    by = table.assign(
        least=table["share"], greatest=table["share"], difference=table["difference"].abs()
    ).groupby("deadline", sort=False, dropna=False)
    told = {"runs": "sum", "failed": "sum", "least": "min", "greatest": "max", "round": "max"}
    return by.agg({**told, "difference": "max", "error": "max", "within": "all"}).reset_index()


@measure(needs=("tactic", "rivals", "domain", "share", "round"), answer=_answer, digest=_digest)
def first_share(runs: DataFrame) -> DataFrame:
    """Share of a pie for the first to propose in equilibrium, and what theory says of it.

    Returns
    -------
    DataFrame
        `first` and `second` discount, `deadline` (missing: none) and `domain`; `runs`, `failed`; the `share`, with its
        interval, and the `round` of the deal; the share in `theory`; the `difference` between them, the most that the
        grid explains, `error`, and whether it is `within` that.
    """
    runs = described(runs)
    equilibrium = (runs["tactic"] == "equilibrium") & (runs["rivals"] == "equilibrium")
    alternating = (runs["procedure"] == "alternating-offers") & (runs["break_off"] == 0)
    runs = runs[equilibrium & alternating]
    found = [division_of(*each) for each in zip(runs["domain"], runs["deadline"].astype(float), strict=True)]
    runs = runs[[each is not None for each in found]]
    require(runs, (), "measure first-share, of a pie divided in equilibrium,")
    divisions = [each for each in found if each is not None]
    runs = runs.assign(
        first=[each.discounts[0] for each in divisions],
        second=[each.discounts[1] for each in divisions],
        theory=[each.share for each in divisions],
        error=[each.error for each in divisions],
    )
    by = ["first", "second", "deadline", "domain", "theory", "error"]
    table = summarise(runs, by, means=("share", "round"))
    difference = table["share"] - table["theory"]
    rest = [each for each in table.columns if each not in ("theory", "error")]
    return table[rest].assign(
        theory=table["theory"],
        difference=difference,
        error=table["error"],
        within=np.abs(difference) <= table["error"] + 1e-12,
    )
