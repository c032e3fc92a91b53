"""Sealed offers: one price each, and the difference split."""

from typing import Any

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.agents.tactics.stubborn import Stubborn
from accord.analysis.theory import double_auction
from accord.models import Negotiation
from accord.models.agreement import AgreementModel
from accord.models.seeds import Seed


class Naming(Stubborn):
    """Names one price."""

    price: int = 0

    def bid(self, view: Any) -> int:
        return self.price


@pytest.mark.parametrize(
    ("bid", "ask", "k", "deal"),
    [
        (60, 40, 0.5, "price=50.0"),
        (60, 40, 1.0, "price=60.0"),
        (60, 40, 0.25, "price=45.0"),
        (50, 50, 0.5, "price=50.0"),
        (40, 60, 0.5, ""),  # the bid is below the ask
    ],
)
def test_the_difference_is_split(bid: int, ask: int, k: float, deal: str) -> None:
    model = Negotiation(
        domain="trade(value=80, cost=20)",
        procedure=f"sealed-offers(k={k})",
        tactic=Naming(price=bid),
        rivals=Naming(price=ask),
        rng=1,
    ).run()
    assert model.outcome()["deal"] == deal
    assert (model.clock, model.outcome()["offers"]) == (1, 2)
    assert model.outcome()["ended"] == ("agreed" if deal else "stuck")


AUCTION: dict[str, Any] = {
    "domain": "trade(low=0, high=1, steps=600)",
    "procedure": "sealed-offers",
    "tactic": "chatterjee-samuelson",
    "rivals": "chatterjee-samuelson",
}


def test_step_by_step_is_the_same() -> None:
    for seed in range(5):
        quick, slow = Negotiation(**AUCTION, rng=seed), Negotiation(**AUCTION, rng=seed)
        assert quick.run().recorded() == AgreementModel.run(slow).recorded()


def test_the_equilibrium_trades_as_often_and_gains_as_much_as_theory_says() -> None:
    # 2,000 draws: 4.5 standard errors, so that a right program fails once in 100,000 times; the grid costs 2e-3
    scenario = Negotiation.Scenario(**AUCTION)
    runs = Negotiation.run_many(scenario, [Seed(1, replicate) for replicate in range(2000)], record=())
    traded = np.array([each.run["deals"] for each in runs])
    gains = np.array([each.run["welfare"] for each in runs])
    for measured, expected in ((traded, 9 / 32), (gains, 9 / 64)):
        error = measured.std() / np.sqrt(len(measured))
        assert abs(measured.mean() - expected) < 4.5 * error + 2e-3
    assert double_auction.trade_probability() == pytest.approx(9 / 32)


def test_they_trade_where_a_quarter_or_more_is_to_be_gained() -> None:
    for value, cost, trades in ((0.7, 0.4, True), (0.7, 0.46, False), (0.3, 0.0, True), (0.2, 0.0, False)):
        domain = f"trade(low=0, high=1, steps=1000, value={value}, cost={cost})"
        assert bool(Negotiation(**{**AUCTION, "domain": domain}, rng=1).run().deals[0].outcome) is trades


def test_it_is_for_two_parties() -> None:
    settings = {**AUCTION, "domain": "random(parties=3)", "network": "complete(n=3)"}
    with pytest.raises(InputError, match=r"sealed-offers is for two parties, and 3 sit at the table"):
        Negotiation(**settings, rng=1)


def test_with_several_issues_no_difference_can_be_split() -> None:
    assert Negotiation(**{**AUCTION, "domain": "random"}, rng=1).run().outcome()["ended"] == "left"
