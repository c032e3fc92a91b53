"""Trades by sealed offers, counted beside the equilibrium's."""

from typing import Any

import pandas as pd
import pytest
from accord.agents.errors import InputError
from accord.analysis.measures.double_auction import double_auction


def runs(k: float, traded: int, of: int, welfare: float = 0.5, **more: Any) -> list[dict[str, Any]]:
    play = f"chatterjee-samuelson(k={k})"
    row = {
        "procedure": f"sealed-offers(k={k})",
        "tactic": play,
        "rivals": play,
        "domain": "trade(low=0, high=1)",
    }
    return [
        {**row, "deals": int(number < traded), "welfare": welfare * (number < traded), **more}
        for number in range(of)
    ]


def test_counted_beside_the_equilibrium() -> None:
    table = double_auction(pd.DataFrame(runs(0.5, 3, 10) + runs(1.0, 1, 4)))
    assert table[["k", "runs", "traded"]].to_numpy().tolist() == [[0.5, 10, 0.3], [1.0, 4, 0.25]]
    assert table["welfare"].tolist() == pytest.approx([0.15, 0.125])
    assert table["efficiency"].tolist() == pytest.approx([0.9, 0.75])
    assert table["trade_formula"].tolist() == [0.28125, 0.25]
    assert table["efficiency_formula"].tolist() == [0.84375, 0.75]
    told = double_auction.answer(table)
    assert (
        "with k = 0.5 they traded in 0.300 of the runs (0.281) and reached 90.0% of what there was (84.4%)"
        in told
    )


def test_other_runs_are_left_out_or_refused() -> None:
    others = [
        *runs(0.5, 1, 2, procedure="alternating-offers"),
        *runs(0.5, 1, 2, domain="trade(low=0, high=2)"),
        *runs(0.5, 1, 2, domain="trade(low=0, high=1, value=1)"),
        *runs(0.5, 1, 2, rivals="chatterjee-samuelson(k=1)"),
        *runs(0.5, 1, 2, tactic="stubborn"),
        *runs(0.5, 1, 2, tactic="my-own"),
    ]
    assert double_auction(pd.DataFrame(others + runs(0.25, 1, 2)))["k"].tolist() == [0.25]
    with pytest.raises(InputError, match="run the study double-auction"):
        double_auction(pd.DataFrame(others))
