"""Quotas: practice and theory are the same."""

from accord.analysis.measures.proposer_share import proposer_share
from accord.experiments.studies import studies

STUDY = studies["quota"]


def test_it_asks_what_it_should() -> None:
    assert set(STUDY.factors["recognition"]) == {"random", "rotating", "fixed"}
    assert {"majority", "unanimity"} <= set(STUDY.factors["quota"])
    assert max(STUDY.factors["network.n"]) == 101


def test_its_small_size_is_what_theory_says() -> None:
    result = STUDY.at_small_size().run()
    assert set(result.runs["status"]) == {"ok"}
    assert (result.runs[["agreement", "validity", "rationality", "termination"]] == "held").all(axis=None)
    table = proposer_share(result.runs)
    assert len(table) == 81
    assert (table["exact"] == 1).all()
    assert (table["at_once"] == 1).all()
    assert (table["welfare"] == 1).all()
    # nobody gets a share whose vote is not needed
    assert (table["coalition"] <= table["needed"]).all()
