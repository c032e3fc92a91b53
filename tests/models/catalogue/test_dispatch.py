"""Price consensus: known answers on the 30-bus system, what always holds, and what lies do and are caught by."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from accord.agents.conducts import conducts
from accord.agents.errors import InputError
from accord.analysis.theory.dispatch import lie
from accord.analysis.theory.robustness import is_rs_robust
from accord.models import Dispatch
from accord.models.deal import Catch, Ending
from accord.models.economic_dispatch import feedback_limit, payments
from accord.models.networks import network
from hypothesis import given, settings
from hypothesis import strategies as st

RING, COMPLETE = "ring(n=6)", "complete(n=6)"


def run(**parameters: Any) -> Dispatch:
    return Dispatch(**{"rng": 1, **parameters}).run()


def case30(**parameters: Any) -> Dispatch:
    return run(**{"case": "ieee(case30)", "feedback": 0.005, **parameters})


def liar(conduct: str, node: int = 2, **parameters: Any) -> Dispatch:
    return case30(traitors=1, conduct=conduct, placement=f"given(nodes=[{node}])", **parameters)


# Known answers ----------------------------------------------------------------------------------------
# Costs of MATPOWER's case30; algorithm of Yang, Tan, Xu 2013, Metropolis weights, feedback 0.005, from equal shares


@pytest.mark.parametrize(("topology", "rounds"), [(RING, 134), (COMPLETE, 136)])
def test_case30_without_a_leader(topology: str, rounds: int) -> None:
    model = case30(network=topology)
    assert model.clock == rounds
    assert abs(model.mismatch) < 1e-5
    assert np.abs(model.prices[-1] - model.prices[-2]).max() < 1e-10
    assert model.price == pytest.approx(3.789196, abs=5e-7)
    assert model.units.cost(model.delivered) == pytest.approx(565.2060, abs=5e-5)
    assert {each.status for each in model.verdict.values()} == {"held"}
    assert not any(each.vacuous for each in model.verdict.values())


@pytest.mark.parametrize("leader", [0, 5])
def test_case30_with_a_leader(leader: int) -> None:
    # Zhang, Chow 2012: the same price, whoever leads
    model = case30(leader=leader)
    assert model.price == pytest.approx(3.789196, abs=5e-7)
    assert np.count_nonzero(model.mismatches[3]) == 1
    assert model.verdict.violated == ()


def test_the_textbook() -> None:
    # Wood, Wollenberg, example 3A
    model = run()
    assert model.price == pytest.approx(9.148263, abs=5e-7)
    assert model.delivered == pytest.approx(np.array([393.170, 334.604, 122.226]), abs=5e-4)


def test_one_stubborn_price_freezes_the_others() -> None:
    # it never says anything but 5, so that nobody gets to 3.79, though all know that there is too much
    model = liar("stubborn(value=5)")
    assert model.prices[-1].round(2).tolist() == [4.21, 4.51, 5, 4.51, 4.21, 4.12]
    assert model.delivered.sum() == pytest.approx(267.8, abs=0.05)
    assert model.verdict.violated == ("agreement", "balance", "optimality")
    assert model.verdict.termination == "held"
    everywhere = liar("stubborn(value=5)", network=COMPLETE)
    assert everywhere.step_columns()["disagreement"][-1] == pytest.approx(0, abs=1e-9)  # of the honest
    assert everywhere.delivered.sum() == pytest.approx(288.4, abs=0.05)
    assert everywhere.verdict.agreement == "held"


def test_trimming_repairs_it_where_the_network_is_robust() -> None:
    # LeBlanc et al. 2013: (f + 1, f + 1)-robustness is what W-MSR needs to agree despite f traitors
    assert not is_rs_robust(network(RING), 2, 2)
    assert is_rs_robust(network(COMPLETE), 2, 2)
    split = liar("stubborn(value=5)", rule="w-msr")
    assert split.verdict["agreement"].witnesses
    whole = liar("stubborn(value=5)", rule="w-msr", network=COMPLETE)
    assert (whole.verdict.agreement, whole.verdict.balance) == ("held", "held")
    # but the liar runs at its own price, and the others make up for it
    assert whole.verdict.optimality == "violated"
    assert whole.gains()[2] < whole.dues()[2]
    assert whole.price == pytest.approx(whole.prices[-1][0])  # nobody pays the liar's price


@pytest.mark.parametrize(("unit", "factor"), [(0, 1.1), (3, 1.05)])
def test_a_lie_about_costs_gains_what_theory_says(unit: int, factor: float) -> None:
    model = liar(f"misreport(factor={factor})", unit)
    known = lie(model.units, unit, factor)
    assert model.gains()[unit] == pytest.approx(known.gain, abs=1e-5)
    assert model.outcome()["excess_cost"] == pytest.approx(known.excess_cost, abs=1e-7)
    assert model.gains()[unit] > model.dues()[unit]
    assert not model.caught
    honest = model.scenario.but(payment="vcg")
    vcg = Dispatch(honest, rng=1).run()
    assert vcg.gains()[unit] == pytest.approx(lie(model.units, unit, factor, "vcg").gain, abs=1e-5)
    assert vcg.gains()[unit] < vcg.dues()[unit]


@pytest.mark.parametrize("topology", [RING, COMPLETE, "harary(k=3, n=6)"])
def test_prices_rest_below_the_limit_of_feedback_and_swing_beyond(topology: str) -> None:
    at_half = case30(network=topology, feedback=None)
    limit = feedback_limit(at_half.units, at_half.scenario.weights.matrix(at_half.network).toarray())
    assert at_half.verdict.optimality == "held"
    assert case30(network=topology, feedback=0.95 * limit, max_steps=2000).verdict.optimality == "held"
    beyond = case30(network=topology, feedback=1.05 * limit, max_steps=2000)
    assert beyond.verdict.termination == "inconclusive"
    assert set(beyond.verdict.violated) >= {"agreement", "balance"}


# What always holds ------------------------------------------------------------------------------------

unit_rows = st.lists(
    st.tuples(st.floats(0.005, 0.1), st.floats(1, 5), st.floats(0, 10), st.floats(0, 20), st.floats(40, 100)),
    min_size=3,
    max_size=7,
)


@settings(deadline=None, max_examples=25)
@given(unit_rows, st.floats(0.1, 0.9), st.booleans())
def test_the_honest_find_the_least_cost(rows: list[tuple[float, ...]], level: float, leads: bool) -> None:
    low, high = sum(row[3] for row in rows), sum(row[4] for row in rows)
    case = {"name": "given", "units": rows, "demand": low + level * (high - low)}
    model = run(case=case, network=f"complete(n={len(rows)})", leader=0 if leads else None, max_steps=20_000)
    assert model.verdict.violated == ()
    assert model.verdict.termination == "held"
    # nobody knows it, but all estimates together are what is missing in every round
    for powers, mismatch in zip(model.powers, model.mismatches, strict=True):
        assert mismatch.sum() == pytest.approx(model.units.demand - powers.sum(), abs=1e-6)
    assert model.gains() == pytest.approx(model.dues(), abs=1e-2)


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from([name for name in conducts if conducts[name]().deals]),
    st.integers(1, 5),
    st.sampled_from([RING, COMPLETE]),
    st.sampled_from(["linear", "w-msr", "median"]),
    st.sampled_from(["uniform", "vcg"]),
    st.sampled_from([None, 0]),
)
def test_any_lie_anywhere_ends_in_the_same_form(
    conduct: str, traitors: int, topology: str, rule: str, payment: str, leader: int | None
) -> None:
    parameters = {"network": topology, "rule": rule, "payment": payment, "leader": leader}
    model = case30(traitors=traitors, conduct=conduct, max_steps=60, **parameters)
    assert model.verdict.validity == "held"
    (deal,) = model.deals
    assert (deal.parties, deal.round) == (tuple(range(6)), model.clock)
    assert deal.outcome == tuple(model.powers[-1].tolist())
    assert set(model.caught) <= set(model.traitors.tolist())
    assert np.isfinite(model.gains()).all()
    assert np.isfinite([*model.outcome().values()][3:5]).all()
    keeps = model.delivered == model.powers[-1]
    assert keeps[model.honest].all()
    assert (deal.ending is Ending.BREACHED) == (set(model.caught.values()) >= {Catch.SETTLEMENT})


# Lies -------------------------------------------------------------------------------------------------


def test_what_every_neighbour_is_told_counts() -> None:
    model = case30(network=COMPLETE, traitors=1, conduct="equivocating", placement="first", max_steps=1)
    price, mismatch = model.prices[0], model.mismatches[0]
    told = np.linspace(
        0, 14.5, 5
    )  # from nothing to twice the greatest marginal cost, that of unit 2 at 50 MW
    assert price[0] == pytest.approx(told.mean())
    others = (told + price[1:].sum()) / 6
    assert model.prices[1][1:] == pytest.approx(others + 0.005 * mismatch[1:])


def test_payments_go_by_what_is_claimed() -> None:
    model = liar("misreport(factor=1.3)", 0, payment="vcg")
    expected = payments(model.claimed, model.powers[-1], model.price, "vcg")
    assert model.gains() + model.units.running_costs(model.delivered) == pytest.approx(expected)
    assert (expected[1:] > payments(model.units, model.powers[-1], model.price, "vcg")[1:] + 0.1).all()


def test_who_may_break_its_word_does_so_by_luck() -> None:
    caught = [len(Dispatch(traitors=1, conduct="breach(p=0.5)", rng=seed).run().caught) for seed in range(20)]
    assert 3 <= sum(caught) <= 17  # misses with probability 4e-4


@pytest.mark.parametrize("payment", ["uniform", "vcg"])
def test_who_breaks_its_word_is_caught_and_unpaid(payment: str) -> None:
    model = liar("breach", 1, payment=payment)
    assert model.delivered[1] == 0 < model.powers[-1][1]
    assert model.gains()[1] == 0
    assert model.gains()[0] == pytest.approx(
        model.dues()[0], abs=1e-5
    )  # the others are paid for what they do
    assert model.caught == {1: Catch.SETTLEMENT}
    assert model.deals[0].ending is Ending.BREACHED
    assert model.verdict["balance"].witnesses == (1,)
    assert model.verdict.optimality == "inconclusive"  # what was not produced cost nothing
    assert model.outcome()["breached"] == 1


@pytest.mark.parametrize(
    ("conduct", "topology", "caught"),
    [
        ("equivocating", COMPLETE, {2: Catch.COMPARISON}),
        ("equivocating", RING, {}),
        ("silent", RING, {2: Catch.SILENCE}),
        ("stubborn", COMPLETE, {}),
        ("bluff", COMPLETE, {}),
    ],
)
def test_who_is_caught_by_what(conduct: str, topology: str, caught: dict[int, Catch]) -> None:
    assert liar(conduct, network=topology, max_steps=200).caught == caught


def test_who_is_silent_about_prices_does_no_harm() -> None:
    # it hears, and it takes part in estimating what is missing
    assert liar("silent").verdict.violated == ()


def test_what_a_traitor_quotes_can_be_asked() -> None:
    model = liar("stubborn(value=5)")
    assert model.quotes(2) == {1: 5, 3: 5}
    assert model.quotes(0) == {1: model.prices[-1][0], 5: model.prices[-1][0]}


def test_a_liar_that_never_rests_is_cut_off() -> None:
    model = liar("drift(rate=0.001)", max_steps=300)
    assert model.clock == 300
    assert model.verdict.termination == "inconclusive"
    assert len(model.deals) == 1


def test_luck_is_that_of_the_replicate_whatever_the_rest() -> None:
    def first(**parameters: Any) -> list[float]:
        model = Dispatch(case="ieee", traitors=1, conduct="random", placement="first", rng=3, **parameters)
        return list(model.quotes(0).values())

    assert first() == first(payment="vcg") == first(rule="median") == first(leader=1)


# What a run leaves behind -----------------------------------------------------------------------------


def test_columns() -> None:
    model = case30()
    row = model.outcome()
    assert row["paid"] == pytest.approx(3.789196 * 189.2, abs=1e-3)
    assert row["honest_gain"] == pytest.approx(row["honest_due"], abs=1e-5)
    steps = model.step_columns()
    assert all(len(column) == model.clock + 1 for column in steps.values())
    assert steps["mismatch"][-1] == pytest.approx(row["mismatch"])
    assert steps["cost"][-1] == pytest.approx(row["optimal_cost"])
    parties = model.party_columns()
    assert parties["power"] == pytest.approx(parties["optimal_power"], abs=1e-5)
    assert all(one == pytest.approx(other) for one, other in pairwise(parties["price"]))
    assert [agent.opinion for agent in model.agents] == model.prices[-1].tolist()


def test_vcg_pays_more_than_the_price() -> None:
    model = case30(payment="vcg")
    best = model.best
    assert model.dues().sum() == pytest.approx(
        payments(model.units, best.powers, best.price, "vcg").sum()
        - model.units.running_costs(best.powers).sum()
    )
    assert (model.dues() > case30().dues()).all()


def test_units_sit_in_a_ring_unless_told_otherwise() -> None:
    two = "given(units=[[0.1, 1, 0, 0, 9], [0.1, 1, 0, 0, 9]], demand=10)"
    assert str(Dispatch.Scenario(case="ieee").network) == RING
    assert str(Dispatch.Scenario(case=two).network) == "complete(n=2)"
    assert (
        str(Dispatch.Scenario(**{"case": "ieee", "network": "complete", "network.n": 6}).network) == COMPLETE
    )
    assert run(case=two).verdict.violated == ()


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"network": "ring(n=5)"}, "ring.n=5. has 5 nodes, and case=ieee has 6 units; .*complete.n=6."),
        ({"case": "wood-wollenberg", "network": "ring(n=3)", "payment": "vcg"}, "without unit 0"),
        ({"case": "ieee(case24_ieee_rts)"}, "cost of unit .* is linear"),
        ({"case": "ieee(case31)"}, "unknown case of pypower"),
        ({"case": "wodd-wollenberg"}, "did you mean 'wood-wollenberg'"),
        ({"leader": 6}, "leader=6, but ring.n=6. has 6 nodes; use 0..5, or none"),
        ({"traitors": 6}, "traitors=6, .* must be honest"),
        ({"traitors": 1, "conduct": "forging"}, "makes no deals"),
        (
            {
                "network": "complete-bipartite(a=3, b=3)",
                "weights": "metropolis(plus_one=False)",
                "feedback": None,
            },
            "averaging oscillates for ever",
        ),
        ({"network": "erdos-renyi(n=9, p=0.9)"}, "9 nodes, and case=ieee has 6 units"),
    ],
)
def test_what_cannot_be(parameters: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told) as error:
        case30(**parameters)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"case": "wood-wollenberg", "payment": "vcg"}, "cannot be met.*use payment=uniform"),
        ({"case": "given(units=[[0.01, 2, 0, 10, 90]], demand=50)"}, "has one unit, and agreement needs two"),
        ({"case": "wood-wollenberg", "traitors": 3}, "1 must be honest; use traitors <= 2"),
    ],
)
def test_what_cannot_be_is_refused_with_a_way_out(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Dispatch.Scenario(**settings)
