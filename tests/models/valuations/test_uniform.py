"""Uniform values and costs."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.schedules import equilibrium
from accord.models.valuations.uniform import Uniform


def test_so_many_traders_with_so_many_units_each_within_the_interval() -> None:
    valuation = Uniform(buyers=3, sellers=2, units=4, low=5, high=6)
    schedules = valuation.build(np.random.default_rng(1))
    assert [len(units) for units in schedules.values] == [4] * 3
    assert [len(units) for units in schedules.costs] == [4] * 2
    assert (schedules.low, schedules.high, schedules.name) == (5, 6, str(valuation))
    assert valuation.is_random
    assert valuation.build(np.random.default_rng(1)) == schedules
    assert valuation.build(np.random.default_rng(2)) != schedules


def test_with_many_traders_half_of_the_units_trade_at_the_middle() -> None:
    found = equilibrium(Uniform(buyers=10_000, sellers=10_000, high=1).build(np.random.default_rng(1)))
    # the price is near the median of 20000 draws, whose standard error is 1/(2 sqrt(20000)) = 0.0035: allow 5
    assert found.price == pytest.approx(0.5, abs=0.018)
    assert found.gainful / 10_000 == pytest.approx(0.5, abs=0.025)
    assert found.surplus / found.gainful == pytest.approx(0.5, abs=0.02)


def test_an_interval_has_two_ends() -> None:
    with pytest.raises(InputError, match="low=5 must be less than high=5"):
        Uniform(low=5, high=5)


def test_a_market_has_room() -> None:
    with pytest.raises(
        InputError, match="20,000,000 units are more than the 10,000,000 that a market may have"
    ):
        Uniform(buyers=10_000, sellers=10_000, units=1_000)
