"""Wealth: near theory already at its small size."""

import pytest
from accord.analysis.measures.inequality import inequality
from accord.experiments.studies import studies


def test_its_small_size_comes_near_theory() -> None:
    result = studies["wealth"].at_small_size().run()
    table = inequality(result.runs).set_index(["network", "traitors"])
    assert len(table) == 4
    for network in ("complete(n=100)", "ring(n=100)"):
        honest, lied = table.loc[network, 0], table.loc[network, 50]
        # of 3 runs with 100 parties; their means have a standard deviation of about 0.02
        assert honest["gini"] == pytest.approx(honest["gini_theory"], abs=0.08)
        assert lied["traitor_wealth"] == pytest.approx(lied["traitor_theory"], rel=0.15)
        assert lied["traitor_wealth"] > 1.3
