"""The tables of Gode and Sunder, and those of their markets played again."""

from typing import Any

import pandas as pd
import pytest
from accord import Result, sweep
from accord.agents.errors import InputError
from accord.analysis.measures.gode_sunder import gode_sunder
from accord.models.deal import Deal, Ending

FREE = "zero-intelligence(constrained=false)"


@pytest.fixture(scope="module")
def result() -> Result:
    factors = {
        "valuation": ["gode-sunder(market=1)", "gode-sunder(market=4)", "smith"],
        "trader": [FREE, "zero-intelligence", "truthful"],
        "periods": 2,
        "shouts": 2000,
    }
    return sweep("market", factors, replicates=3, seed=1)


def test_their_numbers_stand_beside_ours(result: Result) -> None:
    # D. K. Gode, S. Sunder, Journal of Political Economy 101 (1993) 119-137, tables 2 and 3
    table = gode_sunder(result.runs).set_index(["trader", "market"])
    assert len(table) == 6, "Smith's market is not theirs"
    for market, (efficiency, dispersion) in {1: (90.0, 225.48), 4: (48.8, 363.80)}.items():
        row = table.loc["zero-intelligence(constrained=False)", market]
        assert (row["efficiency_paper"], row["dispersion_paper"]) == (efficiency, dispersion)
        assert row["efficiency"] == pytest.approx(row["efficiency_theory"])
        assert row["efficiency"] == pytest.approx(efficiency, abs=0.05)
    for market, (efficiency, slope) in {1: (99.9, -0.64), 4: (98.2, -3.59)}.items():
        row = table.loc["zero-intelligence", market]
        assert (row["efficiency_paper"], row["slope_paper"]) == (efficiency, slope)
        assert row["efficiency"] == pytest.approx(efficiency, abs=2)
        assert row["slope"] < 0
    assert table.loc["truthful", ["efficiency_paper", "slope"]].isna().all(axis=None)
    text = gode_sunder.answer(table.reset_index())
    assert "efficiency 90.0, 48.8 percent by market, in the paper 90.0, 48.8" in text


def test_the_slope_is_that_of_root_mean_squares_by_number_of_the_deal(
    result: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Played:
        clock = 2
        equilibrium = type("Found", (), {"price": 10.0})

        def run(self) -> "Played":
            return self

        def period(self, number: int) -> list[Deal]:
            prices = {1: (16, 10, 14), 2: (18, 10, 12)}[number]
            kept, broken = (Deal((0, 1), price, 0, Ending.AGREED) for price in prices[::2]), prices[1]
            return [next(kept), Deal((0, 1), broken, 0, Ending.BREACHED), next(kept)]

    def rebuild(row: Any) -> Played:
        return Played()

    monkeypatch.setattr("accord.analysis.measures.gode_sunder.rebuild", rebuild)
    table = gode_sunder(result.runs)
    # distances: first deals 6 and 8, second ones 4 and 2
    random = table[table["trader"] == "zero-intelligence"]
    assert random["slope"].tolist() == pytest.approx([10**0.5 - 50**0.5] * 2)


def test_only_their_markets_are_measured(result: Result) -> None:
    with pytest.raises(InputError, match="no honest run is of one of the paper's markets; sweep valuation="):
        gode_sunder(result.runs[result.runs["valuation"] == "smith"])


def test_other_traders_have_no_numbers_to_compare_with(result: Result) -> None:
    table = gode_sunder(result.runs[result.runs["trader"] == "truthful"])
    assert gode_sunder.answer(table) == "No trader is one of the paper's; sweep trader=zero-intelligence."
    lost = pd.concat([result.runs.assign(status="failed", replicate=9), result.runs], ignore_index=True)
    assert (gode_sunder(lost)["failed"] == 1).all()
