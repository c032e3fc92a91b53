"""The markets of D. K. Gode, S. Sunder, Journal of Political Economy 101 (1993) 119-137, as others read its figures."""

import pytest
from accord.agents.errors import InputError
from accord.models.schedules import equilibrium
from accord.models.valuations.gode_sunder import GodeSunder


@pytest.mark.parametrize(
    ("market", "price", "units", "surplus"),
    [(1, 82, 24, 1020), (2, 69, 24, 1020), (3, 95, 6, 258), (4, 170, 12, 738), (5, 129, 18, 630)],
)
def test_equilibrium_price_quantity_and_surplus(
    market: int, price: float, units: int, surplus: float
) -> None:
    schedules = GodeSunder(market=market).build()
    found = equilibrium(schedules)
    assert (found.price, found.gainful, found.surplus) == (price, units, surplus)
    assert (schedules.buyers, schedules.sellers, schedules.low, schedules.high) == (6, 6, 1, 200)
    assert len(schedules.demand) == len(schedules.supply)


def test_market_5_is_a_staircase_beside_units_that_barely_should_not_trade() -> None:
    schedules = GodeSunder(market=5).build()
    assert [len(units) for units in schedules.values] == [6, 6, 6, 7, 7, 7]
    assert (schedules.demand[:18].max(), schedules.demand[:18].min()) == (159, 131)
    assert (schedules.supply[:18].min(), schedules.supply[:18].max()) == (96, 124)
    assert schedules.demand[18:].tolist() == [127] * 21
    assert schedules.supply[18:].tolist() == [131] * 21


def test_there_are_five() -> None:
    with pytest.raises(InputError, match="market=6"):
        GodeSunder(market=6)
