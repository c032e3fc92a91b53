"""Whether a protocol bears the traitors that it is proven to bear, and breaks where nothing is proven.

**Measures.** By protocol, number of traitors and number of parties: the share of runs that were solved, that is, with
agreement, validity, integrity and termination all held; and the share that was unsafe, with one of the first three
violated. Wilson's intervals.
**Reads.** `protocol`, `network`, `nodes`, `traitors`, `f`, `conduct`, `covered`, `run`, and the verdict.
"""

from typing import Any

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from ..frames import finished
from ..labels import level_labels, plural
from ..scenarios import described, number_of_parties
from ..summary import summarise, varying
from ..verdicts import ATTACK, JUDGED, is_solved, is_unsafe, proven_bound
from . import measure

__all__ = ["threshold"]

_FACTORS = ("f", "pace", "channel", "scheduler", "initial")
_SEPARATOR = "; "  # conducts have commas inside


def _answer(table: DataFrame) -> str:
    labels = level_labels(table["protocol"])
    return " ".join(filter(None, (_covered(table, labels), _below(table, labels), _unproven(table, labels))))


def _covered(table: DataFrame, labels: dict[str, str]) -> str:
    """Return in words whether what was promised was kept."""
    covered = int(table["covered"].sum())
    broken = table[table["broken"] > 0]
    if not covered:
        return "No run was covered by a proven bound."
    if broken.empty:
        every = f"all {covered:,} runs" if covered > 1 else "the one run"
        text = (
            f"In {every} that a proven bound covers, agreement, validity and integrity held, and "
            "wherever termination was owed nobody was left waiting."
        )
    else:
        first = broken.sort_values("first_broken").iloc[0]
        text = (
            f"**A proven bound was broken** in {broken['broken'].sum()} of the {plural(covered, 'run')} that it "
            f"covers, first in run {first['first_broken']} ({labels[first['protocol']]} with n={first['nodes']}, "
            f"{plural(int(first['traitors']), 'traitor')}): safety, or termination that was owed, was violated. "
            "A protocol, a conduct's kind of fault or the bound itself is wrong."
        )
    if table["open"].sum():
        text += f" Cut off before everybody had decided: {table['open'].sum():,} of them."
    return text


def _below(table: DataFrame, labels: dict[str, str]) -> str:
    """Return in words what happened below the bound."""
    below = table[(table["nodes"] < table["least"]) & (table["runs"] > 0)]
    if below.empty:
        return ""
    text = f"Below the bound {_harm(below)}."
    beyond = table[table["nodes"] >= table["least"]]
    beyond = beyond[beyond["covered"] < beyond["runs"]]
    if len(beyond):
        uncovered = int((beyond["runs"] - beyond["covered"]).sum())
        text += (
            f" {plural(uncovered, 'run')} with parties enough had faults that the protocol is not made for."
        )
    unbroken = below[below["solved"] == 1]
    if unbroken.empty:
        return text
    told = [
        f"{labels[str(protocol)]} at {', '.join(f'({n}, {traitors})' for n, traitors in points)}"
        for protocol, part in unbroken.groupby("protocol", sort=False)
        for points in [part[["nodes", "traitors"]].itertuples(index=False)]
    ]
    return f"{text} No conduct broke, with (n, traitors): {'; '.join(told)}."


def _unproven(table: DataFrame, labels: dict[str, str]) -> str:
    """Return in words what happened where no bound is known, as with thresholds that no proof is about."""
    rest = table[table["least"].isna() & (table["runs"] > 0)]
    if rest.empty:
        return ""
    names = ", ".join(dict.fromkeys(labels[each] for each in rest["protocol"]))
    return f"Where nothing is proven ({names}) {_harm(rest)}."


def _harm(points: DataFrame) -> str:
    """Return in words at how many points what was done broke something."""
    unsafe = int((points["unsafe"] > 0).sum())
    stuck = int(((points["unsafe"] == 0) & (points["solved"] < 1)).sum())
    of = f"of {len(points):,} points (protocol, n, traitors)"
    if len(points) == 1:
        at, nowhere = "the only point", "the only point"
    else:
        at, nowhere = f"{unsafe or stuck} {of}", f"any {of}"
    if unsafe:
        more = f", and at {stuck} more it kept some from deciding" if stuck else ""
        return f"some conduct made honest parties violate safety at {at}{more}"
    if stuck:
        return f"some conduct kept honest parties from deciding at {at}, and none made them violate safety"
    return f"no conduct broke anything at {nowhere}"


