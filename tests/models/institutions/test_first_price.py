"""The first price: by hand, and in revenue."""

import numpy as np
import pytest
from accord.analysis.theory.auctions import first_price_bid, revenue
from accord.models import Market
from accord.models.schedules import Schedules
from scipy.stats import norm


def auction(schedules: Schedules, **but: object) -> Market:
    return Market(
        valuation=schedules,
        **{"institution": "first-price", "trader": "truthful", "periods": 1, "rng": 1, **but},
    ).run()


def test_the_winner_pays_its_bid() -> None:
    schedules = Schedules(((9.0,), (7.0,), (4.0,)), ((2.0, 3.0),), 0.0, 10.0)
    assert [deal[:2] for deal in auction(schedules).deals] == [((0, 3), 9.0), ((1, 3), 7.0)]
    shaded = auction(schedules, trader="shaded(share=0.5)", sellers="truthful")
    assert [deal[:2] for deal in shaded.deals] == [((0, 3), 4.5), ((1, 3), 3.5)]
    assert auction(schedules, trader="shaded(share=0.8)", sellers="truthful").deals == []


@pytest.mark.parametrize("n", [2, 5])
def test_revenue_of_uniform_values_in_equilibrium(n: int) -> None:
    # Vickrey 1961: shading by 1/n brings (n - 1) / (n + 1); within the bounds but for once in a thousand
    rng = np.random.default_rng(n)
    prices = []
    for _ in range(300):
        values = rng.random(n)
        schedules = Schedules(tuple((value,) for value in values.tolist()), ((0.0,),), 0.0, 1.0)
        model = auction(schedules, trader=f"shaded(share={1 / n})", sellers="truthful", tick=1e-4)
        assert abs(model.deals[0].outcome - first_price_bid(values.max(), n)) < 2e-4
        prices.append(model.deals[0].outcome)
    error = np.std(prices) / len(prices) ** 0.5
    assert abs(np.mean(prices) - revenue(n)) < norm.ppf(1 - 5e-4) * error + 1e-4


def test_sellers_come_in_a_drawn_order() -> None:
    schedules = Schedules(((9.0,),), ((1.0,), (1.0,)), 0.0, 10.0)
    assert {auction(schedules, rng=seed).deals[0].parties for seed in range(20)} == {(0, 1), (0, 2)}
