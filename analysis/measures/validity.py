"""Whether the honest parties stayed where their own opinions could have led them.

**Measures.** The share of runs with traitors in which no honest opinion ever left the hull of the honest
parties' first opinions, with Wilson's interval.
**Reads.** `rule`, `traitors`, `validity`.
"""

from pandas import DataFrame

from ...agents.errors import InputError
from ..frames import require
from ..labels import level_labels
from ..scenarios import described
from ..summary import summarise, varying
from . import measure

__all__ = ["validity"]

_FACTORS = ("conduct", "placement", "weights")


def _answer(table: DataFrame) -> str:
    totals = (
        table.assign(stayed=table["valid"] * table["runs"])
        .groupby("rule", sort=False)[["stayed", "runs"]]
        .sum()
    )
    labels = level_labels(totals.index)
    told = "; ".join(
        f"{labels[rule]} in {row.stayed:.0f} of {row.runs:.0f} runs" for rule, row in totals.iterrows()
    )
    return f"Facing traitors, the honest parties stayed inside the hull of their first opinions: {told}."


@measure(needs=("validity",), answer=_answer)
def validity(runs: DataFrame) -> DataFrame:
    """Share of runs with traitors whose honest parties stayed in the hull of their first opinions, by rule.

    Returns
    -------
    DataFrame
        `rule` and what else was varied, then `runs`, `failed`, `valid` with its interval.
    """
    runs = described(runs)
    require(runs, ("traitors", "rule"), "measure validity")
    runs = runs[runs["traitors"] > 0]
    if runs.empty:
        raise InputError(
            "measure validity needs runs with traitors, and the frame has none; sweep traitors=1"
        )
    return summarise(runs, varying(runs, _FACTORS, "rule"), shares={"valid": "validity == 'held'"})