def _digest(table: DataFrame) -> DataFrame:
    """Return a row for each protocol and number of traitors: what is proven, and what the runs say."""
    by = [each for each in table.columns[: table.columns.get_loc("runs")] if each != "nodes"]
    rows = []
    for point, part in table[table["traitors"] > 0].groupby(by, sort=False):
        part = part.sort_values("nodes")
        below = part[part["nodes"] < part["least"]]
        words = [word for text in part["unsafe_by"] for word in text.split(_SEPARATOR) if word]
        rows.append(
            {
                **dict(zip(by, point, strict=True)),
                "runs": part["runs"].sum(),
                "proven_from_n": part["least"].iloc[0],
                "safe_from_n": _from(part, part["unsafe"] == 0),
                "solved_from_n": _from(part, part["solved"] == 1),
                "unsafe_by": _SEPARATOR.join(dict.fromkeys(words)),
                "unbroken_n": ", ".join(map(str, below.loc[below["solved"] == 1, "nodes"])),
            }
        )
    return DataFrame(rows)


def _from(part: DataFrame, good: "Series[bool]") -> float:
    """Return the least number of parties tried from which on all went well; NaN if not even with the most."""
    bad = part.loc[~good, "nodes"]
    left = part["nodes"] if bad.empty else part.loc[part["nodes"] > bad.max(), "nodes"]
    return float(left.min()) if len(left) else np.nan


@measure(needs=("run", "protocol", "nodes", "covered", *JUDGED), answer=_answer, digest=_digest)
def threshold(runs: DataFrame) -> DataFrame:
    """With how many parties each protocol bore how many traitors, whatever their conduct and wherever they sat.

    Proven from n, safe from n, solved from n: the least number of parties from which on the bound covers the protocol,
    no run violated agreement, validity or integrity, and everybody decided as well, in every run; unsafe by: the
    conducts that broke safety; unbroken n: the numbers of parties below the bound at which no conduct broke anything.

    Returns
    -------
    DataFrame
        `protocol`, what else was varied, `traitors` and `nodes`; then `runs`, `failed`, `solved` and `unsafe` with
        their intervals; `worst`, the share solved under the conduct and placement that did most harm, and which these
        are, `worst_attack`; `least`, the number of parties from which on the bound holds; of the runs how many are
        `covered` by the bound; of these how many were `broken` (unsafe, or left somebody waiting who was owed a
        decision), and how many are still `open`; the number of the `first_broken`; and `unsafe_by`, the conducts that
        violated safety, most often the first.
    """
    runs = described(runs)
    runs = runs.assign(nodes=number_of_parties(runs))
    by = [*varying(runs, _FACTORS, "protocol"), "traitors", "nodes"]
    unsafe = is_unsafe(runs)
    table = summarise(runs, by, shares={"solved": is_solved(runs), "unsafe": unsafe})
    told = DataFrame([_told(part) for _, part in runs.groupby(by, sort=False, dropna=False)])
    return table.assign(**told.astype({"first_broken": "Int64"}))


def _told(point: DataFrame) -> dict[str, Any]:
    """Return what a table says of a point beyond its shares."""
    first = point.iloc[0]
    f = first["traitors"] if pd.isna(first["f"]) else first["f"]
    ended = finished(point)
    covered = ended[ended["covered"].astype(bool)]
    broken = covered[is_unsafe(covered) | (covered["termination"] == "violated")]
    attacks = is_solved(ended).groupby([ended[each] for each in ATTACK], sort=False).mean()
    return {
        "worst": attacks.min(),
        "worst_attack": ", ".join(attacks.sort_values(kind="stable").index[0]) if (attacks < 1).any() else "",
        "least": proven_bound(first["protocol"], int(f)),
        "covered": len(covered),
        "broken": len(broken),
        "open": (covered["termination"] == "inconclusive").sum(),
        "first_broken": broken["run"].min() if len(broken) else pd.NA,
        "unsafe_by": _SEPARATOR.join(ended.loc[is_unsafe(ended), "conduct"].value_counts().index),
    }
