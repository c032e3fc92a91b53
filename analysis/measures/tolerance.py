"""How many traitors a network bears under a rule.

**Measures.** The share of runs in which the honest parties agreed and never left the hull of their first
opinions, with Wilson's interval.
**Reads.** `network`, `rule`, `placement`, `traitors`, `agreement`, `validity`.
"""

from pandas import DataFrame

from ..labels import level_labels, share
from ..scenarios import described
from ..summary import summarise, varying
from . import measure

__all__ = ["tolerance"]

_FACTORS = ("rule", "placement", "conduct", "weights")


def _answer(table: DataFrame) -> str:
    faced = table[(table["traitors"] > 0) & (table["runs"] > 0)]
    if faced.empty:
        return ""
    totals = (
        faced.assign(bore=faced["tolerated"] * faced["runs"])
        .groupby("rule", sort=False)[["bore", "runs"]]
        .sum()
    )
    labels = level_labels(totals.index)
    told = "; ".join(
        f"{labels[rule]} in {row.bore:.0f} of {row.runs:.0f} runs ({share(row.bore / row.runs)})"
        for rule, row in totals.iterrows()
    )
    return f"Facing traitors, the honest parties agreed and stayed valid: {told}."


def _digest(table: DataFrame) -> DataFrame:
    """Return the shares with numbers of traitors side by side."""
    by = [each for each in table.columns[: table.columns.get_loc("runs")] if each != "traitors"]
    wide = table.set_index([*by, "traitors"])["tolerated"].unstack("traitors", sort=False)
    wide.columns = [f"traitors={count}" for count in wide.columns]
    return wide.reset_index()


@measure(needs=("agreement", "validity"), answer=_answer, digest=_digest)
def tolerance(runs: DataFrame) -> DataFrame:
    """Share of runs that agreed and stayed valid, by rule, network, placement and number of traitors.

    Returns
    -------
    DataFrame
        `rule`, `network`, `traitors` and what else was varied, then `runs`, `failed`, `tolerated` with its
        interval.
    """
    runs = described(runs)
    return summarise(
        runs,
        [*varying(runs, _FACTORS, "rule"), "network", "traitors"],
        shares={"tolerated": "agreement == 'held' and validity == 'held'"},
    )
