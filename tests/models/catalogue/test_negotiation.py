"""Negotiation: tables, deals, what they are judged and measured by."""

from itertools import pairwise
from typing import Any

import mesa
import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.agents.party import Bargainer
from accord.agents.tactics.stubborn import Stubborn
from accord.analysis.theory.bargaining import rubinstein, stahl
from accord.analysis.theory.pie import kalai_smorodinsky, nash
from accord.models import Negotiation
from accord.models.agreement import AgreementModel
from accord.models.deal import Deal, Ending
from accord.models.seeds import Seed
from hypothesis import given, settings
from hypothesis import strategies as st

LINEAR = "time-dependent(beta=1)"
EQUAL = [[1.0, 0.0], [0.7, 0.6], [0.5, 0.5], [0.0, 1.0]]


def run(**given: Any) -> Negotiation:
    return Negotiation(**{"rng": 1, **given}).run()


# Known answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other"), [(0.9, 0.8), (0.8, 0.9), (0.9, 0.9), (0.5, 0.5)])
def test_equilibrium_play_gives_rubinsteins_share(one: float, other: float) -> None:
    # each rounding to the grid of 1e-5 moves the fixed point by less than 1 / (1 - d1 d2) steps
    model = run(
        domain=f"pie(steps=100000, discount=[{one}, {other}])",
        **{"tactic": "equilibrium", "rivals": "equilibrium", "information": "complete", "deadline": None},
    )
    outcome = model.outcome()
    assert outcome["share"] == pytest.approx(rubinstein(one, other), abs=1e-5 / (1 - one * other) + 1e-9)
    assert (outcome["round"], outcome["ended"]) == (0, "agreed")


@pytest.mark.parametrize("deadline", [1, 2, 3, 4, 10])
def test_a_deadline_gives_stahls_share(deadline: int) -> None:
    model = run(
        domain="pie(steps=100000, discount=0.9)",
        **{"tactic": "equilibrium", "rivals": "equilibrium", "information": "complete"},
        deadline=deadline,
    )
    assert model.outcome()["share"] == pytest.approx(stahl(deadline, 0.9, 0.9), abs=1e-5 / (1 - 0.81))
    assert model.deals[0].round == 0


def test_zeuthens_players_end_at_the_greatest_product_of_gains() -> None:
    for powers, share in (("[1, 1]", 5.0), ("[1, 0.5]", 6.7)):
        model = run(
            domain=f"pie(size=10, steps=100, powers={powers})",
            procedure="monotonic-concession",
            **{"tactic": "zeuthen", "rivals": "zeuthen", "information": "complete", "deadline": None},
        )
        assert model.outcome()["deal"] == f"share={share}"
        assert model.outcome()["nash_distance"] == 0


def test_two_linear_conceders_meet_in_the_middle_of_a_pie() -> None:
    outcome = run(domain="pie(steps=1000)", tactic=LINEAR, rivals=LINEAR, deadline=1000).outcome()
    assert outcome["share"] == pytest.approx(0.5, abs=2e-3)
    assert outcome["round"] == pytest.approx(500, abs=2)


def test_the_tougher_gets_more() -> None:
    tough = run(domain="pie(steps=1000)", tactic="time-dependent(beta=0.2)", rivals=LINEAR).outcome()
    soft = run(domain="pie(steps=1000)", tactic="time-dependent(beta=5)", rivals=LINEAR).outcome()
    assert soft["share"] < 0.3 < 0.7 < tough["share"]
    assert soft["round"] < tough["round"]


def test_distances_are_those_of_theorys_points() -> None:
    fine = "pie(steps=10000, powers=[1, 0.5])"
    for name, point in (("nash", nash(1, 0.5)), ("kalai_smorodinsky", kalai_smorodinsky(1, 0.5))):
        bargain = Negotiation.Scenario(domain=fine).domain.build(None)
        place = int(np.abs(bargain.utilities[:, 0] - point).argmin())
        for shift in (0, 500):
            model = run(
                domain=fine, tactic=_Asking(outcome=place + shift), rivals="time-dependent(beta=1000)"
            )
            there = np.linalg.norm(bargain.utilities[place + shift] - bargain.utilities[place])
            assert model.outcome()[f"{name}_distance"] == pytest.approx(there, abs=2e-3)
            assert model.outcome()["frontier_distance"] == 0


class _Asking(Stubborn):
    """Asks for one outcome, always."""

    outcome: int = 0

    def bid(self, view: Any) -> int:
        return self.outcome

    def plan(self, profile: Any, times: Any) -> None:
        return None


# Tables ------------------------------------------------------------------------------------------


