"""Liars in markets: the honest lose by broken deals, and who breaks them is caught."""

from accord.analysis.measures.liars import liars
from accord.experiments.studies import studies

STUDY = studies["market-liars"]


def test_it_asks_what_it_should() -> None:
    assert len(STUDY.factors["valuation"]) == 5
    assert (min(STUDY.factors["traitors"]), max(STUDY.factors["traitors"])) == (0, 6)  # of twelve


def test_its_small_size_tells_lies_apart() -> None:
    result = STUDY.at_small_size().run()
    assert set(result.runs["status"]) == {"ok"}
    table = liars(result.runs)
    assert len(table) == 2 * 4 * 3 * 2
    assert (table.loc[table["traitors"] == 0, "honest_change"] == 0).all()
    lied = table[table["traitors"] > 0]
    breach = lied[lied["conduct"] == "breach"]
    assert (breach["traitor_gain"] == 0).all()
    assert (breach["honest_change"] < 0).all()
    assert set(breach["caught_by"]) == {"settlement"}
    assert (breach["surplus"] < 0.8).all()
    # a lie about values is caught by nobody, and lies that differ by listener where they are heard
    assert set(lied.loc[lied["conduct"].str.startswith("misreport"), "caught_by"]) == {""}
    heard = lied[lied["conduct"] == "equivocating"].groupby("institution")["caught"].mean()
    assert heard[["continuous-double-auction", "posted-prices"]].eq(1).all()
    assert heard["call-auction"] == 0
