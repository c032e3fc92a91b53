"""Legislatures: the paper's numbers, what always holds, what chance does, and what the verdict sees."""

from math import isnan
from typing import Any

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.analysis.theory.legislative_bargaining import proposers_by_lot, proposers_in_turn
from accord.models import Legislature
from accord.models.catalogue.legislature import Proposal
from accord.models.deal import Deal, Ending
from accord.models.seeds import Seed
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import chisquare


def run(**parameters: Any) -> Legislature:
    return Legislature(**{"rng": 1, **parameters}).run()


def shares(model: Legislature) -> list[float]:
    """Return the shares, the greatest first."""
    assert model.deal is not None
    return sorted(model.deal.outcome, reverse=True)


# Known answers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "quota", "discount", "expected"),
    [  # Baron, Ferejohn 1989: 1 - d(q - 1)/n to the proposer, d/n to q - 1 partners, at once
        (3, 2, 1.0, [2 / 3, 1 / 3, 0]),
        (5, 3, 0.8, [0.68, 0.16, 0.16, 0, 0]),
        (5, "majority", 0.8, [0.68, 0.16, 0.16, 0, 0]),
        (3, "unanimity", 0.9, [0.4, 0.3, 0.3]),
        (5, "two-thirds", 1.0, [0.4, 0.2, 0.2, 0.2, 0]),
        (6, "two-thirds", 1.0, [0.5, 1 / 6, 1 / 6, 1 / 6, 0, 0]),
        (4, 1, 0.9, [1, 0, 0, 0]),
        (101, "majority", 1.0, [0.504950] + [0.009901] * 50 + [0] * 50),
    ],
)
def test_by_lot(n: int, quota: int | str, discount: float, expected: list[float]) -> None:
    model = run(network=f"complete(n={n})", quota=quota, discount=discount)
    assert shares(model) == pytest.approx(expected, abs=5e-7)
    outcome = model.outcome()
    assert outcome["proposer_share"] == max(shares(model))
    assert (outcome["round"], outcome["proposals"], outcome["welfare"]) == (0, 1, 1)
    assert (
        outcome["coalition"]
        == outcome["votes"]
        == outcome["needed"]
        == model.quota
        == np.count_nonzero(expected)
    )
    assert {each.status.value for each in model.verdict.values()} == {"held"}


@pytest.mark.parametrize("discount", [0.3, 0.9, 1.0])
def test_in_turn_the_first_proposer_takes_all(discount: float) -> None:
    # Ali, Bernheim, Fan 2019: all but the next proposer vote for nothing
    model = run(network="complete(n=5)", recognition="rotating", discount=discount)
    assert shares(model) == [1, 0, 0, 0, 0]
    assert model.outcome()["votes"] == 4
    assert not model.proposals[0].votes[1]
    assert model.outcome()["partner_share"] == 0


def test_unanimity_in_turn() -> None:
    model = run(network="complete(n=3)", quota=3, recognition="rotating", discount=0.5)
    assert model.deal.outcome == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    # two are Rubinstein's
    model = run(network="complete(n=2)", recognition="rotating", discount=0.9)
    assert model.deal.outcome == pytest.approx([0.5263158, 0.4736842], abs=5e-8)


@pytest.mark.parametrize("quota", ["majority", "unanimity"])
def test_who_always_proposes_takes_all(quota: str) -> None:
    model = run(network="complete(n=5)", quota=quota, recognition="fixed", discount=0.9)
    assert model.deal == Deal((0, 1, 2, 3, 4), (1.0, 0.0, 0.0, 0.0, 0.0), 0, Ending.AGREED)


@pytest.mark.parametrize("recognition", ["random", "rotating", "fixed"])
def test_in_the_last_round_the_proposer_takes_all(recognition: str) -> None:
    model = run(network="complete(n=5)", quota="unanimity", recognition=recognition, deadline=1)
    assert shares(model) == [1, 0, 0, 0, 0]
    assert model.verdict.rationality == "held"


def test_chance_of_a_break_off_is_impatience() -> None:
    model = run(network="complete(n=5)", discount=0.8, break_off=0.25)
    assert shares(model) == pytest.approx(proposers_by_lot(5, 3, 0.6))


def test_gini() -> None:
    assert run().outcome()["gini"] == pytest.approx(4 / 9)  # of 0, 1/3, 2/3
    assert run(recognition="fixed", network="complete(n=10)").outcome()["gini"] == pytest.approx(0.9)
    assert run(quota=3).outcome()["gini"] == pytest.approx(0, abs=1e-12)