def test_all_sit_at_one_table_or_two_at_each_link() -> None:
    assert [table.nodes for table in run(domain="random(parties=3)", network="complete(n=3)").tables] == [
        (0, 1, 2)
    ]
    ring = run(network="ring(n=4)", domain=EQUAL)
    assert sorted(table.nodes for table in ring.tables) == [(0, 1), (0, 3), (1, 2), (2, 3)]
    assert sorted(deal.parties for deal in ring.deals) == [(0, 1), (0, 3), (1, 2), (2, 3)]
    outcome = ring.outcome()
    assert (outcome["tables"], outcome["deals"], outcome["deal"]) == (4, 4, "")


def test_each_link_has_a_bargain_of_its_own_where_they_are_drawn() -> None:
    model = run(network="ring(n=4)", domain="random(levels=3)")
    assert len({bargain.digest for bargain in model.bargains}) == 4


def test_parties_show_what_they_want_and_have() -> None:
    model = Negotiation(domain=EQUAL, rivals=LINEAR, tactic=LINEAR, rng=1)
    parties = list(model.agents)
    assert [type(party) for party in parties] == [Bargainer, Bargainer]
    assert [party.opinion for party in parties] == [1.0, 1.0]
    model.run()
    assert model.deals == [Deal((0, 1), 1, model.deals[0].round, Ending.AGREED)]
    assert [party.opinion for party in parties] == [0.7, 0.6]
    assert parties[0].deals == model.deals
    assert parties[1].profiles[0].utilities.tolist() == [0.0, 0.6, 0.5, 1.0]
    assert repr(parties[0]) == "<Bargainer 0: 0.7>"


def test_no_zone_of_agreement_is_a_result() -> None:
    model = run(domain="pie(steps=10, reservation=[0.7, 0.7])")
    outcome = model.outcome()
    assert (outcome["zone"], outcome["deals"], outcome["ended"]) == (0, 0, "deadline")
    assert (outcome["utility"], outcome["rival_utility"], outcome["nash_product"]) == (0.7, 0.7, 0)
    assert np.isnan([outcome[name] for name in ("round", "share", "efficiency", "nash_distance")]).all()
    assert model.verdict["agreement"].status == "inconclusive"
    assert model.verdict["validity"].vacuous
    assert model.verdict.termination == "held"


def test_who_wants_nothing_leaves() -> None:
    model = run(domain="pie(steps=10, reservation=[0, 2])")
    assert model.outcome()["ended"] == "left"
    assert model.step_columns()["disagreement"].shape == (model.clock + 1,)
    nobody = run(domain="pie(steps=10, reservation=2)")
    assert (nobody.outcome()["offers"], nobody.outcome()["ended"]) == (0, "left")
    assert len(nobody.step_columns()["disagreement"]) == nobody.clock + 1


def test_waiting_costs() -> None:
    patient = run(domain="pie(steps=100)", tactic=LINEAR, rivals=LINEAR).outcome()
    hasty = run(domain="pie(steps=100, discount=0.9)", tactic=LINEAR, rivals=LINEAR).outcome()
    assert hasty["deal"] == patient["deal"]
    assert hasty["welfare"] == pytest.approx(patient["welfare"] * 0.9 ** patient["round"])
    assert hasty["efficiency"] == patient["efficiency"] == 1


def test_chance_breaks_off() -> None:
    endings = [run(break_off=0.5, rng=seed).outcome()["ended"] for seed in range(20)]
    assert endings.count("broken off") >= 15  # the chance that five or more go on for 50 rounds is nil
    assert run(break_off=0.5, rng=3).recorded() == run(break_off=0.5, rng=3).recorded()


def test_without_a_deadline_it_ends_at_max_steps() -> None:
    model = run(domain="pie(steps=10)", tactic="stubborn", rivals="stubborn", deadline=None, max_steps=30)
    assert (model.clock, model.outcome()["ended"], model.deals) == (30, "open", [])
    assert model.verdict["termination"].status == "inconclusive"


# Steps, all at once or one by one -----------------------------------------------------------------


@pytest.mark.parametrize(
    "tactic", ["time-dependent", "time-dependent(beta=3, k=0.1, form=exponential)", "stubborn"]
)
@pytest.mark.parametrize("accept", ["next", "constant(level=0.5)", "time(after=0.9)", "combined"])
@pytest.mark.parametrize("deadline", [1, 2, 9, 40])
def test_settling_at_once_changes_nothing(tactic: str, accept: str, deadline: int) -> None:
    chosen = f"{tactic[:-1]}, accept={accept})" if tactic.endswith(")") else f"{tactic}(accept={accept})"
    settings = {"domain": "random(levels=4, reservation=0.2)", "tactic": chosen, "rivals": LINEAR}
    for seed in range(3):
        slow = AgreementModel.run(Negotiation(**settings, deadline=deadline, rng=seed))
        quick = Negotiation(**settings, deadline=deadline, rng=seed).run()
        assert quick.tables[0].offers == slow.tables[0].offers
        assert quick.recorded() == slow.recorded()


