"""Chatterjee and Samuelson's traders: how much they shade."""

import pytest
from accord.agents.bargaining import View
from accord.agents.outcomes import Continuous, Space
from accord.agents.profile import Profile
from accord.agents.tactics.chatterjee_samuelson import ChatterjeeSamuelson
from accord.analysis.theory import double_auction
from hypothesis import given, settings
from hypothesis import strategies as st

SPACE = Space([Continuous(name="price", low=0, high=1, levels=1201)])
PRICES = SPACE.issues[0].quantities


def named(profile: Profile, k: float = 0.5) -> float:
    return float(PRICES[ChatterjeeSamuelson(k=k).bid(View(SPACE, profile, 0, 1))])


@pytest.mark.parametrize(("value", "price"), [(1.0, 0.75), (0.5, 5 / 12), (0.25, 0.25), (0.1, 0.1)])
def test_a_buyers_bid(value: float, price: float) -> None:
    assert named(Profile(value - PRICES)) == pytest.approx(price, abs=1e-9)


@pytest.mark.parametrize(("cost", "price"), [(0.0, 0.25), (0.5, 7 / 12), (0.75, 0.75), (0.9, 0.9)])
def test_a_sellers_ask(cost: float, price: float) -> None:
    assert named(Profile(PRICES - cost)) == pytest.approx(price, abs=1e-9)


@settings(deadline=None, max_examples=50)
@given(st.floats(0, 1), st.floats(0, 1))
def test_it_is_the_equilibrium_up_to_the_grid_and_nobody_loses(worth: float, k: float) -> None:
    buyer, seller = Profile(worth - PRICES), Profile(PRICES - worth)
    assert named(buyer, k) == pytest.approx(min(double_auction.bid(worth, k), worth), abs=1 / 1200)
    assert named(seller, k) == pytest.approx(max(double_auction.ask(worth, k), worth), abs=1 / 1200)
    assert named(buyer, k) <= worth + 1e-9
    assert named(seller, k) >= worth - 1e-9


def test_units_and_scale_do_not_matter() -> None:
    assert named(Profile(10 * (0.5 - PRICES))) == named(Profile(0.5 - PRICES))
    assert named(Profile(3 + 0.5 - PRICES, reservation=3)) == named(Profile(0.5 - PRICES))


def test_who_does_not_care_names_anything() -> None:
    assert 0 <= named(Profile([1.0] * 1201)) <= 1