# Properties -------------------------------------------------------------------------------------------

sizes = st.integers(2, 12).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n)))


@given(sizes, st.floats(0.01, 1), st.sampled_from(["random", "rotating"]), st.integers(0, 1000))
@settings(deadline=None, max_examples=60)
def test_the_first_proposal_passes_as_theory_says(
    size: tuple[int, int], discount: float, recognition: str, seed: int
) -> None:
    n, quota = size
    model = run(network=f"complete(n={n})", quota=quota, discount=discount, recognition=recognition, rng=seed)
    theory = proposers_by_lot if recognition == "random" else proposers_in_turn
    assert shares(model) == pytest.approx(theory(n, quota, discount), abs=1e-9)
    assert not model.verdict.violated
    assert model.verdict.agreement == model.verdict.termination == "held"
    assert len(model.passed.partners) == quota - 1
    assert model.passed.votes[model.passed.partners].all()


@given(
    size=sizes,
    discount=st.floats(0.01, 1),
    generosity=st.floats(0, 5),
    demand=st.floats(0, 5),
    tremble=st.floats(0, 1),
    recognition=st.sampled_from(["random", "rotating", "fixed"]),
    deadline=st.none() | st.integers(1, 12),
    seed=st.integers(0, 100),
)
@settings(deadline=None, max_examples=80)
def test_whatever_members_do_what_passes_is_valid(
    size: tuple[int, int], deadline: int | None, seed: int, **members: Any
) -> None:
    n, quota = size
    model = run(
        network=f"complete(n={n})",
        quota=quota,
        deadline=deadline,
        rng=seed,
        max_steps=20,
        break_off=0.1,
        **members,
    )
    assert model.verdict.validity == "held"
    assert "agreement" not in model.verdict.violated
    for proposal in model.proposals:
        assert proposal.shares.min() >= 0
        assert proposal.shares.sum() == pytest.approx(1, abs=1e-9)
        assert proposal.votes[proposal.proposer]
    for proposal in model.proposals[:-1]:
        assert proposal.votes.sum() < quota
    outcome = model.outcome()
    assert (
        (outcome["ended"] == "agreed") == (outcome["welfare"] > 0) == (not isnan(outcome["proposer_share"]))
    )


@given(
    st.sampled_from(
        ["path(n=6)", "star(n=7)", "ring(n=8)", "karate", "erdos-renyi(n=9, p=0.4)", "barbell(m1=4)"]
    ),
    st.integers(1, 6),
    st.integers(1, 30),
    st.sampled_from(["random", "rotating"]),
    st.integers(0, 100),
)
@settings(deadline=None, max_examples=60)
def test_proposers_give_to_neighbours_only(
    network: str, quota: int, deadline: int, recognition: str, seed: int
) -> None:
    model = run(
        network=network, quota=quota, deadline=deadline, recognition=recognition, discount=0.9, rng=seed
    )
    for proposal in model.proposals:
        near = {proposal.proposer, *model.network.neighbours(proposal.proposer).tolist()}
        assert set(np.flatnonzero(proposal.shares).tolist()) <= near
    assert model.deal.ending is Ending.AGREED  # in the last round at the latest
    assert not model.verdict.violated


def test_a_leaf_of_a_star_asks_for_everything_and_waits() -> None:
    for seed in range(20):
        model = run(network="star(n=5)", quota=3, discount=0.9, deadline=20, rng=seed)
        *failed, last = model.proposals
        assert all(each.proposer != 0 and each.shares[each.proposer] == 1 for each in failed)
        assert last.proposer == 0 or last.round == 19


# Members who depart from equilibrium ------------------------------------------------------------------


def test_generous_proposers_give_more() -> None:
    model = run(network="complete(n=5)", discount=0.8, generosity=1.5)
    assert shares(model) == pytest.approx([0.52, 0.24, 0.24, 0, 0])
    assert model.verdict.rationality == "held"


def test_nobody_gives_away_more_than_there_is() -> None:
    model = run(network="complete(n=3)", quota=3, generosity=10)
    assert shares(model) == pytest.approx([0.5, 0.5, 0])
    assert model.deal.outcome[model.passed.proposer] == 0
    assert model.verdict["rationality"].witnesses == (model.passed.proposer,)


