"""The second price: by hand, in revenue, and what a shill makes of it."""

import numpy as np
import pytest
from accord.analysis.theory.auctions import revenue
from accord.models import Market
from accord.models.deal import Catch, Ending
from accord.models.schedules import Schedules
from scipy.stats import norm

SCHEDULES = Schedules(((9.0,), (7.0,), (4.0,)), ((2.0,),), 0.0, 10.0)


def auction(schedules: Schedules = SCHEDULES, **but: object) -> Market:
    return Market(
        valuation=schedules,
        **{"institution": "second-price", "trader": "truthful", "periods": 1, "rng": 1, **but},
    ).run()


@pytest.mark.parametrize(
    ("costs", "expected"),
    [
        (((2.0,),), [((0, 3), 7.0)]),
        (((8.0,),), [((0, 3), 8.0)]),  # the reserve, where the second bid is less
        (((9.5,),), []),
        (((1.0, 3.0, 5.0),), [((0, 3), 7.0), ((1, 3), 4.0)]),  # its third unit finds no bid
    ],
)
def test_prices(costs: tuple[tuple[float, ...], ...], expected: list[tuple[tuple[int, int], float]]) -> None:
    model = auction(Schedules(SCHEDULES.values, costs, 0.0, 10.0))
    assert [deal[:2] for deal in model.deals] == expected


@pytest.mark.parametrize("n", [2, 5])
def test_revenue_of_uniform_values(n: int) -> None:
    # Vickrey 1961: (n - 1) / (n + 1); within the bounds but for once in a thousand
    rng = np.random.default_rng(n)
    prices = []
    for _ in range(300):
        values = tuple((value,) for value in rng.random(n).tolist())
        model = auction(Schedules(values, ((0.0,),), 0.0, 1.0), tick=1e-4)
        prices.append(model.deals[0].outcome)
    error = np.std(prices) / len(prices) ** 0.5
    assert abs(np.mean(prices) - revenue(n)) < norm.ppf(1 - 5e-4) * error + 1e-4


def test_no_lie_about_its_value_serves_a_bidder() -> None:
    truth = auction().gains()
    for bidder in range(3):
        for lie in ("misreport(factor=0.5)", "misreport(factor=1.2)", "misreport(factor=3)", "bluff"):
            liar = auction(traitors=1, conduct=lie, placement=f"given(nodes=[{bidder}])")
            assert liar.gains()[bidder] <= truth[bidder]


def test_a_ring_pays_the_best_bid_from_outside() -> None:
    ring = auction(traitors=2, conduct="ring", placement="given(nodes=[0, 1])")
    assert ring.deals[0].outcome == 4.0


def test_a_shill_raises_the_price_until_it_wins() -> None:
    below = auction(traitors=1, conduct="shill(level=0.3)", placement="given(nodes=[1])")
    assert below.deals[0][:2] == ((0, 3), 7.9)  # it bids 7 + 0.3 (10 - 7)
    assert below.caught == {}
    above = auction(traitors=1, conduct="shill(level=0.9)", placement="given(nodes=[1])")
    assert above.deals[0].parties == (1, 3)
    assert above.deals[0].ending is Ending.BREACHED
    assert above.caught == {1: Catch.SETTLEMENT}
    assert not above.gains().any()
