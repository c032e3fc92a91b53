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
    faced = table[table["traitors"] > 0]
    if faced.empty:
        return ""
    labels = level_labels(table["rule"])
    sentences = []
    for rule, part in faced.groupby("rule", sort=False):
        bore = (part["tolerated"] * part["runs"]).sum() / max(part["runs"].sum(), 1)
        certain = part[(part["tolerated"] == 1) & (part["runs"] > 0)]
        most = f", and in every run of {len(certain)} of {len(part)} cells" if len(certain) else ""
        sentences.append(f"{labels[rule]} {share(bore)}{most}")
    return (
        "With traitors, the honest parties agreed and stayed valid in these shares of all runs: "
        + "; ".join(sentences)
        + "."
    )


def _digest(table: DataFrame) -> DataFrame:
    """Return the shares with numbers of traitors side by side."""
    by = [each for each in table.columns[: table.columns.get_loc("runs")] if each != "traitors"]
    wide = table.pivot_table(index=by, columns="traitors", values="tolerated", sort=False)
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
