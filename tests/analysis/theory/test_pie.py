"""Divisions of a pie: known points, grids searched through, and concessions made step by step."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.analysis.theory.pie import (
    egalitarian,
    kalai_smorodinsky,
    nash,
    surplus_split,
    utilitarian,
    zeuthen,
)
from hypothesis import given, settings
from hypothesis import strategies as st

powers = st.floats(0.1, 5)
scales = st.floats(0.01, 100)
SHARES = np.linspace(0, 1, 100_001)


def concede(steps: int, a: float, b: float) -> float:
    """Return the share at which two meet who compare risks and concede by steps, the first one if they are equal."""
    mine, theirs = steps, 0  # the first party's share in either's offer

    def utilities(share: int) -> tuple[float, float]:
        return (share / steps) ** a, ((steps - share) / steps) ** b

    while mine > theirs:
        (own, other), (left, kept) = utilities(mine), utilities(theirs)
        risks = (own - left) / own, (kept - other) / kept
        if risks[0] <= risks[1]:
            mine -= 1
        else:
            theirs += 1
    return mine / steps


def test_a_linear_one_and_one_whose_utility_is_a_square_root() -> None:
    assert nash(1, 0.5) == pytest.approx(2 / 3, abs=1e-15)
    assert (1 - nash(1, 0.5)) ** 0.5 == pytest.approx(0.5773503, abs=5e-8)
    assert nash(1, 0.5) * (1 - nash(1, 0.5)) ** 0.5 == pytest.approx(0.3849002, abs=5e-8)
    golden = (5**0.5 - 1) / 2
    assert kalai_smorodinsky(1, 0.5) == pytest.approx(golden, abs=1e-14)
    assert egalitarian(1, 0.5) == pytest.approx(golden, abs=1e-14)
    best = utilitarian(1, 0.5)
    assert best == pytest.approx(3 / 4, abs=1e-14)
    assert best + (1 - best) ** 0.5 == pytest.approx(1.25, abs=1e-14)


def test_linear_utilities() -> None:
    assert surplus_split(100, (20, 10)) == (55, 45)
    assert surplus_split(1, (0, 0), 0.7) == pytest.approx((0.7, 0.3))
    assert nash(weight=0.7) == pytest.approx(0.7)
    assert surplus_split(30, (20, 10)) == (20, 10)


@given(powers, powers)
@settings(deadline=None, max_examples=40)
def test_solutions_are_what_a_search_finds(a: float, b: float) -> None:
    first, second = SHARES**a, (1 - SHARES) ** b
    found = [
        (nash(a, b), first * second),
        (nash(a, b, 0.2), first**0.2 * second**0.8),
        (kalai_smorodinsky(a, b), np.minimum(first, second)),
        (egalitarian(a, b, 3), np.minimum(first, 3 * second)),
    ]
    for share, aim in found:
        assert share == pytest.approx(SHARES[np.argmax(aim)], abs=2e-5)


@given(st.floats(0.1, 1), st.floats(0.1, 0.95), st.floats(0.1, 10))
@settings(deadline=None, max_examples=60)
def test_utilitarian_is_what_a_search_finds(a: float, b: float, scale: float) -> None:
    share = utilitarian(a, b, scale)
    best = np.max(SHARES**a + scale * (1 - SHARES) ** b)
    assert share**a + scale * (1 - share) ** b >= best - 1e-12
    assert 1 - utilitarian(b, a, 1 / scale) == pytest.approx(share, abs=1e-9)


@given(powers, powers, scales)
@settings(deadline=None, max_examples=60)
def test_symmetry_and_scale(a: float, b: float, scale: float) -> None:
    assert nash(a, b) == pytest.approx(1 - nash(b, a), abs=1e-12)
    assert kalai_smorodinsky(a, b) == pytest.approx(1 - kalai_smorodinsky(b, a), abs=1e-12)
    assert egalitarian(a, b, scale) == pytest.approx(1 - egalitarian(b, a, 1 / scale), abs=1e-12)
    assert nash(a, a) == kalai_smorodinsky(a, a) == pytest.approx(1 / 2)
    share = egalitarian(a, b, scale)
    if 1e-6 < share < 1 - 1e-6:  # nearer to an end a step of 1e-9 says nothing
        less, more = share - 1e-9, share + 1e-9
        assert less**a < scale * (1 - less) ** b
        assert more**a > scale * (1 - more) ** b
    # who has better other utilities has to be left less: the egalitarian division alone depends on the scale
    assert (share > kalai_smorodinsky(a, b)) == (scale > 1) or scale == pytest.approx(1)


def test_extreme_powers_and_scales() -> None:
    assert egalitarian(scale=1e-300) == pytest.approx(1e-300)
    assert egalitarian(scale=1e300) == 1
    assert kalai_smorodinsky(1e-3, 1e3) == pytest.approx(1 - kalai_smorodinsky(1e3, 1e-3), abs=1e-12)
    assert utilitarian(1, 0.5, 4) == 0  # what the other one loses by giving is more than 1 throughout
    assert utilitarian(0.5, 1, 0.25) == 1
    # all but linear: the better use of the pie takes all but a trace
    for nearly in (0.999, 1 - 1e-9, 1 - 1e-15):
        assert utilitarian(1, nearly, 10) == utilitarian(nearly, 1, 10) == 0
        assert utilitarian(nearly, nearly, 10) == pytest.approx(0, abs=1e-300)
        assert utilitarian(nearly, nearly, 0.1) == 1
        assert utilitarian(nearly, nearly) == pytest.approx(1 / 2)


@pytest.mark.parametrize(("a", "b", "share"), [(1, 1, 5.0), (1, 0.5, 6.7)])
def test_zeuthen_on_a_pie_of_ten_in_tenths(a: float, b: float, share: float) -> None:
    assert 10 * zeuthen(100, a, b) == pytest.approx(share)
    assert 10 * concede(100, a, b) == pytest.approx(share)


@given(st.integers(2, 60), powers, powers)
@settings(deadline=None, max_examples=100)
def test_step_by_step_they_arrive_at_the_greatest_product(steps: int, a: float, b: float) -> None:
    shares = np.arange(steps + 1) / steps
    products = shares**a * (1 - shares) ** b
    end = zeuthen(steps, a, b)
    assert products[round(end * steps)] == pytest.approx(products.max(), rel=1e-12)
    assert products[round(concede(steps, a, b) * steps)] == pytest.approx(products.max(), rel=1e-9)


def test_zeuthen_of_two_that_are_alike_on_an_odd_grid() -> None:
    assert zeuthen(5) == concede(5, 1, 1) == 2 / 5


def test_bad_input() -> None:
    for bad in (0, -1, float("nan"), float("inf")):
        for solution in (nash, kalai_smorodinsky, egalitarian, utilitarian):
            for place in (0, 1):
                with pytest.raises(
                    InputError, match=r"[ab]=.*: a power of utility is finite and greater than 0"
                ):
                    solution(*(bad if place == each else 0.5 for each in (0, 1)))
        for solution in (egalitarian, utilitarian):
            with pytest.raises(InputError, match=r"scale=.*: it is finite and greater than 0"):
                solution(0.5, 0.5, bad)
    for bad in (-0.1, 1.1, float("nan")):
        with pytest.raises(InputError, match=r"weight=.*: bargaining power is from 0 to 1"):
            nash(weight=bad)
        with pytest.raises(InputError, match=r"weight=.*: bargaining power is from 0 to 1"):
            surplus_split(1, (0, 0), bad)
    with pytest.raises(InputError, match="pie=1: there is no zone of agreement"):
        surplus_split(1, (0.6, 0.6))
    with pytest.raises(InputError, match="a=1, b=1: the best sum is at one inner share only if"):
        utilitarian(1, 1)
    with pytest.raises(InputError, match="steps=1: a pie in one piece cannot be divided; use steps >= 2"):
        zeuthen(1)
