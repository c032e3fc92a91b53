"""Posted prices: who takes what, unit by unit."""

from accord.models import Market
from accord.models.schedules import Schedules


def shop(schedules: Schedules, **but: object) -> Market:
    return Market(
        valuation=schedules,
        **{"institution": "posted-prices", "trader": "truthful", "periods": 1, "rng": 1, **but},
    ).run()


def test_a_buyer_takes_the_cheapest_that_suits_it() -> None:
    schedules = Schedules(((9.0, 5.0, 4.5),), ((6.0,), (2.0, 4.0), (3.0,)), 0.0, 10.0)
    deals = shop(schedules).deals
    # 2 at first, then of 6, 4 and 3 the least, then of 6 and 4
    assert [deal[:2] for deal in deals] == [((0, 2), 2.0), ((0, 3), 3.0), ((0, 2), 4.0)]


def test_nobody_takes_what_does_not_pay() -> None:
    assert shop(Schedules(((1.0,),), ((6.0,),), 0.0, 10.0)).deals == []


def test_sellers_who_ask_for_more_get_it() -> None:
    schedules = Schedules(((9.0,),), ((2.0,),), 0.0, 10.0)
    assert shop(schedules, sellers="shaded(share=0.5)").deals[0].outcome == 6.0


def test_two_prices_for_two_buyers() -> None:
    # a two-faced seller shows the first buyer the least price there is, and the second the greatest
    schedules = Schedules(((9.0,), (9.5,)), ((2.0, 2.0),), 0.0, 10.0)
    model = shop(schedules, traitors=1, conduct="equivocating", placement="given(nodes=[2])")
    assert [deal[:2] for deal in model.deals] == [((0, 2), 0.0)]
    assert model.gains().tolist() == [9.0, 0.0, -2.0]
    assert list(model.caught) == [2]