def test_stingy_proposers_get_nothing_until_the_last_round() -> None:
    model = run(generosity=0.5, max_steps=30)
    assert (model.deal, model.clock, model.verdict.termination) == (None, 30, "inconclusive")
    assert model.outcome()["ended"] == "open"
    model = run(generosity=0.5, deadline=4, discount=0.9)
    assert (model.deal.round, shares(model)) == (3, [1, 0, 0])
    assert model.outcome()["welfare"] == pytest.approx(0.9**3)


def test_a_demand_is_met_by_as_much_generosity() -> None:
    assert run(demand=2, max_steps=5).passed is None
    assert shares(run(demand=2, generosity=2, discount=0.6)) == pytest.approx([0.6, 0.4, 0])


def test_who_votes_for_less_than_waiting_is_not_rational() -> None:
    model = run(generosity=0.5, demand=0.5)
    assert shares(model) == pytest.approx([5 / 6, 1 / 6, 0])
    partner = int(model.passed.partners[0])
    assert model.verdict["rationality"].witnesses == (partner,)
    assert model.verdict["rationality"].step == 1


# Chance -----------------------------------------------------------------------------------------------


def seeded(runs: int, **parameters: Any) -> list[Legislature]:
    scenario = Legislature.Scenario(**parameters)
    return [Legislature(scenario, rng=Seed(7, replicate)).run() for replicate in range(runs)]


PAIRS = [(one, two) for one in range(1, 5) for two in range(one + 1, 5)]


def test_everybody_proposes_and_is_a_partner_as_often() -> None:
    # seeded; a right program fails either test for one seed in a thousand
    models = seeded(1500, network="complete(n=5)")
    assert chisquare(np.bincount([each.passed.proposer for each in models])).pvalue > 1e-3
    pairs = [tuple((each.passed.partners - each.passed.proposer) % 5) for each in models]
    counts = np.array([pairs.count(pair) + pairs.count(pair[::-1]) for pair in PAIRS])
    assert counts.sum() == 1500
    assert chisquare(counts).pvalue > 1e-3


def test_trembles_delay() -> None:
    # of three one must vote with the proposer: nobody does with probability p(1 - p), so rounds are geometric
    p, runs = 0.3, 1500
    models = seeded(runs, tremble=p)
    fails = p * (1 - p)
    rounds = np.array([each.deal.round for each in models])
    # seeded; four standard errors: a right program fails for one seed in 16,000
    assert abs(rounds.mean() - fails / (1 - fails)) < 4 * np.sqrt(fails) / (1 - fails) / np.sqrt(runs)
    assert {each.verdict.validity.value for each in models} == {"held"}


def test_break_offs_come_as_often_as_they_should() -> None:
    models = seeded(1000, demand=3, break_off=0.25)
    assert {each.deal.ending for each in models} == {Ending.BROKEN_OFF}
    rounds = np.array([each.outcome()["proposals"] for each in models])
    late = next(
        each for each in seeded(50, tremble=0.5, break_off=0.1, discount=0.9) if each.outcome()["round"] > 0
    )
    assert late.outcome()["welfare"] == pytest.approx(0.9**late.deal.round)
    # seeded; geometric with mean 4; four standard errors
    assert abs(rounds.mean() - 4) < 4 * np.sqrt(0.75) / 0.25 / np.sqrt(1000)


# Planted ----------------------------------------------------------------------------------------------


class Stuffed(Legislature):
    """A vote is counted twice."""

    def count(self, votes: NDArray[np.bool_]) -> int:
        return super().count(votes) + 1


class Lost(Legislature):
    """A vote is lost."""

    def count(self, votes: NDArray[np.bool_]) -> int:
        return super().count(votes) - 1


class Printing(Legislature):
    """More is divided than there is."""

    def propose(self, number: int, proposer: int) -> Proposal:
        proposal = super().propose(number, proposer)
        proposal.shares[proposer] += 0.01
        return proposal


class Indebted(Legislature):
    """Somebody has to pay."""

    def propose(self, number: int, proposer: int) -> Proposal:
        proposal = super().propose(number, proposer)
        poor = int(np.argmin(proposal.shares))
        proposal.shares[poor] -= 0.01
        proposal.shares[proposer] += 0.01
        return proposal


