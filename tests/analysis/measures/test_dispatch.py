"""What price consensus comes to, counted by hand."""

from typing import Any

import pandas as pd
import pytest
from accord.analysis.measures.dispatch import dispatch


def run(
    conduct: str = "stubborn", traitors: int = 1, network: str = "ring(n=6)", **more: Any
) -> dict[str, Any]:
    fine = traitors == 0
    return {
        "case": "ieee", "network": network, "rule": "linear", "traitors": traitors, "conduct": conduct, "status": "ok",
        "agreement": "held" if fine else "violated", "balance": "held" if fine else "violated",
        "optimality": "held" if fine else "violated", "mismatch": 0.0 if fine else 80.0,
        "excess_cost": 0.0 if fine else 0.5, "price_range": 0.0 if fine else 1.0, "traitor_gain": 44.0,
        "traitor_due": 25.0, **more,
    }  # fmt: skip


def test_shares_and_means() -> None:
    runs = [
        run(traitors=0),
        run("misreport", traitors=0),
        run(),
        run(mismatch=90.0, excess_cost=0.7),
        run(network="wheel(n=6)", agreement="held", mismatch=100.0),
    ]
    table = dispatch(pd.DataFrame(runs))
    # what traitors would do does not matter where there are none
    assert table["conduct"].tolist() == ["honest", "stubborn", "stubborn"]
    assert table["runs"].tolist() == [2, 2, 1]
    assert table["agreed"].tolist() == [1, 0, 1]
    assert table["bears"].tolist() == [0, 0, 1]
    assert table["mismatch"].tolist() == [0, 85, 100]
    assert dispatch.answer(table) == (
        "Without traitors 2 of 2 runs found the optimum. Stubborn traitors, Linear: +90.0 MW, costs 56.7 % above the "
        "least, 44 for the liar instead of 25; agreement in 1 of 1 on networks that are robust enough, 0 of 2 on "
        "others."
    )


def test_lies_about_costs_are_another_measures_business_if_there_are_others() -> None:
    costs = [run(f"misreport(factor={factor})", payment="vcg") for factor in (1.1, 1.2)]
    table = dispatch(pd.DataFrame([*costs, run(payment="uniform")]))
    assert len(table) == 3
    assert dispatch.digest(table)["conduct"].tolist() == ["stubborn"]
    assert len(dispatch.digest(dispatch(pd.DataFrame(costs)))) == 2


@pytest.mark.parametrize("network", ["erdos-renyi(n=6, p=0.9)", "ring(n=30)", "given(network#1)"])
def test_robustness_that_is_not_known_is_missing(network: str) -> None:
    table = dispatch(pd.DataFrame([run(network=network)]))
    assert table["bears"].isna().all()
    assert "0 of 1 on others" in dispatch.answer(table)
