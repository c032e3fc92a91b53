"""What lies cost, and bring: means, differences from runs without liars, and the words for it."""

from typing import Any

import pandas as pd
import pytest
from accord import sweep
from accord.agents.errors import InputError
from accord.analysis.figures.efficiency_liars import efficiency_liars
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


_DEALING: dict[str, dict[str, Any]] = {
    "market": {
        "valuation": "uniform(buyers=3, sellers=3)",
        "institution": "call-auction",
        "trader": "truthful",
        "periods": 1,
    },
    "exchange": {"network": "complete(n=6)", "max_steps": 20},
    "matching": {"network": "path(n=6)", "matching": "leaving"},
    "dispatch": {},
    "negotiation": {"network": "path(n=4)", "domain": "random(issues=1, levels=4, reservation=0.1)"},
}


@pytest.mark.parametrize("model", _DEALING)
def test_liars_are_told_of_in_every_model_whose_parties_deal(model: str) -> None:
    factors = {**_DEALING[model], "traitors": [0, 1, 2], "conduct": ["misreport(factor=1.3)", "breach"]}
    result = sweep(model, factors, replicates=2, seed=1, record=())
    table = liars(result.runs)
    assert (len(table), table["failed"].sum()) == (6, 0)
    told = table.set_index(["conduct", "traitors"])
    honest = told.loc[(slice(None), 0), "honest_change"]
    assert honest.tolist() == [0, 0]
    assert told.loc[("breach", 2), "traitor_gain"] == 0  # who keeps no deal has nothing of it
    assert set(told.loc["breach", "caught_by"]) == {"", "settlement"}
    assert (told.loc["misreport(factor=1.3)", "caught"].dropna() == 0).all()
    assert "With 2 liars" in liars.answer(table)
    assert len(liars.digest(table)) == 2
    drawn = efficiency_liars.cases(result)
    assert set(drawn["who"]) == {"all", "honest", "liars"}
    assert drawn.loc[(drawn["who"] == "all") & (drawn["traitors"] == 0), "gain"].gt(0).any()


def test_treaties_have_no_deal_that_is_not_kept() -> None:
    factors = {"traitors": [0, 1], "conduct": ["silent", "forging"], "placement": "last"}
    table = liars(sweep("treaty", factors, replicates=2, seed=1, record=()).runs)
    assert {"breached", "caught_by"}.isdisjoint(table.columns)
    assert table.loc[table["traitors"] == 0, "surplus"].notna().all()
    assert len(liars.digest(table)) == 2


def test_of_money_theory_gives_nobody_anything() -> None:
    factors = {
        "exchange": "coin",
        "endowment": "equal(amount=2)",
        "network": "complete(n=6)",
        "max_steps": 10,
        "traitors": [0, 1],
        "conduct": "breach(p=1)",
    }
    result = sweep("exchange", factors, replicates=2, seed=1, record=())
    lied = liars(result.runs).iloc[1]
    assert lied.traitor_change > 0 > lied.honest_change
    assert 5 * lied.honest_gain + lied.traitor_gain == pytest.approx(0)  # coins are only passed on
    assert pd.isna(lied.surplus)
    with pytest.raises(
        InputError, match="theory gives nobody in these runs anything; take the measure liars"
    ):
        efficiency_liars.cases(result)


def test_institutions_have_panels_of_their_own_by_whatever_name() -> None:
    factors = {"network": "path(n=4)", "matching": ["leaving", "replacement"], "traitors": [0, 1]}
    drawn = efficiency_liars.cases(sweep("matching", factors, seed=1, record=()))
    assert set(drawn["institution"]) == {"leaving", "replacement"}


def test_differences_by_rounding_alone_are_no_gains() -> None:
    runs = [run(0, 0, 9), run(1, 0, 9 - 1e-9, 9 + 1e-9)]
    assert liars.answer(liars(pd.DataFrame(runs))).endswith(
        "liars gained in none and the honest lost in none."
    )
