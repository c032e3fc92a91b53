"""Pairwise exchange against what theory and the literature say, and against itself played one by one."""

from collections.abc import Iterator
from math import log
from typing import Any

import networkx as nx
import numpy as np
import pytest
from accord.agents.conducts import conducts
from accord.agents.errors import InputError
from accord.agents.exchanges import exchanges
from accord.analysis.theory.exchange import efficient_rate
from accord.analysis.theory.wealth import coin_distribution, coin_gini, mean_wealth_beside_defaulters
from accord.models import Exchange
from accord.models.catalogue import exchange as module
from accord.models.inequality import gini
from accord.models.seeds import Seed
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

PRICED = "barter(a=0.5, spread=0.3)"
DEALING = [name for name in conducts if conducts[name]().deals]


def run(**parameters: Any) -> Exchange:
    rng = parameters.pop("rng", 1)
    return Exchange(rng=rng, **parameters).run()


# Known answers ----------------------------------------------------------------------------------


@pytest.mark.parametrize("a", [0.5, 0.3])
def test_with_one_exponent_rates_come_to_that_of_the_contract_curve(a: float) -> None:
    # Edgeworth, Gale, Feldman; n = 50: a/(1-a) Y/X whoever held what
    model = run(exchange=f"barter(a={a})", tolerance=1e-8)
    known = efficient_rate(a, *model.holdings.sum(axis=0))
    assert model.outcome()["price"] == pytest.approx(known, rel=1e-8)
    assert np.log(model.opinions).std() < 1e-8
    assert model.outcome()["walras_price"] == pytest.approx(known, rel=1e-8)
    assert (model.gains() > -1e-12).all()
    assert model.verdict.agreement == model.verdict.termination == "held"


def test_with_several_exponents_rates_come_together_elsewhere_than_at_the_price_of_walras() -> None:
    off = []
    for seed in range(5):
        model = run(exchange=PRICED, rng=seed)
        row = model.outcome()
        assert row["spread"] <= 1e-6
        assert (model.gains() > -1e-12).all()
        off.append(abs(log(row["price"] / row["walras_price"])))
    assert min(off) > 1e-4  # the reference has 1.172485 and 1.168685
    assert max(off) < 0.1


@pytest.mark.parametrize(
    ("rule", "mean", "steps"), [("coin", 1, 300), ("split", 5, 30), ("split", 10, 30), ("split", 100, 30)]
)
def test_money_comes_to_the_geometric_distribution(rule: str, mean: int, steps: int) -> None:
    # Dragulescu and Yakovenko 2000; the Gini coefficient of n = 20,000 has a standard deviation of about 0.002
    n = 20_000
    row = run(
        exchange=rule,
        network=f"complete(n={n})",
        endowment=f"equal(amount={mean})",
        max_steps=steps,
        record=(),
    ).outcome()
    assert row["gini"] == pytest.approx(coin_gini(n, n * mean), abs=0.01)
    assert row["broke"] == pytest.approx(coin_distribution(n, n * mean)[0], abs=5 * (0.25 / n) ** 0.5)
    assert row["mean_wealth"] == mean


def islands(count: int, links: list[tuple[int, int]]) -> dict[str, Any]:
    """Return many copies of a network of three, which never hear of each other."""
    every = [(3 * k + i, 3 * k + j) for k in range(count) for i, j in links]
    return {"name": "given", "network": every, "connected": "any"}


def test_few_with_few_coins_have_them_in_all_ways_alike() -> None:
    # 3 parties on a path, 4 coins, 15 ways; the chi-square of 14 degrees of freedom is beyond 42 in 1 of 10,000 seeds
    model = run(
        exchange="coin",
        network=islands(2000, [(0, 1), (1, 2)]),
        endowment={"name": "given", "amounts": [4, 0, 0] * 2000},
        max_steps=150,
        record=(),
    )
    counts = np.unique(model.wealth.reshape(-1, 3), axis=0, return_counts=True)[1]
    expected = 2000 / 15
    assert len(counts) == 15
    assert ((counts - expected) ** 2 / expected).sum() < 42
    assert model.dues()[:3].tolist() == [4 / 3 - 4, 4 / 3, 4 / 3]


def test_who_does_not_always_pay_gets_what_the_chain_gives() -> None:
    model = run(
        exchange="coin",
        network=islands(1000, [(0, 1), (1, 2), (0, 2)]),
        endowment={"name": "given", "amounts": [4, 0, 0] * 1000},
        traitors=1000,
        placement={"name": "given", "nodes": list(range(0, 3000, 3))},
        conduct="breach(p=0.3)",
        max_steps=150,
        record=(),
    )
    honest, defaulter = mean_wealth_beside_defaulters(2, 1, 4, 0.7)
    assert honest < 4 / 3 < defaulter
    held = model.wealth[model.traitors]
    assert held.mean() == pytest.approx(defaulter, abs=4 * held.std() / 1000**0.5)


