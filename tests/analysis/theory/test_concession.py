"""Concession curves: values at given times, and where two of them meet."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.analysis.theory.concession import crossing, exponential, polynomial
from hypothesis import given, settings
from hypothesis import strategies as st

betas = st.floats(0.05, 20)
parts = st.floats(0, 1)
TIMES = np.linspace(0, 1, 201)


@pytest.mark.parametrize(
    ("beta", "conceded"),
    [  # Faratin, Sierra, Jennings 1998, k = 0, at a quarter, a half and three quarters of the deadline
        (0.2, [0.00098, 0.03125, 0.23730]),
        (0.5, [0.0625, 0.25, 0.5625]),
        (1, [0.25, 0.5, 0.75]),
        (2, [0.5, 0.70711, 0.86603]),
        (5, [0.75786, 0.87055, 0.94409]),
    ],
)
def test_polynomial(beta: float, conceded: list[float]) -> None:
    assert polynomial([0.25, 0.5, 0.75], beta) == pytest.approx(conceded, abs=5e-6)
    assert polynomial([5, 10, 15], beta, deadline=20) == pytest.approx(conceded, abs=5e-6)


def test_exponential() -> None:
    assert exponential([0, 0.25, 0.5, 0.75], 1, k=0.1) == pytest.approx(
        [0.1, 0.17783, 0.31623, 0.56234], abs=5e-6
    )
    assert exponential(0.5, 2, k=0.25) == pytest.approx(2**-0.5)


@pytest.mark.parametrize("curve", [polynomial, exponential])
@given(beta=betas, k=st.floats(0.01, 0.99))
@settings(deadline=None, max_examples=40)
def test_curves_rise_from_k_to_all(curve, beta: float, k: float) -> None:  # type: ignore[no-untyped-def]
    conceded = curve(TIMES, beta, k=k)
    assert conceded[0] == pytest.approx(k)
    assert conceded[-1] == curve(1.5, beta, k=k) == 1
    assert np.all(np.diff(conceded) >= 0)
    assert np.all(curve(TIMES, beta * 1.5, k=k) >= conceded - 1e-15)  # the greater beta, the earlier


def test_boulware_waits_and_conceder_hurries() -> None:
    inner = TIMES[1:-1]
    assert np.all(polynomial(inner, 0.25) < inner)
    assert np.all(polynomial(inner, 4) > inner)
    assert polynomial(inner, 0.25) == pytest.approx(inner**4)


def test_two_linear_conceders() -> None:
    assert crossing((10, 20), (15, 25)) == pytest.approx((0.75, 17.5))
    assert crossing((10, 20), (20, 25)) == pytest.approx((1.0, 20.0))
    assert crossing((10, 20), (20.01, 25)) is None
    assert crossing((10, 20), (5, 8)) == (0.0, 10.0)
    assert crossing((10, 20), (5, 9.5)) == (0.0, 10.0)
    assert crossing((10, 10), (5, 15)) == pytest.approx((0.5, 10.0))


@given(st.tuples(parts, parts, parts, parts), betas)
@settings(deadline=None, max_examples=100)
def test_with_one_exponent_the_price_does_not_depend_on_it(ends: tuple[float, ...], beta: float) -> None:
    b0, low, high, s1 = (
        100 * end for end in sorted(ends)
    )  # the seller would come down to low, the buyer up to high
    if s1 - b0 < 1 or high - low < 1:
        return
    time, price = crossing((b0, high), (low, s1), (beta, beta))  # type: ignore[misc]
    way = (s1 - b0) / (high - b0 + s1 - low)
    assert price == pytest.approx(b0 + way * (high - b0), abs=1e-6)
    assert time == pytest.approx(way**beta, rel=1e-6, abs=1e-9)


@given(betas, betas)
@settings(deadline=None, max_examples=100)
def test_both_name_the_price_of_the_crossing(buyer: float, seller: float) -> None:
    time, price = crossing((0, 80), (20, 100), (buyer, seller))  # type: ignore[misc]
    assert price == pytest.approx(80 * polynomial(time, buyer), abs=1e-6)
    assert price == pytest.approx(100 - 80 * polynomial(time, seller), abs=1e-5)
    if buyer < seller:
        assert price <= 50 + 1e-6  # who waits longer pays less


def test_bad_input() -> None:
    for curve in (polynomial, exponential):
        for bad in (0, -1, float("inf"), float("nan")):
            with pytest.raises(InputError, match=r"beta=.*: an exponent is finite and greater than 0; use 1"):
                curve(0.5, bad)
            with pytest.raises(InputError, match=r"deadline=.*: it is finite and greater than 0"):
                curve(0.5, 1, deadline=bad)
        for bad in (-0.1, float("nan")):
            with pytest.raises(InputError, match=r"time=.*: times begin with 0; use time >= 0"):
                curve([0.5, bad], 1)
        for bad in (-0.1, 1.1, float("nan")):
            with pytest.raises(InputError, match=r"k=.*use "):
                curve(0.5, 1, k=bad)
    with pytest.raises(InputError, match="k=0: the exponential curve needs 0 < k <= 1"):
        exponential(0.5, 1, k=0)
    with pytest.raises(InputError, match=r"seller=\(25, 15\): prices are finite and go from low to high"):
        crossing((10, 20), (25, 15))
