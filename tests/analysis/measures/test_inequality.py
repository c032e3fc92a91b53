"""Inequality: what is held, beside what theory says of money."""

from typing import Any

import pandas as pd
import pytest
from accord.analysis.measures.inequality import inequality
from accord.analysis.theory.wealth import coin_distribution, coin_gini, mean_wealth_beside_defaulters


def run(gini: float, **more: Any) -> dict[str, Any]:
    return {
        "exchange": "coin", "network": "complete(n=10)", "endowment": "equal(amount=3)", "traitors": 0,
        "conduct": "breach(p=0.5)", "nodes": 10, "mean_wealth": 3.0, "gini": gini, "top_share": 0.3, "broke": 0.2,
        "traitor_wealth": float("nan"), **more,
    }  # fmt: skip


def test_beside_theory() -> None:
    runs = pd.DataFrame(
        [
            run(0.5),
            run(0.6),
            run(0.7, traitors=2, traitor_wealth=5.0),
            run(0.4, traitors=2, conduct="misreport", traitor_wealth=3.0),
            run(0.1, exchange="barter", mean_wealth=2.5),
        ]
    )
    table = inequality(runs).set_index(["exchange", "traitors", "conduct"])
    honest = table.loc["coin", 0, "breach(p=0.5)"]
    assert honest["gini"] == pytest.approx(0.55)
    assert honest["gini_theory"] == pytest.approx(coin_gini(10, 30))
    assert honest["broke_theory"] == pytest.approx(coin_distribution(10, 30)[0])
    lied = table.loc["coin", 2, "breach(p=0.5)"]
    assert lied["traitor_theory"] == pytest.approx(mean_wealth_beside_defaulters(8, 2, 30, 0.5)[1])
    assert pd.isna(lied["gini_theory"])
    harmless = table.loc["coin", 2, "misreport"]
    assert harmless["traitor_theory"] == pytest.approx(3.0)
    assert harmless["gini_theory"] == pytest.approx(coin_gini(10, 30))
    assert table.loc["barter"][["gini_theory", "broke_theory", "traitor_theory"]].isna().all(axis=None)
    told = inequality.answer(inequality(runs))
    assert "Mean Gini coefficients lie between 0.1 and 0.7" in told
    assert "At 2 points the Gini coefficient was off" in told