def test_two_meet_and_are_done() -> None:
    model = run(network="complete(n=2)", endowment="given(amounts=[[4, 1], [1, 4]])")
    assert [(set(deal.parties), deal.outcome, deal.round, deal.ending) for deal in model.deals] == [
        ({0, 1}, 1.0, 0, "agreed")
    ]


# One by one -------------------------------------------------------------------------------------


def singly(first: NDArray[Any], second: NDArray[Any], n: int) -> Iterator[NDArray[Any]]:
    yield from (np.array([each]) for each in range(len(first)))


@pytest.mark.parametrize("rule", [PRICED, "coin", "split"])
@pytest.mark.parametrize("conduct", ["misreport", "breach(p=0.5)", "random", "equivocating", "ring + silent"])
@pytest.mark.parametrize("network", ["complete(n=40)", "karate"])
def test_waves_are_one_encounter_after_the_other(
    rule: str, conduct: str, network: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parameters = {"exchange": rule, "traitors": 9, "conduct": conduct, "network": network, "max_steps": 6}
    together = run(**parameters, record=["steps", "trajectories"])
    monkeypatch.setattr(module, "waves", singly)
    alone = run(**parameters, record=["steps", "trajectories"])
    assert (together.units == alone.units).all()
    assert together.deals == alone.deals
    assert together.caught == alone.caught
    assert together.recorded() == alone.recorded()


# What always holds ------------------------------------------------------------------------------


@given(
    st.sampled_from([*exchanges, "barter(a=0.2, spread=0.1)"]),
    st.sampled_from(["complete(n=7)", "star(n=6)", "ring(n=8)", "erdos-renyi(n=9, p=0.5)"]),
    st.integers(0, 3),
    st.sampled_from(DEALING),
    st.integers(0, 1000),
)
@settings(deadline=None, max_examples=40)
def test_goods_are_conserved_and_the_honest_never_lose_by_barter(
    rule: str, network: str, traitors: int, conduct: str, seed: int
) -> None:
    model = Exchange(
        exchange=rule, network=network, traitors=traitors, conduct=conduct, max_steps=30, rng=seed
    )
    before, total = model.wealth, model.units.sum(axis=1)
    model.run()
    assert (model.units.sum(axis=1) == total).all()
    assert (model.units >= 0).all()
    assert set(model.verdict.violated) <= ({"agreement"} if traitors else set())
    if model.rule.priced:
        assert (model.gains() >= -1e-12).all()  # nor do traitors, who sign nothing that they would regret
    else:
        assert (model.units == np.round(model.units)).all()
        assert model.wealth.sum() == before.sum()
    assert all(deal.parties[1] in model.network.neighbours(deal.parties[0]) for deal in model.deals)


def test_whatever_traitors_do_the_honest_meet_with_the_same_luck() -> None:
    models = [
        Exchange(traitors=k, conduct=conduct, exchange=PRICED, rng=3)
        for k, conduct in ((0, "silent"), (5, "silent"), (5, "random"))
    ]
    assert all((each.units == models[0].units).all() for each in models)
    assert all((each.exponents == models[0].exponents).all() for each in models)
    for each in models:
        each.step()
    assert all((each._latest.first == models[0]._latest.first).all() for each in models)


# Verdict ----------------------------------------------------------------------------------------


def test_each_monitor_sees_what_it_is_there_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(change: Any) -> Exchange:
        model = Exchange(exchange=PRICED, network="ring(n=10)", rng=1)
        model.step()
        play = model._play

        def playing(step: Any, wave: Any) -> None:
            play(step, wave)
            change(model, step)

        model._play = playing  # type: ignore[method-assign]
        model.step()
        return model

    def mint(model: Exchange, step: Any) -> None:
        model.units[0, 3] += 1

    def rob(model: Exchange, step: Any) -> None:
        model.units[0, 3] -= model.units[0, 3] // 2
        model.units[0, 4] += model.units[0].sum() * 0

    def reach(model: Exchange, step: Any) -> None:
        step.second[:] = (step.first + 2) % 10

    minted = broken(mint).verdict["conservation"]
    assert (minted.status, minted.step) == ("violated", 2)
    robbed = broken(rob).verdict
    assert robbed["rationality"].status == "violated"
    assert robbed["rationality"].witnesses == (3,)
    far = broken(reach).verdict["validity"]
    assert (far.status, far.step) == ("violated", 2)
    assert len(far.witnesses) >= 2


def test_money_owes_no_agreement_and_no_end() -> None:
    model = run(exchange="coin", max_steps=5)
    assert model.clock == 5
    for name, told in (
        ("agreement", "money has no price to agree on"),
        ("termination", "money changes hands for ever; a run lasts max_steps"),
        ("rationality", "money is given for nothing"),
    ):
        assert (model.verdict[name].status, model.verdict[name].reason) == ("inconclusive", told)
    assert model.verdict.conservation == model.verdict.validity == "held"
    assert np.isnan(model.recorded().steps["disagreement"]).all()


def test_where_all_are_alike_nothing_happens() -> None:
    model = run(endowment="equal")
    assert model.clock == 1
    assert model.verdict["agreement"].status == "held"
    assert model.verdict["agreement"].vacuous
    assert model.outcome()["exchanges"] == 0


def test_cut_off_it_says_how_far_apart_rates_are() -> None:
    judgement = run(max_steps=1).verdict["agreement"]
    assert judgement.status == "inconclusive"
    assert judgement.reason.startswith("cut off while rates differ by the factor")


def test_it_ends_where_nothing_is_left_to_exchange() -> None:
    # a party that says nothing stands between two who would have something to tell each other
    model = run(
        network="path(n=3)",
        endowment="given(amounts=[[4, 1], [1, 1], [1, 4]])",
        traitors=1,
        placement="given(nodes=[1])",
        conduct="silent",
        max_steps=500,
    )
    assert model.clock == 1
    assert model.verdict["termination"].reason == "nothing is left that two could both gain by"
    assert model.verdict.agreement == "violated"
    assert "rates differ by the factor 16" in model.verdict["agreement"].reason


def test_what_does_not_reach_each_other_agrees_by_itself() -> None:
    two = {"name": "given", "network": [(0, 1), (2, 3)], "connected": "any"}
    model = run(network=two, endowment="given(amounts=[[4, 1], [1, 4], [8, 1], [1, 2]])", max_steps=200)
    assert model.verdict.agreement == "held"
    assert model.outcome()["spread"] > 0.1
    assert model.dues()[:2].sum() > 0
    assert model.gains() == pytest.approx(model.dues(), abs=0.5)


# Liars ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("conduct", DEALING)
def test_every_lie_about_prices_makes_a_difference(conduct: str) -> None:
    parameters = {"exchange": PRICED, "max_steps": 40, "network": "complete(n=20)"}
    lied = run(**parameters, traitors=4, conduct=conduct)
    truth = run(**parameters, traitors=4, conduct="misreport(factor=1)")
    assert (lied.units != truth.units).any()
    assert (truth.units == run(**parameters).units).all()


@pytest.mark.parametrize("conduct", DEALING)
def test_of_money_there_is_nothing_to_claim_and_no_price_to_quote(conduct: str) -> None:
    parameters = {"exchange": "coin", "max_steps": 40, "network": "complete(n=20)"}
    lied, truth = run(**parameters, traitors=4, conduct=conduct), run(**parameters)
    matters = conduct in ("breach", "shill", "silent")
    assert (lied.units != truth.units).any() == matters


def test_who_says_nothing_keeps_what_it_has_and_is_caught() -> None:
    for rule in exchanges:
        model = run(exchange=rule, traitors=5, conduct="silent", max_steps=50)
        assert model.gains()[model.traitors].tolist() == [0] * 5
        assert set(model.caught.values()) == {"silence"}
        assert set(model.caught) == set(model.traitors.tolist())


def test_who_does_not_pay_ends_up_with_all_the_money() -> None:
    model = run(exchange="coin", network="complete(n=10)", traitors=2, conduct="breach", max_steps=2000)
    assert not model.wealth[model.honest].any()
    row = model.outcome()
    assert row["traitor_gain"] > 0 > row["honest_gain"]
    assert (row["caught"], row["caught_by"]) == (2, "settlement")
    assert row["breached"] > 100
    assert {deal.ending for deal in model.deals} <= {"breached"}


def test_a_broken_barter_helps_nobody() -> None:
    model = run(traitors=5, conduct="breach")
    assert model.gains()[model.traitors].tolist() == [0] * 5
    assert model.verdict.agreement == "held"  # of the honest, who go on without them


def test_a_stubborn_party_deals_at_its_own_price_only() -> None:
    model = Exchange(traitors=1, placement="first", conduct="stubborn(value=0.9)", exchange=PRICED, rng=1)
    prices = []
    while model.running:
        model.step()
        prices += [deal.outcome for deal in model.deals if 0 in deal.parties]
    assert set(prices) == {0.9}


@pytest.mark.parametrize("value", [0.0, -1.0, 1e-300, 1e300])
def test_who_names_no_price_that_one_could_take_deals_with_nobody(value: float) -> None:
    model = run(traitors=5, conduct=f"stubborn(value={value})", exchange=PRICED, max_steps=20)
    assert model.gains()[model.traitors].tolist() == [0] * 5
    assert not model.caught


def test_a_liar_is_caught_by_the_honest_only() -> None:
    for conduct, rule in (("silent", "coin"), ("breach", "coin"), ("breach", "barter")):
        model = run(
            network="path(n=3)",
            exchange=rule,
            endowment="uniform(low=2, high=9)",
            traitors=2,
            placement="first",
            conduct=conduct,
            max_steps=40,
        )
        assert model.traitors.tolist() == [0, 1]
        assert set(model.caught) == {1}  # the first meets nobody but the second


def test_placements_that_try_several_take_the_one_that_costs_the_honest_most() -> None:
    model = run(
        exchange=PRICED, network="complete(n=6)", traitors=1, conduct="silent", placement="worst(draws=6)"
    )
    gains = [
        run(
            exchange=PRICED,
            network="complete(n=6)",
            traitors=1,
            conduct="silent",
            placement=f"given(nodes=[{node}])",
        )
        for node in range(6)
    ]
    left = [each.gains()[each.honest].sum() for each in gains]
    assert model.gains()[model.honest].sum() == pytest.approx(min(left[each] for each in range(6)), rel=0.5)


# Records and bad input --------------------------------------------------------------------------


def test_records() -> None:
    model = run(
        exchange="split", network="complete(n=6)", max_steps=4, record=["steps", "trajectories"], traitors=1
    )
    record = model.recorded()
    assert record.steps["step"].tolist() == [0, 1, 2, 3, 4]
    assert record.steps["exchanges"].sum() == record.run["exchanges"]
    assert record.run["encounters"] == 12
    assert len(record.parties["party"]) == 30
    last = record.parties["step"] == 4
    assert record.steps["gini"][-1] == pytest.approx(gini(record.parties["wealth"][last]))
    assert record.parties["gain"][last].sum() == pytest.approx(0)
    ends = run(exchange="split", network="complete(n=6)", max_steps=4, record=["parties"]).recorded()
    assert sorted(set(ends.parties["step"].tolist())) == [0, 4]
    assert not ends.steps


def test_parties_show_what_they_hold() -> None:
    model = run(network="complete(n=2)", endowment="given(amounts=[[4, 1], [1, 4]])")
    one, _ = model.agents
    assert one.holdings == (2.5, 2.5)
    assert one.opinion == 1.0
    money = run(exchange="coin", network="complete(n=4)", endowment="equal(amount=3)", max_steps=3)
    assert sum(each.opinion for each in money.agents) == 12


def test_100000_parties_need_no_links_written_down() -> None:
    model = run(exchange="coin", network="complete(n=100000)", max_steps=1, record=())
    assert "indices" not in vars(model.network)
    assert model.outcome()["edges"] == 4_999_950_000


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"endowment": "given(amounts=[[1, 1], [1, -1]])", "network": "complete(n=2)"}, "at least 0"),
        (
            {"endowment": "given(amounts=[[1, 1], [1, 0]])", "network": "complete(n=2)"},
            "party 1 has nothing of a good",
        ),
        (
            {"endowment": "given(amounts=[1, 2, 3])", "exchange": "coin"},
            "amounts to 3 parties, but there are 50",
        ),
        ({"exchange": "barter(a=[0.5, 0.4])"}, "a has 2 entries for 50 parties"),
        ({"exchange": "barter(a=1.5)"}, "exponents must lie between 0 and 1"),
        (
            {"network": {"name": "given", "network": nx.empty_graph(3), "connected": "any"}},
            "node 0 has no neighbour and can meet nobody",
        ),
        ({"traitors": 50}, "1 must be honest"),
        ({"traitors": 1, "conduct": "forging"}, "makes no deals"),
        ({"traitors": 1, "placement": "given(nodes=[60])"}, "60"),
    ],
)
def test_bad_input(parameters: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Exchange(rng=1, **parameters)


def test_many_runs_are_single_runs() -> None:
    scenario = Exchange.Scenario(exchange=PRICED, traitors=3, conduct="random", max_steps=20)
    seeds = [Seed(1, replicate) for replicate in range(3)]
    assert Exchange.run_many(scenario, seeds) == [
        Exchange(scenario, rng=seed).run().recorded() for seed in seeds
    ]
