"""Treaties: no conflict where quorums share an honest party, and theory within the interval."""

from accord.analysis.measures.ratification import ratification
from accord.experiments.studies import studies

STUDY = studies["treaty"]


def test_it_asks_what_it_should() -> None:
    assert STUDY.factors["protocol.quorum"] == ["majority", "two-thirds", "unanimity"]
    assert {"silent", "forging", "colluding"} <= set(STUDY.factors["conduct"])
    assert max(STUDY.factors["network.n"]) == 16


def test_its_small_size_is_what_theory_says() -> None:
    result = STUDY.at_small_size().run()
    assert set(result.runs["status"]) == {"ok"}
    assert (result.runs[["validity", "rationality"]] == "held").all(axis=None)
    table = ratification(result.runs)
    safe = table["traitors"] <= table["safe"]
    assert (table.loc[safe, "conflict"] == 0).all()
    assert (table.loc[~safe & (table["proposer"] == "traitor"), "conflict"] > 0).all()
    # where all approve there is no chance in it
    certain = table["theory"].isin([0, 1])
    assert certain.sum() > 15
    assert (table.loc[certain, "ratified"] == table.loc[certain, "theory"]).all()
    # silent liars block a deal exactly when the others are fewer than the quorum
    silent = certain & (table["conduct"] == "silent") & (table["domain"] == "random(parties=10, issues=1)")
    assert ((table["blocked"] == 1) == (table["traitors"] > table["live"]))[silent].all()
