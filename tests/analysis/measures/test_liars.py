"""What lies cost, and bring: means, differences from runs without liars, and the words for it."""

from typing import Any

import pandas as pd
import pytest
from accord.analysis.measures.liars import liars


def run(
    traitors: int, replicate: int, honest: float, liar: float | None = None, **more: Any
) -> dict[str, Any]:
    """Return a run of a market of four, each of whom is due 10 units of money."""
    return {
        "valuation": "smith", "institution": "call-auction", "trader": "truthful", "conduct": "misreport",
        "traitors": traitors, "seed": 1, "replicate": replicate, "nodes": 4, "honest_gain": honest, "honest_due": 10.0,
        "traitor_gain": liar, "traitor_due": 10.0 if traitors else None, "breached": 0, "caught": 0, "caught_by": "",
        "efficiency": 1.0, "status": "ok", **more,
    }  # fmt: skip


def test_changes_are_differences_from_the_run_with_the_same_luck() -> None:
    table = liars(pd.DataFrame([run(0, 0, 9), run(0, 1, 5), run(1, 0, 7, 12), run(1, 1, 4, 9)]))
    without, lied = table.itertuples()
    assert (without.honest_change, lied.honest_change, lied.traitor_change) == (0, -1.5, 3.5)
    assert (lied.honest_change_low, lied.honest_change_high) == (-2, -1)
    assert without.surplus == 0.7
    assert lied.surplus == pytest.approx((3 * 7 + 12 + 3 * 4 + 9) / 80)
    assert pd.isna(without.caught)
    assert liars.answer(table).startswith(
        "With 1 liar, the mean gain of an honest party and of a liar changed, against nobody lying, by: misreport -1.5 "
        "and +3.5 (0% caught). By 95 % intervals of 1 combination, liars gained in 1 (most: 1 liar, +3.5) and the "
        "honest lost in 1 (most: 1 liar, -1.5)."
    )


def test_who_is_due_more_than_others_did_not_gain_it_by_lying() -> None:
    runs = [run(0, 0, 10), run(2, 0, 6, 14, honest_due=6.0, traitor_due=14.0)]
    lied = liars(pd.DataFrame(runs)).iloc[1]
    assert (lied.honest_change, lied.traitor_change) == (0, 0)


def test_where_theory_is_silent_plain_differences_are_left() -> None:
    runs = [run(0, 0, 10, honest_due=None), run(1, 0, 6, 14, honest_due=None, traitor_due=None)]
    lied = liars(pd.DataFrame(runs)).iloc[1]
    assert (lied.honest_change, lied.traitor_change) == (-4, 4)
    assert pd.isna(lied.surplus)


def test_runs_that_differ_in_more_than_lies_are_not_compared() -> None:
    runs = [run(0, 0, 10), run(1, 0, 6, 14, institution="second-price"), run(1, 1, 6, 14)]
    table = liars(pd.DataFrame(runs))
    assert table.loc[table["traitors"] == 1, "honest_change"].isna().all()
    assert "there are no runs without liars to compare with; sweep traitors=0" in liars.answer(table)


def test_liars_are_counted_by_what_caught_them() -> None:
    runs = [
        run(0, 0, 10),
        run(2, 0, 5, 1, caught=2, caught_by="settlement", breached=3),
        run(2, 1, 5, 1, caught=1, caught_by="comparison settlement", breached=1),
    ]
    table = liars(pd.DataFrame(runs))
    assert table["caught_by"].tolist() == ["", "comparison settlement"]
    assert (table["caught"].iloc[1], table["breached"].iloc[1]) == (0.75, 2)
    assert liars.digest(table)["traitors"].tolist() == [2]


def test_nobody_lied() -> None:
    assert liars.answer(liars(pd.DataFrame([run(0, 0, 9)]))) == "Nobody lied in any run; sweep traitors=0..3."
