"""Markets: known answers, what always holds, bad input, and what the verdict sees."""

from typing import Any

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models import Market
from accord.models.schedules import Schedules, dues, equilibrium
from accord.models.seeds import Seed
from hypothesis import given, settings
from hypothesis import strategies as st


def market(**parameters: Any) -> Market:
    return Market(**{"rng": 1, **parameters}).run()


# Known answers ----------------------------------------------------------------------------------------


def test_smiths_first_market_with_true_orders() -> None:
    # Smith 1962, chart 1: price 2.00, six units, of which five gain; 7.50 in all
    row = market(institution="call-auction", trader="truthful", periods=2).outcome()
    assert row["equilibrium_price"] == row["price"] == 2.0
    assert (row["trades"], row["surplus"], row["efficiency"]) == (12, 15.0, 1.0)
    assert row["alpha"] == row["profit_dispersion"] == 0.0
    assert row["honest_gain"] == row["honest_due"] == 15.0 / 22


def test_smiths_alpha_and_profit_dispersion_by_hand() -> None:
    # one deal at 9, where a price of 5 would be that of equilibrium: the seller gains 4 more and the buyer 4 less
    schedules = Schedules(((9.0,),), ((1.0,),), 0.0, 10.0)
    row = market(
        valuation=schedules, institution="first-price", trader="truthful", periods=3, rng=1
    ).outcome()
    assert row["alpha"] == pytest.approx(80.0)  # 100 sqrt(mean (p - P0)^2) / P0
    assert row["profit_dispersion"] == pytest.approx(4.0)  # Gode, Sunder 1993: sqrt(mean (gain - due)^2)
    assert (row["price"], row["efficiency"], row["trades"]) == (9.0, 1.0, 3)


def test_a_breached_deal_is_no_trade() -> None:
    row = market(institution="call-auction", trader="truthful", periods=1, traitors=22 - 1, conduct="breach")
    assert row.outcome()["breached"] == len(row.deals) > 0
    assert row.outcome()["trades"] == 0
    assert row.outcome()["caught_by"] == "settlement"


# Properties -------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 1000), st.sampled_from([None, "ring(n=12)", "star(n=12)"]))
def test_gains_and_dues_are_those_of_the_seats(seed: int, network: str | None) -> None:
    model = market(valuation="uniform(buyers=5, sellers=7, units=2)", network=network, rng=seed, periods=2)
    worths = (*model.schedules.values, *model.schedules.costs)
    for trader, node in enumerate(model.seats.tolist()):
        assert tuple(model.floor.worths[node]) == worths[trader]
        assert model.floor.buys[node] == (trader < 5)
        assert np.isclose(model.dues()[node], 2 * dues(model.schedules)[trader])
    assert model.outcome()["surplus"] <= 2 * equilibrium(model.schedules).surplus + 1e-9
    assert model.verdict.violated == ()
    for period in (1, 2):
        for node in range(12):
            assert sum(node in deal.parties for deal in model.period(period)) <= 2


def test_liars_meet_the_luck_of_the_honest() -> None:
    honest = market(valuation="uniform")
    for traitors in (1, 5):
        liars = market(valuation="uniform", traitors=traitors)
        assert liars.schedules == honest.schedules
        assert np.array_equal(liars.seats, honest.seats)


def test_rounds_are_numbers_of_shouts() -> None:
    model = market(trader="zero-intelligence", periods=3)
    rounds = [deal.round for deal in model.deals]
    assert rounds == sorted(rounds)
    assert rounds[-1] <= model.outcome()["shouts_made"] == 600
    assert all(
        (period - 1) * 200 < deal.round <= period * 200
        for period in (1, 2, 3)
        for deal in model.period(period)
    )


def test_steps_add_up_to_the_run() -> None:
    model = market()
    steps, row = model.step_columns(), model.outcome()
    assert steps["trades"].sum() == row["trades"]
    assert np.isclose(steps["efficiency"][1:].mean(), row["efficiency"])
    assert np.isclose(
        np.sqrt((steps["alpha"][1:] ** 2 * steps["trades"][1:]).sum() / row["trades"]), row["alpha"]
    )
    assert steps["disagreement"][0] == 0


