"""Gode and Sunder's markets: their numbers come back."""

import pytest
from accord.analysis.measures.gode_sunder import gode_sunder
from accord.experiments.studies import studies

STUDY = studies["gode-sunder"]


def test_it_asks_what_it_should() -> None:
    assert STUDY.factors["valuation"] == [f"gode-sunder(market={number})" for number in range(1, 6)]
    assert {"zero-intelligence", "zero-intelligence(constrained=false)"} < set(STUDY.factors["trader"])


def test_its_small_size_is_near_the_papers_numbers() -> None:
    # D. K. Gode, S. Sunder, Journal of Political Economy 101 (1993) 119-137, table 2; market 5 is reconstructed
    result = STUDY.at_small_size().run()
    assert set(result.runs["status"]) == {"ok"}
    table = gode_sunder(result.runs)
    free = table[table["trader"].str.contains("constrained")]
    assert free["efficiency"].tolist() == pytest.approx([90.0, 90.0, 76.7, 48.8, 86.7], abs=0.05)
    random = table[table["trader"] == "zero-intelligence"]
    # each mean of three runs of two periods was within 1.2 points at 2,000 shouts in the long run; chance has as much
    assert random["efficiency"].tolist() == pytest.approx(random["efficiency_paper"].tolist(), abs=3)
