"""How negotiators bargain that have a conduct."""

from typing import Any

import numpy as np
import pytest
from accord.agents.bargaining import View
from accord.agents.conducts import Conduct, conducts
from accord.models import Negotiation
from accord.models.deal import Catch, Ending
from accord.models.lying import Lying
from accord.models.networks.network import Network

PIE = {"domain": "pie(steps=10)", "tactic": "time-dependent(beta=1)", "rivals": "time-dependent(beta=1)"}


def run(**given: Any) -> Negotiation:
    return Negotiation(**{**PIE, "placement": "given(nodes=[0])", "traitors": 1, "rng": 1, **given}).run()


def test_what_is_claimed_is_a_reservation_value() -> None:
    profile = run(conduct="bluff(share=0.7)").tables[0].profiles[0]
    assert profile.reservation == pytest.approx(0.7)
    worth = {"domain": "pie(steps=10, reservation=0.2)"}
    assert run(conduct="misreport(factor=2)", **worth).tables[0].profiles[0].reservation == pytest.approx(0.4)
    assert run(conduct="shill(level=0.5)", **worth).tables[0].profiles[0].reservation == pytest.approx(0.1)


def test_who_bluffs_gets_more_of_the_pie() -> None:
    bluffing, honest = run(conduct="bluff(share=0.6)"), run(traitors=0)
    assert honest.gains().tolist() == [0.5, 0.5]
    assert bluffing.gains()[0] > 0.6
    assert bluffing.gains().sum() == pytest.approx(1)
    assert bluffing.outcome()["traitor_gain"] > bluffing.outcome()["traitor_due"] == 0.5
    assert bluffing.outcome()["honest_gain"] < bluffing.outcome()["honest_due"] == 0.5
    assert not bluffing.caught


def test_who_bluffs_too_much_loses_a_deal_that_would_have_paid() -> None:
    honest, bluffing = (
        run(conduct="bluff(share=0.6)", traitors=k, domain="pie(steps=10, reservation=[0, 0.5])")
        for k in (0, 1)
    )
    assert honest.outcome()["deals"] == 1
    assert bluffing.deals[0].outcome is None
    assert bluffing.outcome()["zone"] == 1  # the truth would have left room for one


def test_the_stubborn_asks_for_the_best_for_ever() -> None:
    (table,) = run(conduct="stubborn").tables
    assert set(table.mine[0]) == {10}
    assert table.deal is not None
    assert table.deal.ending is Ending.DEADLINE
    (table,) = run(conduct="stubborn(value=0.7)").tables
    assert set(table.mine[0]) == {7}
    assert table.agreed == 7


def test_who_says_nothing_leaves_and_is_missed() -> None:
    model = run(conduct="silent")
    assert [deal.ending for deal in model.deals] == [Ending.LEFT]
    assert model.caught == {0: Catch.SILENCE}
    assert model.outcome()["caught_by"] == "silence"


def test_a_broken_deal_is_worth_nothing_and_gives_its_breaker_away() -> None:
    model = run(conduct="breach")
    assert [deal.ending for deal in model.deals] == [Ending.BREACHED]
    assert model.deals[0].outcome == 5
    assert model.caught == {0: Catch.SETTLEMENT}
    assert model.gains().tolist() == [0, 0]
    row = model.recorded().run
    assert (row["deals"], row["breached"], row["ended"], row["deal"]) == (0, 1, "breached", "")
    assert row["utility"] == row["rival_utility"] == 0
    assert model.verdict.agreement == "inconclusive"


def test_some_deals_are_kept_by_who_breaks_some() -> None:
    endings = [
        Negotiation(**PIE, traitors=1, conduct="breach(p=0.5)", rng=1, replicate=each).run().deals[0].ending
        for each in range(60)
    ]
    # under the binomial law outside of 14..46 with probability 3e-5
    assert 14 <= endings.count(Ending.BREACHED) <= 46


def test_offers_may_differ_by_listener() -> None:
    star = run(network="star(n=4)", domain="pie(steps=10)", conduct="equivocating", deadline=10)
    assert [table.mine[0][0] for table in star.tables] == [
        0,
        5,
        10,
    ]  # the centre asks one for nothing, one for all