def test_sellers_may_trade_otherwise() -> None:
    schedules = Schedules(((9.0,),), ((1.0,),), 0.0, 10.0)
    prices = {
        market(valuation=schedules, trader="truthful", sellers="shaded(share=0.5)", periods=1, rng=seed)
        .deals[0]
        .outcome
        for seed in range(20)
    }
    assert prices == {9.0, 5.5}


def test_roles_are_dealt_to_the_nodes_of_a_network() -> None:
    seats = [market(network="ring(n=22)", rng=seed, periods=1).seats.tolist() for seed in range(3)]
    assert len({tuple(each) for each in [range(22), *seats]}) == 4


def test_isolated_traders_trade_nothing() -> None:
    model = market(network="erdos-renyi(n=22, p=0.05, connected=any)", shouts=400)
    alone = model.network.degrees == 0
    assert alone.any()
    assert not model.gains()[alone].any()
    assert model.verdict.violated == ()


def test_buyers_and_sellers_can_be_looked_at() -> None:
    model = market()
    parties = list(model.agents)
    assert [type(each).__name__ for each in parties] == ["Buyer"] * 11 + ["Seller"] * 11
    assert parties[0].label == "buyer 1"
    assert sum(len(each.deals) for each in parties) == 2 * len(model.deals)
    assert parties[0].opinion == [deal.outcome for deal in model.deals if 0 in deal.parties][-1]


def test_placements_may_look_for_the_worst() -> None:
    worst = market(
        institution="call-auction", trader="truthful", traitors=3, placement="worst(draws=5)", conduct="bluff"
    )
    usual = market(institution="call-auction", trader="truthful", traitors=3, conduct="bluff")
    assert worst.gains()[worst.honest].sum() <= usual.gains()[usual.honest].sum()


def test_replicates_differ() -> None:
    one, other = (Market(valuation="uniform", rng=Seed(1, replicate)).run() for replicate in (0, 1))
    assert one.schedules != other.schedules


# Bad input --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"tick": 5.0}, r"tick=5 leaves fewer than two prices from 0 to 4; use tick <= 2"),
        ({"tick": 0}, "tick=0 must be greater than 0"),
        ({"tick": float("nan")}, "tick"),
        (
            {"network": "ring(n=20)"},
            r"network=ring has 20 nodes for 11 buyers and 11 sellers; choose one with 22",
        ),
        ({"network": "ring(n=30)"}, "has 30 nodes"),
        ({"traitors": 22}, "1 must be honest; use traitors <= 21"),
        ({"traitors": 1, "conduct": "forging"}, "makes no deals"),
        ({"trader": "zipp"}, "did you mean 'zip'"),
        ({"sellers": "zipp"}, "did you mean 'zip'"),
        ({"institution": "bazaar"}, "unknown institution 'bazaar'"),
        ({"shouts": 0}, "shouts=0 must be at least 1"),
        ({"periods": 0}, "periods=0 must be at least 1"),
    ],
)
def test_bad_input_is_told_in_a_line(parameters: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words) as told:
        Market(rng=1, **parameters)
    assert "\n" not in str(told.value)


def test_a_random_network_of_another_size_is_refused() -> None:
    with pytest.raises(InputError, match="has 30 nodes"):
        Market(network="erdos-renyi(n=30, p=0.5)", rng=1)


def test_none_can_be_written() -> None:
    scenario = Market.Scenario(network="none", sellers="None")
    assert scenario == Market.Scenario()
    assert scenario.canonical()["network"] is None
    assert str(Market.Scenario(sellers="zip").sellers) == "zip"


# Judgement --------------------------------------------------------------------------------------------


def test_verdict_of_a_market_that_clears() -> None:
    model = market(institution="call-auction", trader="truthful")
    assert {name: judgement.status for name, judgement in model.verdict.items()} == dict.fromkeys(
        ("agreement", "clearing", "validity", "budget", "rationality", "termination"), "held"
    )


def test_verdict_of_one_that_does_not() -> None:
    assert market().verdict.agreement == "inconclusive"
    model = market(shouts=5)
    assert model.verdict.clearing == "inconclusive"
    buyer, seller = model.verdict["clearing"].witnesses
    assert model.floor.worths[buyer][0] > model.floor.worths[seller][0]


def test_a_market_that_was_cut_off_says_so() -> None:
    model = market(max_steps=2)
    assert model.clock == 2
    assert model.verdict.termination == "inconclusive"
