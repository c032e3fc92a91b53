"""The sealed double auction: the papers' numbers, markets drawn, and best responses searched for."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.analysis.theory.double_auction import ask, bid, efficiency, gains, trade_probability
from hypothesis import given, settings
from hypothesis import strategies as st

GRID = np.linspace(0, 1, 2001)


def test_the_paper_s_numbers() -> None:
    # Chatterjee, Samuelson 1983: bid 2v/3 + 1/12, ask 2c/3 + 1/4
    assert bid([0, 0.25, 1]) == pytest.approx([1 / 12, 1 / 4, 3 / 4], abs=1e-15)
    assert ask([0, 0.75, 1]) == pytest.approx([1 / 4, 3 / 4, 11 / 12], abs=1e-15)
    assert (trade_probability(), gains(), efficiency()) == (9 / 32, 9 / 64, 27 / 32)


def test_whose_price_it_is_decides_who_is_honest() -> None:
    assert bid(GRID, 0) == pytest.approx(GRID)
    assert ask(GRID, 0) == pytest.approx((1 + GRID) / 2)
    assert bid(GRID, 1) == pytest.approx(GRID / 2)
    assert ask(GRID, 1) == pytest.approx(GRID)


@pytest.mark.parametrize("k", [0.0, 0.3, 0.5, 1.0])
def test_drawn_markets(k: float) -> None:
    draws = 1_000_000
    value, cost = np.random.default_rng(1).random((2, draws))
    gain = np.where(bid(value, k) >= ask(cost, k), value - cost, 0)
    # beyond 4.5 standard errors, as once in 147,000 such tests if the formula holds
    assert np.mean(gain > 0) == pytest.approx(trade_probability(k), abs=4.5 * 0.5 / draws**0.5)
    assert gain.mean() == pytest.approx(gains(k), abs=4.5 * gain.std() / draws**0.5)


@given(st.floats(0, 1), st.floats(0, 1))
@settings(deadline=None, max_examples=60)
def test_nobody_has_a_better_price(private: float, k: float) -> None:
    asks, bids = ask(GRID, k), bid(GRID, k)

    def bought(price: float) -> float:
        return float(np.mean((price >= asks) * (private - k * price - (1 - k) * asks)))

    def sold(price: float) -> float:
        return float(np.mean((bids >= price) * (k * bids + (1 - k) * price - private)))

    # the means are over a grid: one cell more or less is worth no more than its part of it
    assert max(map(bought, GRID[::20])) <= bought(float(bid(private, k))) + 2 / len(GRID)
    assert max(map(sold, GRID[::20])) <= sold(float(ask(private, k))) + 2 / len(GRID)


@given(st.floats(0, 1))
@settings(deadline=None, max_examples=60)
def test_properties(k: float) -> None:
    could_buy, could_sell = np.linspace((1 - k) / 2, 1), np.linspace(0, 1 - k / 2)
    assert np.all(bid(could_buy, k) <= could_buy + 1e-12)
    assert np.all(ask(could_sell, k) >= could_sell - 1e-12)
    assert bid(GRID, k) == pytest.approx(
        1 - ask(1 - GRID, 1 - k), abs=1e-12
    )  # buyer and seller are mirror images
    assert efficiency(k) <= 27 / 32  # Myerson, Satterthwaite 1983
    # the last to trade: a buyer of value (1 - k) / 2 with a seller without cost, a buyer of value 1 with 1 - k / 2
    assert bid((1 - k) / 2, k) == pytest.approx(ask(0, k), abs=1e-12)
    assert bid(1, k) == pytest.approx(ask(1 - k / 2, k), abs=1e-12)


@pytest.mark.parametrize("bad", [-0.1, 1.1, float("nan")])
def test_bad_input(bad: float) -> None:
    for function, field in ((bid, "value"), (ask, "cost")):
        with pytest.raises(InputError, match=f"{field}={bad:g} must be from 0 to 1; scale"):
            function([0.5, bad])
        with pytest.raises(InputError, match=f"k={bad:g} must be from 0 to 1"):
            function(0.5, bad)
    with pytest.raises(InputError, match=f"k={bad:g} must be from 0 to 1"):
        trade_probability(bad)
