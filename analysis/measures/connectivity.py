"""How well linked a network must be for traitors among the relays to be borne.

**Measures.** The share of runs that were solved, that is, with agreement, validity, integrity and termination all held,
with Wilson's interval; beside it the network's vertex connectivity, and the least at which they are proven to be so
whatever the traitors do.
**Reads.** `network`, `protocol`, `traitors`, `f`, `relay`, `connectivity`, and the verdict.
"""

from typing import Any

from pandas import DataFrame, Series, to_numeric

from ...agents.errors import InputError
from ...agents.protocols import Faults, protocols
from ..labels import level_labels, plural, share
from ..scenarios import chosen, described
from ..summary import summarise, under_worst, varying
from ..theory.connectivity import least_connectivity
from ..verdicts import HARM, JUDGED, is_solved
from . import measure

__all__ = ["connectivity"]

_POINT = ("protocol", "traitors", "needed", "connectivity")


def _answer(table: DataFrame) -> str:
    worst = under_worst(table, "solved", _POINT, HARM)
    told = [f"{count} {where}" for where, count in _counts(worst).items()]
    text = f"Solved were {' and '.join(told)}"
    if worst["runs"].sum() < table["runs"].sum():
        everything = _counts(table.assign(hits=table["solved"] * table["runs"]))
        text += f", under the conduct and inputs that did most harm; of all runs {' and '.join(everything.values())}"
    text += "."
    from_on = _from_on(table)
    if from_on:
        labels = level_labels(from_on)
        lines = [f"{labels[protocol]} {' and '.join(words)}" for protocol, words in from_on.items()]
        text += f" Least connectivity from which on every run was solved, and that of the proof: {'; '.join(lines)}."
    return text


def _counts(table: DataFrame) -> dict[str, str]:
    """Return in words how many runs were solved on either side of the bound, by side."""
    enough = table["connectivity"] >= table["needed"]
    sides = {
        "at or above the connectivity that the proof asks for": table[enough],
        "below it": table[~enough],
    }
    sums = {where: (part["hits"].sum(), int(part["runs"].sum())) for where, part in sides.items()}
    return {
        where: f"{hits:,.0f} of {plural(runs, 'run')} ({share(hits / runs)})"
        for where, (hits, runs) in sums.items()
        if runs
    }


def _from_on(table: DataFrame) -> dict[Any, list[str]]:
    """Return by protocol, for each number of traitors, the least connectivity from which on all runs were solved."""
    told: dict[Any, list[str]] = {}
    key: Any
    faced = table[(table["traitors"] > 0) & (table["runs"] > 0)]
    for key, part in faced.groupby(["protocol", "traitors"], sort=False):
        protocol, traitors = key
        unsolved = part.loc[part["solved"] < 1, "connectivity"]
        fine = part.loc[part["connectivity"] > (unsolved.max() if len(unsolved) else -1), "connectivity"]
        least = fine.min() if len(fine) else "none"
        told.setdefault(protocol, []).append(
            f"{least} ({part['needed'].max()}) for {plural(traitors, 'traitor')}"
        )
    return told


def _digest(table: DataFrame) -> DataFrame:
    """Return the share under whatever did most harm, with connectivities side by side."""
    worst = under_worst(table, "solved", _POINT, HARM).set_index(list(_POINT))["solved"]
    wide = worst.unstack("connectivity").sort_index(axis=1)
    wide.columns = [f"connectivity={each}" for each in wide.columns]
    return wide.reset_index()


@measure(needs=("connectivity", *JUDGED), answer=_answer, digest=_digest)
def connectivity(runs: DataFrame) -> DataFrame:
    """Share of relayed runs that were solved, by protocol, network and number of traitors.

    Returns
    -------
    DataFrame
        `protocol` and what else was varied, `network`, `traitors`, then `runs`, `failed`, the share `solved` with its
        interval, `connectivity` (of a random network the least), and `needed`, that at which as many traitors as the
        protocol is set up for are proven to be borne.
    """
    runs = described(runs)
    runs = runs[runs["relay"].astype(bool)] if "relay" in runs.columns else runs[:0]
    if runs.empty:
        raise InputError(
            "measure connectivity needs runs in which messages were relayed, and the frame has none; "
            "sweep relay=True over networks that are not complete"
        )
    by = [*varying(runs, HARM, "protocol"), "network", "traitors"]
    table = summarise(runs, by, shares={"solved": is_solved(runs)})
    groups = runs.assign(needed=_needed(runs)).groupby(by, sort=False, dropna=False, observed=True)
    return table.assign(
        connectivity=groups["connectivity"].min().to_numpy(), needed=groups["needed"].max().to_numpy()
    )


def _needed(runs: DataFrame) -> Series:
    """Return for each run the connectivity that bears as many as its protocol is set up for."""
    borne = to_numeric(runs["f"], errors="coerce").fillna(runs["traitors"]).astype(int)
    liars = runs["protocol"].map({protocol: _fears_liars(protocol) for protocol in runs["protocol"].unique()})
    needed = [least_connectivity(f, liars=fears) for f, fears in zip(borne, liars, strict=True)]
    return Series(needed, index=runs.index)


def _fears_liars(protocol: str) -> bool:
    known = chosen(protocols, protocol)
    return known is None or known.faults is Faults.BYZANTINE
