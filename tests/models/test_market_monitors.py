"""What a market's deals say of it, deals among them that could not have been made."""

from typing import Any

import numpy as np
import pytest
from accord.models import Market
from accord.models.deal import Deal, Ending
from accord.models.floor import Floor
from accord.models.market_monitors import PROPERTIES, MarketAccount, judged, kept, prices
from accord.models.seeds import Seed
from accord.models.verdict import Judgement


def market(**parameters: Any) -> Market:
    return Market(**{"rng": 1, **parameters}).run()


def judgement(account: MarketAccount, name: str) -> Judgement:
    return dict(zip((each.name for each in PROPERTIES), judged(account), strict=True))[name]


def account(*deals: tuple[int, int, float], lies: str = "", **changes: Any) -> MarketAccount:
    """Return the account of one period of Smith's market with these deals alone; the first buyer may lie."""
    liar = {"traitors": 1, "placement": "first", "conduct": lies} if lies else {}
    floor: Floor = Market(rng=Seed(1), **liar).floor
    floor.open()
    for buyer, seller, price in deals:
        floor.deal(buyer, seller, round(price / floor.tick), makers=[buyer])
    return MarketAccount(
        **{
            "floor": floor,
            "periods": [floor.deals],
            "planned": 1,
            "running": False,
            "tolerance": 0.05,
            "constrained": (True, True),
            "traitors": frozenset(),
            **changes,
        }
    )


def test_one_deal_of_many() -> None:
    found = account((0, 11, 2.0), (1, 12, 2.5))
    assert [each.status for each in judged(found)] == ["inconclusive"] * 2 + ["held"] * 4
    assert judgement(found, "agreement").reason == "prices lie 0.5 apart, and nobody owes one price"
    buyer, seller = judgement(found, "clearing").witnesses
    assert found.floor.worths[buyer][0] > found.floor.worths[seller][0]
    assert [units for _, _, units in found.entries()] == [((0, 0), (11, 0)), ((1, 0), (12, 0))]


def test_prices_are_one_within_the_tolerance() -> None:
    deals = (0, 11, 2.0), (1, 12, 2.1)
    assert judgement(account(*deals), "agreement").status == "held"
    assert judgement(account(*deals, tolerance=0.04), "agreement").status == "inconclusive"
    assert judgement(account(deals[0]), "agreement").vacuous


def test_nothing_is_owed_of_a_market_that_is_open_or_idle() -> None:
    running = account((0, 11, 2.0), running=True)
    assert [judgement(running, name).reason for name in ("agreement", "clearing")] == [
        "the market is still open"
    ] * 2
    idle = account()
    assert judgement(idle, "agreement").reason == "nobody dealt in the last period"
    assert judgement(idle, "validity").vacuous
    assert judgement(idle, "budget").vacuous
    assert judgement(idle, "rationality").vacuous
    assert judgement(account(planned=2), "termination").status == "inconclusive"
    assert judgement(account(periods=[]), "termination").vacuous


def test_claims_bind_those_who_are_constrained() -> None:
    # the first buyer's unit is worth 3.25
    deal = (0, 11, 3.5)
    told = judgement(account(deal), "validity").reason
    assert told == "the price 3.5 is beyond what one said that the unit is worth"
    assert judgement(account(deal, constrained=(False, True)), "validity").status == "held"
    assert (
        judgement(account(deal, lies="stubborn"), "validity").status == "held"
    )  # it says what its conduct says
    assert judgement(account(deal, lies="misreport(factor=1)"), "validity").status == "violated"


def test_a_traitor_may_lose() -> None:
    found = judgement(account((0, 11, 3.5)), "rationality")
    assert (found.status, found.step, found.witnesses) == ("violated", 1, (0,))
    assert judgement(account((0, 11, 3.5), traitors=frozenset([0])), "rationality").status == "held"


def test_only_deals_that_were_kept_have_prices() -> None:
    deals = [Deal((0, 11), 2.0, 0, Ending.AGREED), Deal((1, 12), 3.0, 1, Ending.BREACHED)]
    assert kept(deals) == deals[:1]
    assert np.array_equal(prices(deals), [2.0])


def test_the_unconstrained_lose() -> None:
    model = market(trader="zero-intelligence(constrained=false)", shouts=500)
    assert model.verdict.violated == ("rationality",)
    (loser,) = model.verdict["rationality"].witnesses
    assert any(loser in deal.parties for deal in model.deals)


def tampered(deal: Deal) -> Market:
    model = Market(institution="call-auction", trader="truthful", periods=1, rng=1).run()
    model.deals[0] = deal
    return model


@pytest.mark.parametrize(
    ("deal", "violated"),
    [
        (Deal((0, 1), 2.0, 0, Ending.AGREED), "validity"),  # two buyers
        (Deal((12, 0), 2.0, 0, Ending.AGREED), "validity"),  # the wrong way round
        (Deal((0, 11), 9.0, 0, Ending.AGREED), "validity"),  # nobody can name it
        (Deal((1, 11), 2.0, 0, Ending.AGREED), "validity"),  # who had no more units
        (Deal((0, 11), 3.5, 0, Ending.AGREED), "rationality"),  # worth 3.25 to the buyer
        (Deal((0, 11), 2.01, 0, Ending.AGREED), "budget"),
        (Deal((0, 11), 2.0, 0, Ending.BREACHED), "budget"),
    ],
)
def test_verdict_sees_what_is_wrong(deal: Deal, violated: str) -> None:
    assert violated in tampered(deal).verdict.violated