def test_a_run_can_be_watched() -> None:
    model = Negotiation(domain="pie(steps=20)", tactic=LINEAR, rivals=LINEAR, deadline=20, rng=1)
    apart = []
    while model.running:
        model.step()
        apart.append(model.step_columns()["disagreement"][-1])
        assert len(model.tables[0].offers) == model.clock
    assert apart[-1] == 0
    assert all(one >= other for one, other in pairwise(apart[1:]))


@settings(deadline=None, max_examples=20)
@given(
    st.integers(0, 10**6),
    st.sampled_from(["micro", "tit-for-tat", "random", LINEAR, "time-dependent(trade_off=0.1)"]),
)
def test_nobody_gets_less_than_its_reservation_value(seed: int, tactic: str) -> None:
    model = Negotiation(
        domain="random(levels=4, reservation=[0.5, 0.3])", tactic=tactic, rng=seed, deadline=30
    ).run()
    assert model.verdict.violated == ()
    outcome = model.outcome()
    assert outcome["utility"] >= 0.5
    assert outcome["rival_utility"] >= 0.3


def test_a_deal_below_a_reservation_value_is_a_violation() -> None:
    class Giving(Stubborn):
        """Takes anything."""

        def respond(self, view: Any, offer: int | None) -> Any:
            from accord.agents.bargaining import Answer

            return super().respond(view, offer) if offer is None else Answer.ACCEPT

    model = run(domain="pie(steps=10, reservation=[0, 0.4])", tactic="stubborn", rivals=Giving())
    judgement = model.verdict["validity"]
    assert (judgement.status, judgement.witnesses) == ("violated", (1,))
    assert judgement.reason == "0 is less than the reservation value 0.4"


def test_run_many_is_many_runs() -> None:
    scenario = Negotiation.Scenario(domain="random(levels=3)", deadline=20)
    seeds = [Seed(1, replicate) for replicate in range(5)]
    together = Negotiation.run_many(scenario, seeds)
    assert together == [Negotiation(scenario, rng=seed).run().recorded() for seed in seeds]
    assert len({record.run["deal"] for record in together}) > 1


def test_it_runs_under_mesas_batch_run() -> None:
    rows = mesa.batch_run(
        Negotiation,
        {"domain": "pie(steps=10)", "deadline": [5, 10]},
        number_processes=1,
        max_steps=50,
        data_collection_period=-1,
        display_progress=False,
        **({"rng": [1]} if "rng" in mesa.batch_run.__code__.co_varnames else {"iterations": 1}),
    )
    assert [row["open"] for row in rows] == [0, 0]


# Bad input ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"deadline": 0}, "deadline=0 must be at least 1"),
        ({"break_off": 1}, "break_off=1 must be less than 1"),
        ({"tactic": "zeuthen"}, "tactic=zeuthen knows the others' preferences; use information='complete'"),
        ({"rivals": "equilibrium"}, "rivals=equilibrium knows the others' preferences"),
        ({"tactic": "zeuten"}, "did you mean .*zeuthen"),
        (
            {"domain": "random(parties=3)"},
            r"is for 3 parties, and complete\(n=2\) has 2 nodes; use network='complete\(n=3\)'",
        ),
        (
            {"domain": "random(parties=3)", "network": "complete(n=3)", "procedure": "monotonic-concession"},
            "monotonic-concession is for two parties, and 3 sit at the table",
        ),
        (
            {
                **{"domain": "random(parties=3)", "network": "complete(n=3)"},
                **{"rivals": "zeuthen", "information": "complete"},
            },
            r"rivals=zeuthen is for two parties, and domain=random\(parties=3\) is for 3; use a tactic that",
        ),
        ({"domain": "pie(discount=0)"}, "discount"),
        ({"domain": "pie(discount=1.1)"}, "discount"),
        ({"domain": "random(levels=10, issues=12)"}, "outcomes"),
        ({"domain": [[1.0, float("nan")]]}, "finite"),
        ({"tactic": "time-dependent(form=exponential)"}, "k=0: an exponential curve begins above 0"),
        ({"tactic": "time-dependent(beta=0)"}, "beta=0 must be greater than 0"),
    ],
)
def test_bad_input_is_refused_with_a_way_out(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message) as refusal:
        Negotiation(**settings, rng=1)
    assert "\n" not in str(refusal.value)
