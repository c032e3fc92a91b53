"""What holds for every trader in every institution with every conduct: small random markets, public and on networks."""

import numpy as np
import pytest
from accord.agents.conducts import conducts
from accord.agents.traders import traders
from accord.models import Market
from accord.models.deal import Catch, Ending
from accord.models.institutions import institutions

LIES = ["", *(name for name, kind in conducts.items() if kind().deals), "misreport + breach(p=0.5)"]
NETWORKS = [None, "erdos-renyi(n=8, p=0.5, connected=any)"]


def played(institution: str, trader: str, lie: str, network: str | None, seed: int) -> Market:
    return Market(
        valuation="uniform(buyers=4, sellers=4, units=2)",
        institution=institution,
        trader=trader,
        network=network,
        **({"conduct": lie, "traitors": 3} if lie else {}),
        periods=2,
        shouts=30,
        tick=0.5,
        rng=seed,
        record=["steps", "parties"],
    ).run()


@pytest.mark.parametrize("institution", institutions)
@pytest.mark.parametrize("trader", traders)
def test_money_goods_and_the_honest_are_safe(institution: str, trader: str) -> None:
    constrained = traders.choose(trader).is_constrained
    for number, lie in enumerate(LIES):
        for network in NETWORKS:
            model = played(institution, trader, lie, network, number)
            told = f"{institution}, {trader}, {lie}, {network}: {model.verdict}"
            assert set(model.verdict.violated) <= (set() if constrained else {"rationality"}), told
            assert model.verdict.termination == "held", told
            row = model.outcome()
            # told anew from the deals alone
            kept = [deal for deal in model.deals if deal.ending is Ending.AGREED]
            money = np.zeros(8)
            for buyer, seller in (deal.parties for deal in kept):
                assert model.floor.buys[buyer] > model.floor.buys[seller], told
                assert network is None or seller in model.network.neighbours(buyer), told
            for deal in kept:
                money[list(deal.parties)] += [-deal.outcome, deal.outcome]
                assert deal.outcome % 0.5 == 0, told
            assert money.sum() == sum(model.floor.money) == sum(model.floor.goods) == 0, told
            assert np.array_equal(money, model.recorded().parties["money"]), told
            if constrained:
                assert (model.gains()[model.honest] >= -1e-9).all(), told
            # gains are all that was made of the goods
            assert np.isclose(model.gains().sum(), row["surplus"]), told
            assert row["breached"] == sum(deal.ending is Ending.BREACHED for deal in model.deals), told
            assert set(model.caught) <= set(model.traitors.tolist()), told
            assert row["breached"] == 0 or Catch.SETTLEMENT in model.caught.values(), told


@pytest.mark.parametrize("institution", institutions)
@pytest.mark.parametrize("trader", traders)
def test_same_seed_same_run(institution: str, trader: str) -> None:
    for number, lie in enumerate(["", "random", "breach(p=0.5)"]):
        first, again = (
            played(institution, trader, lie, NETWORKS[number % 2], number).recorded() for _ in range(2)
        )
        assert first == again


@pytest.mark.parametrize("institution", institutions)
def test_who_says_nothing_trades_nothing_and_is_caught(institution: str) -> None:
    model = played(institution, "truthful", "silent", None, 1)
    assert set(model.caught.values()) == {Catch.SILENCE}
    assert not model.gains()[model.traitors].any()


@pytest.mark.parametrize("institution", institutions)
def test_a_claim_that_is_the_truth_changes_nothing(institution: str) -> None:
    honest = played(institution, "zero-intelligence", "", None, 1)
    for lie in ("misreport(factor=1)", "bluff(share=0)", "breach(p=0)", "ring(active=99)"):
        assert played(institution, "zero-intelligence", lie, None, 1).deals == honest.deals


@pytest.mark.parametrize("institution", ["continuous-double-auction", "posted-prices"])
def test_those_who_can_compare_catch_two_faces(institution: str) -> None:
    assert set(played(institution, "truthful", "equivocating", None, 1).caught.values()) == {Catch.COMPARISON}


def test_breach_leaves_the_other_without_its_unit_for_the_period() -> None:
    model = Market(
        valuation="uniform(buyers=1, sellers=1, low=0, high=1)",
        institution="call-auction",
        trader="truthful",
        traitors=1,
        conduct="breach",
        periods=4,
        rng=3,
    ).run()
    assert [deal.ending for deal in model.deals] == [Ending.BREACHED] * len(model.deals)
    assert not model.gains().any()
