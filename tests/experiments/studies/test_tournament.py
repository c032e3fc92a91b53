"""The tournament: who does not concede is exploited by nobody, and is left without a deal by its like."""

import pytest
from accord.analysis.measures.best_responses import best_responses
from accord.analysis.measures.tournament import tournament
from accord.experiments.studies import studies


def test_its_small_size_ranks() -> None:
    study = studies["tournament"]
    assert study.factors["tactic"] == study.factors["rivals"]
    result = study.at_small_size().run()
    assert set(result.runs["status"]) == {"ok"}
    table = tournament(result.runs).set_index("entry")
    assert table.loc["stubborn", "itself"] == pytest.approx(0.1)  # no deal: the reservation value
    assert table.index[-1] == "stubborn"
    pairs = best_responses(result.runs).set_index(["entry", "opponent"])
    assert pairs.loc[("micro", "micro"), "equilibrium"]
