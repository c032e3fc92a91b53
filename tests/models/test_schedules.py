"""Supply, demand, and where they meet."""

from collections.abc import Iterable

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.schedules import Equilibrium, Schedules, alpha, dues, equilibrium
from hypothesis import given, settings
from hypothesis import strategies as st

units = st.lists(st.integers(0, 12), min_size=1, max_size=3)
markets = st.builds(
    lambda values, costs: Schedules(tuple(map(tuple, values)), tuple(map(tuple, costs)), low=-1, high=13),
    st.lists(units, min_size=1, max_size=4),
    st.lists(units, min_size=1, max_size=4),
)


def of(values: Iterable[float], costs: Iterable[float], low: float = 0, high: float = 10) -> Schedules:
    """Return a market of traders with one unit each."""
    return Schedules(tuple((each,) for each in values), tuple((each,) for each in costs), low, high)


@pytest.mark.parametrize(
    ("values", "costs", "expected"),
    [
        ([8, 6, 5], [3, 5, 7], Equilibrium(5, 6, 2, 2, 6)),  # a tunnel of prices
        ([8, 6, 5], [3, 5, 5], Equilibrium(5, 5, 3, 2, 6)),  # the third unit gains nothing
        ([8, 8, 8], [3], Equilibrium(8, 8, 1, 1, 5)),  # one to sell: buyers compete for it
        ([8], [3, 3, 3], Equilibrium(3, 3, 1, 1, 5)),
        ([3], [8], Equilibrium(3, 8, 0, 0, 0)),  # nobody trades at any of these prices
        ([8], [3], Equilibrium(3, 8, 1, 1, 5)),
        ([10, 10], [0, 0], Equilibrium(0, 10, 2, 2, 20)),  # up to the prices that can be named
    ],
)
def test_where_they_meet(values: list[float], costs: list[float], expected: Equilibrium) -> None:
    assert equilibrium(of(values, costs)) == expected


def test_units_are_kept_in_the_order_in_which_they_trade() -> None:
    schedules = Schedules(values=((1, 3, 2), (9,)), costs=((5, 4),), low=0, high=10)
    assert schedules.values == ((3, 2, 1), (9,))
    assert schedules.costs == ((4, 5),)
    assert (schedules.buyers, schedules.sellers, schedules.n) == (2, 1, 3)
    assert schedules.labels == ("buyer 1", "buyer 2", "seller 1")
    assert schedules.demand.tolist() == [9, 3, 2, 1]
    assert schedules.supply.tolist() == [4, 5]


@given(markets)
@settings(deadline=None, max_examples=50)
def test_at_its_prices_as_much_is_wanted_as_is_offered_and_at_no_other(market: Schedules) -> None:
    found = equilibrium(market)
    assert found.gainful <= found.quantity
    for price in np.arange(-1, 13.25, 0.25):
        wanted = (market.demand > price).sum(), (market.demand >= price).sum()  # at least, at most
        offered = (market.supply < price).sum(), (market.supply <= price).sum()
        clears = max(wanted[0], offered[0]) <= min(wanted[1], offered[1])
        assert clears == (found.low <= price <= found.high)


@given(markets)
@settings(deadline=None, max_examples=50)
def test_no_allocation_has_more_surplus_and_the_dues_share_it(market: Schedules) -> None:
    found, shares = equilibrium(market), dues(market)
    most = min(len(market.demand), len(market.supply))
    assert found.surplus == max(market.demand[:k].sum() - market.supply[:k].sum() for k in range(most + 1))
    assert shares.shape == (market.n,)
    assert (shares >= 0).all()
    assert shares.sum() == pytest.approx(found.surplus)
    for price in (found.low, found.high):
        assert dues(market, price).sum() == pytest.approx(found.surplus)
    assert dues(market, 13)[: market.buyers].sum() == 0


def test_what_cannot_be() -> None:
    with pytest.raises(InputError, match="values is empty: a market needs a buyer"):
        of([], [1])
    with pytest.raises(InputError, match="seller 2 has no units; give one at least"):
        Schedules(((1.0,),), ((1.0,), ()), 0, 10)
    for wrong in (-1.0, 11.0, float("nan"), float("inf")):
        with pytest.raises(InputError, match=f"buyer 2 has a unit at {wrong:g}, outside the prices"):
            of([1, wrong], [1])
    with pytest.raises(InputError, match="prices from low=3 to high=3: use low < high"):
        of([3], [3], low=3, high=3)
    with pytest.raises(InputError, match="1 different labels for 2 traders"):
        Schedules(((1.0,),), ((1.0,),), 0, 10, labels=("ann", "ann"))


def test_smiths_alpha_is_a_root_mean_square_in_percent() -> None:
    assert alpha([200, 200], 200) == 0
    assert alpha([190, 210], 200) == pytest.approx(5)
    assert np.isnan(alpha([], 200))
    with pytest.raises(InputError, match="price=0: a percentage of it is asked for"):
        alpha([1], 0)
