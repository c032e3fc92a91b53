"""Economic dispatch: published cases, the conditions of the optimum, and what units are paid."""

import math

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.cases import cases
from accord.models.economic_dispatch import Units, feedback_limit, optimum, payments
from hypothesis import given, settings
from hypothesis import strategies as st

ROWS = [(0.01, 2.0, 5.0, 0.0, 100.0), (0.02, 1.0, 0.0, 10.0, 100.0)]


# Known answers: Wood, Wollenberg, example 3A; the others with costs of MATPOWER's cases, and costs that pypower's own
# rundcopf confirms to four decimals
@pytest.mark.parametrize(
    ("case", "price", "cost", "powers"),
    [
        ("wood-wollenberg", 9.148263, 8194.356, [393.170, 334.604, 122.226]),
        ("ieee(case6ww)", 11.898949, 3046.4125, [50, 88.074, 71.926]),
        ("ieee(case9)", 24.044190, 5216.0266, [86.564, 134.378, 94.058]),
        ("ieee(case14)", 39.016168, 7642.5937, None),
        ("ieee(case30)", 3.789196, 565.2060, [44.730, 58.263, 22.314, 32.326, 15.784, 15.784]),
        ("ieee(case24_ieee_rts)", None, 61001.24, None),  # some costs are linear
    ],
)
def test_published_cases(case: str, price: float | None, cost: float, powers: list[float] | None) -> None:
    best = optimum(cases.choose(case).build())
    assert best.cost == pytest.approx(cost, abs=5e-3)
    if price is not None:
        assert best.price == pytest.approx(price, abs=5e-7)
    if powers is not None:
        assert best.powers == pytest.approx(np.array(powers), abs=5e-4)


def test_linear_units_of_one_price_share_what_is_missing() -> None:
    units = Units.of([(0, 5, 0, 0, 10), (0, 5, 0, 0, 30), (0.5, 0, 0, 0, 4)], demand=14)
    price, powers, cost = optimum(units)
    assert (price, cost) == (5, 8 + 50)
    assert powers.tolist() == [2.5, 7.5, 4]


@pytest.mark.parametrize(("demand", "price"), [(10, 1.4), (200, 5.0)])
def test_at_the_sums_of_limits_nothing_is_left_to_choose(demand: float, price: float) -> None:
    best = optimum(Units.of(ROWS, demand))
    assert best.powers.sum() == demand
    assert best.price == price


def test_between_the_prices_at_which_units_reach_limits() -> None:
    two = [(0.5, 0, 0, 0, 10), (0.5, 5, 0, 0, 10)]  # which they do at 0, 5, 10 and 15
    price, powers, _ = optimum(Units.of(two, demand=14.5))
    assert (price, powers.tolist()) == (9.75, [9.75, 4.75])


def test_a_demand_less_than_rounding_below_the_limits_is_at_them() -> None:
    assert optimum(Units.of(ROWS, 10 - 1e-10)).powers.tolist() == [0, 10]
    assert optimum(Units.of(ROWS, 200 + 1e-10)).powers.tolist() == [100, 100]


unit_rows = st.lists(
    st.tuples(
        st.one_of(st.just(0.0), st.floats(1e-4, 1)),
        st.one_of(st.sampled_from([1.0, 2.0]), st.floats(-5, 20)),
        st.floats(0, 10),
        st.floats(-10, 10),
        st.floats(10, 100),
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, max_examples=50)
@given(unit_rows, st.floats(0, 1))
def test_at_least_cost_no_megawatt_is_better_elsewhere(rows: list[tuple[float, ...]], level: float) -> None:
    low, high = sum(row[3] for row in rows), sum(row[4] for row in rows)
    units = Units.of(rows, min(max(low + level * (high - low), low), high))
    price, powers, cost = optimum(units)
    assert powers.sum() == pytest.approx(units.demand, abs=1e-6)
    assert np.all((powers >= units.low - 1e-9) & (powers <= units.high + 1e-9))
    at = units.marginal(powers)
    assert np.all((at <= price + 1e-6) | (powers <= units.low + 1e-9))
    assert np.all((at >= price - 1e-6) | (powers >= units.high - 1e-6) | (level == 0))
    assert cost == units.cost(powers)


def test_what_is_paid() -> None:
    units = Units.of([(0.5, 0, 7, 0, 20), (0.5, 0, 0, 0, 20)], demand=10)
    powers = np.array([5.0, 5.0])
    assert payments(units, powers, 5.0, "uniform").tolist() == [25, 25]
    # alone the other one would cost 50, and costs 12.5 now; the constant is due in any case
    assert payments(units, powers, 5.0, "vcg") == pytest.approx(np.array([37.5, 37.5]))


def test_without_a_unit_that_is_needed_there_is_no_pivot() -> None:
    units = cases.choose("wood-wollenberg").build()
    with pytest.raises(InputError, match="without unit 0: demand=850 MW cannot be met"):
        payments(units, optimum(units).powers, 9.0, "vcg")


def test_a_claim_is_a_cost_curve() -> None:
    units = Units.of(ROWS, 50).claiming(1, [3.0, 12.0])
    assert units.marginal(units.low)[1] == 3
    assert units.marginal(units.high)[1] == pytest.approx(12)
    assert units.marginal(units.high)[0] == 4
    flat = units.claiming(1, [3.0, 2.0])
    assert (flat.a[1], flat.b[1]) == (0, 3)
    assert Units.of([(1, 2, 0, 5, 5)], 5).claiming(0, [9, 9]).marginal(np.array([5.0])) == 9


def test_prices_that_are_believed() -> None:
    assert Units.of(ROWS, 50).believed == (0, 10)
    assert Units.of([(0.5, -4, 0, 0, 1)], 1).believed == (-8, 0)


@pytest.mark.parametrize(
    ("rows", "demand", "told"),
    [
        ([], 5, "there is no unit"),
        ([(1, 2, 3, 4)], 5, "five finite numbers"),
        ([(1, math.nan, 0, 0, 9)], 5, "unit 0 is .*five finite numbers"),
        ([*ROWS, (-0.1, 2, 0, 0, 9)], 5, "unit 2: a=-0.1: .*must be convex"),
        ([(1, 2, 0, 9, 0)], 5, "low=9 must not be more than high=0"),
        (ROWS, 250, "demand=250 MW cannot be met: all units together produce from 10 to 200 MW"),
        (ROWS, 9, "demand=9 MW cannot be met"),
        (ROWS, math.nan, "demand=nan MW cannot be met"),
    ],
)
def test_what_cannot_be(rows: list[tuple[float, ...]], demand: float, told: str) -> None:
    with pytest.raises(InputError, match=told) as error:
        Units.of(rows, demand)
    assert "\n" not in str(error.value)


def test_feedback_limits() -> None:
    units = Units.of([(0.25, 0, 0, 0, 9)] * 2, demand=5)
    # of equal units: (1 + the least eigenvalue of W)^2 / 2 over what a unit adds
    for between, least in ((0.5, 0.0), (0.25, 0.5), (0.75, -0.5), (1.0, -1.0)):
        weights = np.array([[1 - between, between], [between, 1 - between]])
        assert feedback_limit(units, weights) == pytest.approx((1 + least) ** 2 / 2 / 2)
