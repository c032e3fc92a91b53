"""Hashes and lies: all are caught, for no more than log2 B + 1 hashes each."""

from accord.analysis.measures.proof_cost import proof_cost
from accord.experiments.studies import studies

STUDY = studies["merkle"]


def test_it_asks_what_it_should() -> None:
    keys = STUDY.factors["keys"]
    assert {2**k for k in range(1, 21)} <= set(keys)
    assert max(keys) >= 10**6


def test_its_small_size_catches_every_lie_as_cheaply_as_it_should() -> None:
    result = STUDY.at_small_size().run()
    assert set(result.runs["status"]) == {"ok"}
    assert result.runs["covered"].all()
    assert (result.runs[["agreement", "validity", "authenticity", "termination"]] == "held").all(axis=None)
    table = proof_cost(result.runs)
    assert table["lies"].sum() > 500
    assert table["believed"].sum() == 0
    assert (table["hashes_max"] == table["longest"] + 1).all()
    assert ((table["hashes"] - table["mean_path"] - 1).abs() < 0.3).all()
