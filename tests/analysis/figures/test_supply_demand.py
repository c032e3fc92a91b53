"""The figure of supply and demand: steps, the band of equilibrium, and every deal at its price."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from accord.analysis.figures.supply_demand import supply_demand
from accord.models import Market
from accord.models.seeds import Seed
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import StepPatch


def drawn(**settings: Any) -> Axes:
    row = {
        "valuation": "smith",
        "trader": "zero-intelligence",
        "seed": 1,
        "replicate": 0,
        "periods": 3,
        **settings,
    }
    return supply_demand(pd.DataFrame([row]), ax=Figure(layout="constrained").add_subplot())


def test_steps_are_the_schedules() -> None:
    demand, supply = (each for each in drawn().patches if isinstance(each, StepPatch))
    assert demand.get_data().values.tolist() == [3.25 - 0.25 * step for step in range(11)]
    assert supply.get_data().values.tolist() == [0.75 + 0.25 * step for step in range(11)]


def test_prices_are_those_of_the_run_period_by_period() -> None:
    ax = drawn()
    model = Market(valuation="smith", periods=3, rng=Seed(1, 0)).run()
    told = [line for line in ax.lines if line.get_marker() == "." and len(line.get_xdata())]
    assert len(told) == 3
    assert np.concatenate([line.get_ydata() for line in told]) == pytest.approx(
        [deal.outcome for deal in model.deals]
    )
    places = np.concatenate([line.get_xdata() for line in told])
    assert (np.diff(places) > 0).all()
    assert 11 < places[0] < places[-1] < ax.get_xlim()[1]


def test_deals_that_were_not_kept_are_crossed_out() -> None:
    model = Market(valuation="smith", periods=3, traitors=6, conduct="breach", rng=Seed(1, 0)).run()
    ax = drawn(traitors=6, conduct="breach")
    (crosses,) = (line for line in ax.lines if line.get_marker() == "x")
    assert list(crosses.get_ydata()) == [deal.outcome for deal in model.deals if deal.ending == "breached"]
    told = [text.get_text() for text in ax.get_legend().get_texts()]
    assert told == ["Demand", "Supply", "Price of a deal", "Not kept", "Equilibrium"]


def test_a_market_without_deals_shows_its_schedules() -> None:
    ax = drawn(trader="truthful", traitors=21, conduct="silent")
    assert not [line for line in ax.lines if line.get_marker() == "." and len(line.get_xdata())]