def test_who_says_nothing_votes_for_nothing_either() -> None:
    given = {"procedure": "single-text", "domain": "random(levels=4)", "deadline": 50}
    honest, silent = (run(**given, conduct="silent", traitors=k).tables[0] for k in (0, 1))
    assert len({offer.outcome for offer in honest.offers}) > 1
    assert [silent.approves(0, text, 0, 1) for text in range(silent.space.size)] == [
        False
    ] * silent.space.size
    assert any(silent.approves(1, text, 0, 1) for text in range(silent.space.size))


def test_an_offer_is_compared_with_what_the_honest_tactic_compares_it_with() -> None:
    # in equilibrium what is taken is worth what waiting for one's own next offer is, and that is discounted
    play = {"tactic": "equilibrium", "rivals": "equilibrium", "information": "complete", "deadline": None}
    (table,) = run(**play, domain="pie(steps=100, discount=0.5)", conduct="stubborn(value=0.8)").tables
    tactic, profile = table.tactics[0], table.profiles[0]
    assert isinstance(tactic, Lying)
    view = View(table.space, profile, 1, None, (80,), (), 0.0, (table.profiles[1],))
    assert tactic.bid(view) == 80
    assert tactic.least(view, 80) == pytest.approx(0.4)


class Lowballing(Conduct):
    """Claim a reservation that is no loss to anybody but its owner."""

    def claim(self, claims: Any) -> Any:
        return claims.low


def test_a_liar_may_harm_itself_and_an_honest_party_never() -> None:
    model = run(
        conduct=Lowballing(), domain="pie(steps=10, reservation=[0.5, 0])", tactic="time-dependent(beta=9)"
    )
    assert model.gains()[0] < 0
    assert model.verdict.validity == "held"  # nobody honest has less than it would have without
    assert model.tables[0].bargain.disagreement[0] == pytest.approx(0.5)


@pytest.mark.parametrize("conduct", [name for name, kind in conducts.items() if kind().deals])
@pytest.mark.parametrize(
    "play",
    [
        {},
        {"tactic": "micro", "rivals": "tit-for-tat"},
        {"tactic": "zeuthen", "rivals": "equilibrium", "information": "complete"},
        {"procedure": "monotonic-concession"},
        {"procedure": "sealed-offers", "domain": "trade"},
        {"procedure": "single-text", "tactic": "annealing"},
        {"network": "ring(n=5)", "traitors": 2},
        {"network": "complete(n=3)", "domain": "random(parties=3, levels=3)"},
    ],
    ids=str,
)
def test_any_conduct_goes_with_any_tactic_and_procedure(conduct: str, play: dict[str, Any]) -> None:
    given = {"domain": "random(levels=4, reservation=0.2)", "traitors": 1, "deadline": 20, **play}
    model = Negotiation(**{**PIE, **given}, conduct=conduct, rng=3).run()
    assert not model.verdict.violated, model.verdict
    assert (model.gains()[model.honest] >= 0).all()
    assert model.recorded() == Negotiation(**{**PIE, **given}, conduct=conduct, rng=3).run().recorded()


@pytest.mark.parametrize("conduct", [name for name, kind in conducts.items() if kind().deals])
def test_it_makes_a_difference(conduct: str) -> None:
    def told(traitors: int) -> list[Any]:
        given = {"domain": "random(levels=4, reservation=0.2)", "network": "path(n=4)"}
        models = [
            Negotiation(**{**PIE, **given}, conduct=conduct, traitors=traitors, rng=1, replicate=each).run()
            for each in range(3)
        ]
        return [(model.deals, [table.offers for table in model.tables]) for model in models]

    assert told(1) != told(0)


def test_nobody_else_is_changed_by_who_is_placed_where() -> None:
    honest, lied = (
        Negotiation(**PIE, network="path(n=4)", traitors=k, conduct="silent", placement="first", rng=2).run()
        for k in (0, 1)
    )
    assert isinstance(honest.network, Network)
    assert [table.offers for table in honest.tables[1:]] == [table.offers for table in lied.tables[1:]]
    assert np.array_equal(honest.gains()[2:], lied.gains()[2:])
