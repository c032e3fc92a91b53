"""Which share of reads was wrong, against the number of servers that lied.

**Measures.** By protocol, number of servers, number of traitors and conduct: the share of answered reads that were
wrong, that is, answered as no register of the promised kind would have, with Wilson's interval; the share of those
answered with nothing; and the share of runs in which any read was wrong. Reads of one run are not
independent, so the interval of the first is rather too narrow, and that of the last is not.
**Reads.** `protocol`, `network`, `nodes`, `f`, `traitors`, `conduct`, `covered`, `answered_reads`, `wrong_reads`,
`blank_reads`, `consistency` and `durability`.
"""

import numpy as np
from pandas import DataFrame

from ..frames import finished
from ..intervals import wilson
from ..labels import level_labels, plural, share
from ..scenarios import described, number_of_parties
from ..summary import summarise, varying
from . import measure

__all__ = ["wrong_reads"]

_FACTORS = ("f", "placement", "scheduler", "clients", "keys", "pause")


def _answer(table: DataFrame) -> str:
    labels = level_labels(table["protocol"])
    covered, broken = int(table["covered"].sum()), int(table["broken"].sum())
    if broken:
        of = plural(covered, "run")
        text = f"**A promise was broken** in {broken} of the {of} that a protocol's guarantee covers."
    else:
        every = f"all {covered:,} runs" if covered != 1 else "the one run"
        text = f"In {every} that a protocol's guarantee covers, every read was as promised."
    told = []
    for row in _digest(table).to_dict("records"):
        at = f"{labels[row['protocol']]} with n={row['nodes']}"
        if np.isnan(row["wrong_from"]):
            told.append(f"{at} never")
        else:
            told.append(f"{at} from {plural(int(row['wrong_from']), 'liar')}, up to {share(row['worst'])}")
    return f"{text} Reads were wrong: {'; '.join(told)}."


def _digest(table: DataFrame) -> DataFrame:
    """Return a row for each protocol and number of servers: from how many traitors on reads were wrong."""
    by = [
        each for each in table.columns[: table.columns.get_loc("runs")] if each not in ("traitors", "conduct")
    ]
    rows = []
    for point, part in table.groupby(by, sort=False, dropna=False):
        wrong = part[part["wrong"] > 0]
        kept = part[part["covered"] == part["runs"]]
        worst = part.iloc[int(part["wrong"].fillna(0).argmax())]
        rows.append(
            {
                **dict(zip(by, point, strict=True)),
                "reads": part["reads"].sum(),
                "covered_up_to": kept["traitors"].max(),
                "wrong_from": wrong["traitors"].min(),
                "worst": worst["wrong"],
                "of_these_blank": worst["blank"] / worst["wrong"] if len(wrong) else np.nan,
                "worst_conduct": worst["conduct"] if len(wrong) else "",
            }
        )
    return DataFrame(rows)


@measure(
    needs=(
        "protocol",
        "nodes",
        "covered",
        "answered_reads",
        "wrong_reads",
        "blank_reads",
        "consistency",
        "durability",
    ),
    answer=_answer,
    digest=_digest,
)
def wrong_reads(runs: DataFrame) -> DataFrame:
    """Which share of reads was wrong, by what traitors did and how many they were.

    Wrong from: the least number of traitors with which a read was wrong, whatever they did; worst: the greatest share
    of wrong reads, how many of these returned nothing, and the conduct that it was reached with.

    Returns
    -------
    DataFrame
        `protocol`, `nodes`, what else was varied, `traitors` and `conduct`; `runs`, `failed`, the share of runs
        `spoilt` by a wrong read, with its interval; how many `reads` were answered; the share of them that was `wrong`,
        with its interval, and `blank`; of the runs how many are `covered` by the protocol's guarantee, and of these how
        many were `broken`: consistency or durability was violated.
    """
    runs = described(runs)
    runs = runs.assign(nodes=number_of_parties(runs))
    ended = runs.index.isin(finished(runs).index)
    covered = runs["covered"].eq(True) & ended
    violated = (runs[["consistency", "durability"]] == "violated").any(axis=1)
    runs = runs.assign(
        covering=covered,
        broke=covered & violated,
        **{
            each: runs[each].where(ended, 0).fillna(0)
            for each in ("answered_reads", "wrong_reads", "blank_reads")
        },
    )
    by = [*varying(runs, _FACTORS, "protocol", "nodes"), "traitors", "conduct"]
    table = summarise(runs, by, shares={"spoilt": runs["wrong_reads"] > 0})
    sums = runs.groupby(by, sort=False, dropna=False)[
        ["answered_reads", "wrong_reads", "blank_reads", "covering", "broke"]
    ].sum()
    reads, wrong, blank, covering, broke = (sums[each].to_numpy(dtype=int) for each in sums)
    low, high = wilson(wrong, reads)
    some = np.where(reads > 0, reads, np.nan)
    return table.assign(
        reads=reads,
        wrong=wrong / some,
        wrong_low=low,
        wrong_high=high,
        blank=blank / some,
        covered=covering,
        broken=broke,
    )
