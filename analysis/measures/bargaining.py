"""What bargaining comes to: deals, welfare, how it is split, and how far from what theory's solutions say.

**Measures.** By tactics and whatever else was varied: the share of runs in which every table ended with a deal, with
Wilson's interval; utilities, welfare, product of gains, the first party's share, efficiency, distances from the
frontier and from each solution, rounds and offers, with bootstrap intervals. Where there is no deal
there is a welfare, that of disagreement, but no efficiency.
**Reads.** `tactic`, `rivals`, `deals`, `tables` and the columns of a negotiation's outcome.
"""

from pandas import DataFrame

from ..labels import level_labels, plural, share
from ..scenarios import described
from ..summary import summarise, varying
from . import measure

__all__ = ["bargaining"]

_FACTORS = ("network", "domain", "procedure", "information", "deadline", "break_off")
_MEANS = (
    *("utility", "rival_utility", "welfare", "efficiency", "nash_product", "share"),
    *("frontier_distance", "nash_distance", "kalai_smorodinsky_distance", "egalitarian_distance"),
    *("utilitarian_distance", "round", "offers", "opposition"),
)


def _answer(table: DataFrame) -> str:
    runs = table["runs"]
    agreed = float((table["agreed"] * runs).sum() / runs.sum())
    text = f"There was a deal in {share(agreed)} of {plural(int(runs.sum()), 'run')}"
    known = table[table["efficiency"].notna()]
    if known.empty:
        return f"{text}."
    text += f", worth {share(known['efficiency'].mean())} of the greatest welfare in the mean over what was tried."
    if len(table) < 2:
        return text
    labels = [level_labels(table[each]) for each in ("tactic", "rivals")]
    told = []
    for most, word in ((table["welfare"].argmax(), "most"), (table["welfare"].argmin(), "least")):
        tactic, rivals, welfare = table[["tactic", "rivals", "welfare"]].iloc[most]
        told.append(f"{word} by {labels[0][tactic]} against {labels[1][rivals]} ({welfare:.3f})")
    return f"{text} Both together got {', '.join(told)}."


def _digest(table: DataFrame) -> DataFrame:
    """Return the table without its longer ends."""
    left_out = [f"{each}_distance" for each in ("kalai_smorodinsky", "egalitarian", "utilitarian")]
    ends = [f"{each}{end}" for each in (*left_out, "offers", "opposition") for end in ("", "_low", "_high")]
    return table.drop(columns=ends)


@measure(needs=("tactic", "rivals", "deals", "tables", *_MEANS), answer=_answer, digest=_digest)
def bargaining(runs: DataFrame) -> DataFrame:
    """Share of runs with a deal at every table, and means of what they were worth, by tactics and what was varied.

    Returns
    -------
    DataFrame
        `tactic`, `rivals` and what else was varied; `runs`, `failed`; the share that `agreed`; means of `utility` of
        the first party and `rival_utility` of the others, their sum `welfare`, all discounted and with no deal counted
        at its worth; and over deals of `efficiency` (welfare as a part of the greatest), `nash_product`, the first
        party's `share` of the gains, `frontier_distance` and the distance from each solution, and `round`; of `offers`,
        and of the bargains' `opposition`. All have intervals.
    """
    runs = described(runs)
    return summarise(
        runs,
        varying(runs, _FACTORS, "tactic", "rivals"),
        shares={"agreed": runs["deals"] == runs["tables"]},
        means=_MEANS,
    )
