"""What liars do to treaties, counted."""

from typing import Any

import pandas as pd
import pytest
from accord import Result
from accord.analysis.measures.ratification import ratification
from scipy.stats import binom


def run(deals: int, approvals: int = 8, traitors: int = 0, nodes: str = "", **more: Any) -> dict[str, Any]:
    return {
        "network": "complete(n=10)", "protocol": "ratification(quorum=7)", "traitors": traitors, "conduct": "silent",
        "placement": "first", "draft": "selfish", "domain": "random(parties=10, issues=1, reservation=0.25)",
        "nodes": 10, "needed": 7, "approvals": approvals, "deals": deals, "traitor_nodes": nodes,
        "honest_gain": 0.5 * (deals == 1), "honest_due": 0.5, "traitor_gain": {0: None, 1: 0.2}.get(traitors, 0.1),
        "traitor_due": 0.1 if traitors else None, "status": "ok", **more,
    }  # fmt: skip


def test_shares_beside_theory() -> None:
    held_up, forced = (
        run(0, traitors=1, nodes="3"),
        run(1, approvals=6, traitors=1, nodes="3", conduct="forging"),
    )
    table = ratification(pd.DataFrame([run(1), run(0, approvals=6), held_up, held_up, forced]))
    shares = (
        table[["conduct", "traitors", "runs", "ratified", "blocked", "forced", "conflict"]]
        .to_numpy()
        .tolist()
    )
    assert shares == [
        ["silent", 0, 2, 0.5, 0, 0, 0],
        ["silent", 1, 2, 0, 1, 0, 0],
        ["forging", 1, 1, 1, 0, 1, 0],
    ]
    assert table["theory"].tolist() == pytest.approx(
        [binom.sf(5, 9, 0.7), binom.sf(5, 8, 0.7), binom.sf(4, 8, 0.7)]
    )
    assert set(table["safe"]) == set(table["live"]) == {3}
    assert table["honest_gain"].tolist() == [0.25, 0, 0.5]
    assert table["traitor_due"].tolist()[1:] == [0.1, 0.1]
    assert ratification.answer(table) == (
        "The share ratified in theory was within the interval at 3 of 3 points. "
        "Of 10 parties, 1 silent ones held up a deal that enough wanted in 100 % of runs, 7 votes being needed. "
        "Of 10 parties, 1 forging ones forced one through in 100 % of runs, 7 votes being needed. "
        "Liars gained more than if nobody lied at 2 of 2 points, at most 0.2 instead of 0.1 (forging, 7 of 10 votes)."
    )


def test_conflicts_are_counted_by_what_the_quorum_bears() -> None:
    lies = {"conduct": "colluding", "nodes": "0 1 2"}
    four = {"conduct": "colluding", "nodes": "0 1 2 3"}
    table = ratification(
        pd.DataFrame([run(1, traitors=3, **lies), run(2, traitors=4, **four), run(1, traitors=4, **four)])
    )
    assert table["conflict"].tolist() == [0, 0.5]
    assert table["theory"].isna().all()
    assert ratification.answer(table) == (
        "Lying proposers got two deals ratified in 0 of 1 run as long as any two quorums share an honest party. "
        "Lying proposers got two deals ratified in 1 of 2 runs where they need not. "
        "Liars gained more than if nobody lied at 0 of 2 points."
    )


def test_nothing_to_tell_is_told() -> None:
    table = ratification(pd.DataFrame([run(1, draft="passable")]))
    assert ratification.answer(table) == "Nobody lied, and no theory is known."


def test_of_a_sweep(ratifications: Result) -> None:
    table = ratification(ratifications.runs)
    below = (table["needed"] == 2) & (table["conduct"] == "colluding") & (table["proposer"] == "traitor")
    assert (table.loc[below & (table["traitors"] > 0), "conflict"] > 0).all()
    assert (table.loc[table["traitors"] <= table["safe"], "conflict"] == 0).all()
