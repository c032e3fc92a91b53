"""What a nemesis costs a store, and whether safety holds.

**Measures.** By protocol and nemesis: the shares of runs that were safe and in which all commands were answered, with
Wilson's intervals; mean and longest latency, throughput and reigns, with bootstrap intervals.
**Reads.** `protocol`, `traitors`, `conduct`, `channel`, `covered`, `latency`, `latency_max`, `throughput`, `reigns` and
the verdict.
"""

from pandas import DataFrame

from ..frames import finished
from ..labels import level_labels, number, plural
from ..nemeses import nemeses
from ..scenarios import described
from ..summary import summarise, varying
from ..verdicts import JUDGED, is_unsafe
from . import measure

__all__ = ["nemesis"]

_FACTORS = ("f", "placement", "scheduler", "clients", "commands", "keys", "reads", "pause", "pace")


def _answer(table: DataFrame) -> str:
    labels = level_labels(table["protocol"])
    covered, broken = int(table["covered"].sum()), int(table["broken"].sum())
    if broken:
        text = (
            f"**A promise was broken** in {broken} of the {plural(covered, 'run')} that a guarantee covers."
        )
    elif covered:
        every = f"all {covered:,} runs" if covered != 1 else "the one run"
        text = f"In {every} that a protocol's guarantee covers, safety held throughout."
    else:
        text = "No run is covered by a protocol's guarantee."
    beyond = table[(table["covered"] < table["runs"]) & (table["safe"] < 1)]
    for protocol, name, safe, count in beyond[["protocol", "nemesis", "safe", "runs"]].to_numpy():
        text += (
            f" {name}: {labels[protocol]}, which does not bear it, was unsafe in {round((1 - safe) * count)} of "
            f"{plural(count, 'run')}."
        )
    timed = table[table["latency"].notna()]
    slowest = timed.loc[timed.groupby("protocol", sort=False)["latency"].idxmax()]
    told = [
        f"{labels[protocol]} {number(round(latency, 1))} ({name.lower()})"
        for protocol, name, latency in slowest[["protocol", "nemesis", "latency"]].to_numpy()
    ]
    return f"{text} The slowest mean answers took, in rounds: {'; '.join(told)}."


@measure(
    needs=("protocol", "covered", "latency", "latency_max", "throughput", "reigns", *JUDGED), answer=_answer
)
def nemesis(runs: DataFrame) -> DataFrame:
    """How safe and how fast a store was under each nemesis.

    Returns
    -------
    DataFrame
        `protocol`, `nemesis` and what else was varied; `runs`, `failed`; the shares `safe` and `answered` (all
        commands were), the means of `latency`, `latency_max` (rounds), `throughput` (commands a round) and `reigns`
        (terms, views or turns), all with intervals; of the runs how many are `covered` by the protocol's guarantee,
        and of these how many were `broken`: unsafe, or left somebody waiting who was owed an answer.
    """
    runs = described(runs)
    covered = runs["covered"].eq(True) & runs.index.isin(finished(runs).index)
    broke = covered & (is_unsafe(runs) | (runs["termination"] == "violated"))
    runs = runs.assign(nemesis=nemeses(runs), covering=covered, broke=broke)
    by = varying(runs, _FACTORS, "protocol", "nemesis")
    table = summarise(
        runs,
        by,
        shares={"safe": ~is_unsafe(runs), "answered": runs["termination"] == "held"},
        means=("latency", "latency_max", "throughput", "reigns"),
    )
    found = runs.groupby(by, sort=False, dropna=False)
    return table.assign(covered=found["covering"].sum().to_numpy(), broken=found["broke"].sum().to_numpy())