@pytest.mark.parametrize(
    ("kind", "parameters", "reason"),
    [
        (Stuffed, {"generosity": 0.5}, "1 voted for it, and the quota is 2"),
        (Printing, {}, "the shares sum to 1.01"),
        (Indebted, {}, "a share is -0.01"),
    ],
)
def test_the_verdict_sees_what_should_not_have_passed(
    kind: type[Legislature], parameters: dict[str, Any], reason: str
) -> None:
    model = kind(rng=1, **parameters).run()
    judged = model.verdict["validity"]
    assert (judged.status, judged.reason, judged.step) == ("violated", reason, 1)
    assert judged.witnesses
    assert kind.__mro__[1](rng=1, **parameters, max_steps=9).run().verdict.validity == "held"


def test_the_verdict_sees_what_should_have_passed() -> None:
    model = Lost(rng=1, max_steps=3).run()
    assert model.verdict["agreement"].status == "violated"
    assert model.verdict["agreement"].reason == "in equilibrium the first proposal passes"


# What a run leaves behind -----------------------------------------------------------------------------


def test_steps_tell_votes_and_what_they_lacked() -> None:
    model = run(network="complete(n=5)", generosity=0.5, deadline=3, discount=0.9)
    steps = model.step_columns()
    assert steps["disagreement"].tolist() == [3, 2, 2, 0]
    assert steps["votes"].tolist() == [0, 1, 1, 5]
    assert steps["proposer_share"][1:] == pytest.approx([0.82, 0.82, 1])
    assert isnan(steps["proposer_share"][0])


def test_members_are_parties() -> None:
    model = Legislature(network="complete(n=3)", rng=1)
    assert model.opinions.tolist() == [0, 0, 0]
    model.run()
    proposer, partner = model.passed.proposer, int(model.passed.partners[0])
    members = list(model.agents)
    assert members[proposer].opinion == pytest.approx(2 / 3)
    assert members[partner].votes == [True]
    assert sum(member.votes[0] for member in members) == 2
    assert repr(members[partner]) == f"<Legislator {partner}: 0.333333>"
    members[0].opinion = 9.0  # what was proposed is a record
    assert sum(model.deal.outcome) == pytest.approx(1) == model.opinions.sum()


def test_party_columns_at_the_ends_or_throughout() -> None:
    settings = {"generosity": 0.5, "deadline": 3, "rng": 1}
    ends = Legislature(**settings, record=["parties"]).run().recorded().parties
    assert ends["step"].tolist() == [0, 0, 0, 3, 3, 3]
    assert sorted(ends["share"][3:]) == [0, 0, 1]
    assert ends["vote"][3:].all()
    whole = Legislature(**settings, record=["trajectories"]).run().recorded().parties
    assert whole["step"].tolist() == np.repeat(range(4), 3).tolist()
    assert whole["vote"][3:9].sum() == 2


# Bad input --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"quota": 4}, "quota=4, n=3: more votes than members .* use quota=1..3"),
        ({"quota": 0}, "quota: 0 is no quota; use a number of votes from 1, or one of majority, two-thirds"),
        ({"quota": "most"}, "'most' is no quota"),
        ({"quota": 1.5}, "1.5 is no quota"),
        ({"discount": 0}, "discount=0 must be greater than 0"),
        ({"discount": 1.01}, "discount=1.01 must be at most 1"),
        ({"discount": float("nan")}, "discount"),
        ({"deadline": 0}, "deadline=0 must be at least 1"),
        ({"break_off": 1}, "break_off=1 must be less than 1"),
        ({"generosity": -1}, "generosity=-1 must be at least 0"),
        ({"tremble": 2}, "tremble=2 must be at most 1"),
        ({"recognition": "shouting"}, "recognition='shouting'"),
        ({"network": "path(n=4)"}, "network=path.*deadline=None"),
    ],
)
def test_bad_input(parameters: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        Legislature.Scenario(**parameters)
    assert "\n" not in str(caught.value)


def test_a_legislature_has_two_members(tmp_path: Any) -> None:
    (tmp_path / "one.graphml").write_text(
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="undirected">'
        '<node id="a"/></graph></graphml>'
    )
    with pytest.raises(InputError):
        Legislature(network=f"file(path={tmp_path / 'one.graphml'})")


def test_a_random_network_is_checked_when_it_is_known() -> None:
    with pytest.raises(InputError, match="quota=9, n=5"):
        Legislature(network="erdos-renyi(n=5, p=0.5)", quota=9, deadline=5, rng=1)


def test_a_quota_in_digits_is_a_number() -> None:
    assert Legislature.Scenario(quota="2").quota == 2
