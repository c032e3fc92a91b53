"""How soon after the global stabilisation time a decision comes, and whether it is safe all the time.

**Measures.** By protocol, number of traitors, conduct and stabilisation time: the shares of runs that were safe and in
which all decided, with Wilson's intervals; and the time of the last decision, counted from the start and from
stabilisation, in rounds, with bootstrap intervals.
**Reads.** `protocol`, `channel`, `traitors`, `conduct`, `covered`, `last_decision` and the verdict.
"""

import numpy as np
from pandas import DataFrame

from ..frames import finished
from ..labels import level_labels, number, plural
from ..scenarios import described, number_of_parties
from ..summary import summarise, varying
from ..verdicts import JUDGED, is_unsafe, stability
from . import measure

__all__ = ["decision_time"]

_FACTORS = ("nodes", "f", "placement", "scheduler", "initial", "pace")


def _answer(table: DataFrame) -> str:
    labels = level_labels(table["protocol"])
    covered, broken = int(table["covered"].sum()), int(table["broken"].sum())
    if broken:
        text = (
            f"**Safety was violated** in {broken} of the {plural(covered, 'run')} that a protocol's guarantee covers; "
            "that must not happen, whatever the network does."
        )
    else:
        every = f"all {covered:,} runs" if covered != 1 else "the one run"
        text = f"In {every} that a protocol's guarantee covers, safety held throughout."
    stable = table[np.isfinite(table["stable_from"]) & table["latest"].notna()]
    if len(stable):
        told = [
            f"{labels[protocol]} {number(part['latest'].max())}"
            for protocol, part in stable.groupby("protocol", sort=False)
        ]
        text += f" The last decision of any run came, in rounds after stabilisation: {'; '.join(told)}."
    never = table[~np.isfinite(table["stable_from"])]
    if len(never):
        told = [
            f"{labels[protocol]} in {(part['decided'] * part['runs']).sum():,.0f} of "
            f"{plural(part['runs'].sum(), 'run')}"
            for protocol, part in never.groupby("protocol", sort=False)
        ]
        text += (
            f" Where the network never stabilises, all decided before the run was cut off: {'; '.join(told)}."
        )
    return text


def _digest(table: DataFrame) -> DataFrame:
    """Return the mean time after stabilisation with stabilisation times side by side, and the greatest of all."""
    by = [each for each in table.columns[: table.columns.get_loc("runs")] if each != "stable_from"]
    stable = table[np.isfinite(table["stable_from"])]
    if stable.empty:
        return table
    wide = stable.set_index([*by, "stable_from"])["after"].unstack("stable_from", sort=False)
    wide.columns = [f"mean, stable from {at:g}" for at in wide.columns]
    greatest = stable.groupby(by, sort=False, dropna=False)["latest"].max()
    digest: DataFrame = wide.join(greatest.rename("latest of all")).reset_index()
    return digest


@measure(needs=("protocol", "nodes", "covered", "last_decision", *JUDGED), answer=_answer, digest=_digest)
def decision_time(runs: DataFrame) -> DataFrame:
    """When the last honest party decided, in rounds after the network began to keep its bound on delays.

    Below zero: before it did.

    Returns
    -------
    DataFrame
        `protocol`, `traitors`, `conduct`, what else was varied and `stable_from` (rounds; inf where no bound ever
        holds); `runs`, `failed`, the shares `safe` and `decided` (of a traitor's
        broadcast perhaps nobody decides, and that is right), the means of `last_decision` and of `after`, which
        counts from stabilisation, all with intervals; `latest`, the greatest of the latter; of the runs how many are
        `covered` by the protocol's guarantee, and of these how many were `broken`: unsafe, or left somebody waiting who
        was owed a decision.
    """
    runs = described(runs)
    runs = runs.assign(nodes=number_of_parties(runs))
    stable = {channel: stability(channel).since for channel in runs["channel"].unique()}
    runs = runs.assign(stable_from=runs["channel"].map(stable).astype(float))
    decided = (runs["termination"] == "held") & runs["last_decision"].notna()
    last = runs["last_decision"].where(decided)
    runs = runs.assign(last=last, after=(last - runs["stable_from"]).where(np.isfinite(runs["stable_from"])))
    ended = finished(runs).index
    covered = runs["covered"].eq(True) & runs.index.isin(ended)
    runs = runs.assign(
        covering=covered, broke=covered & (is_unsafe(runs) | (runs["termination"] == "violated"))
    )
    by = [*varying(runs, _FACTORS, "protocol", "traitors", "conduct"), "stable_from"]
    table = summarise(
        runs,
        by,
        shares={"safe": ~is_unsafe(runs), "decided": decided},
        means={"last_decision": "last", "after": "after"},
    )
    found = runs.groupby(by, sort=False, dropna=False)
    return table.assign(
        latest=found["after"].max().to_numpy(),
        covered=found["covering"].sum().to_numpy(),
        broken=found["broke"].sum().to_numpy(),
    )
