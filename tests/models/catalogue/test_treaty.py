"""Treaties: what a quorum ratifies binds all, and nothing else binds anybody."""

from typing import Any

import numpy as np
import pytest
from accord.agents.abstaining import Abstaining
from accord.agents.conducts import Conduct, conducts
from accord.agents.errors import InputError
from accord.analysis.sequence_chart import SequenceChart
from accord.analysis.theory.quorums import dissemination, overlap
from accord.models import Treaty
from accord.models.bargain import Bargain
from accord.models.schedule import Schedule
from accord.models.shrinking import shrink
from hypothesis import given, settings
from hypothesis import strategies as st

ACTING = [name for name, kind in conducts.items() if kind.puppet is not Conduct.puppet]
VOTED = ["ratification", "bracha"]


def treaty(n: int, **given: Any) -> Treaty:
    """Return a model among n countries, each of which approves of about three deals in four."""
    domain = f"random(parties={n}, issues=1, reservation=0.2)"
    return Treaty(**{"network": f"complete(n={n})", "domain": domain, "rng": 1, **given})


def of(utilities: list[list[float]], **given: Any) -> Treaty:
    """Return a model about deals whose surplus for each country is given, a row a deal."""
    return Treaty(network=f"complete(n={len(utilities[0])})", domain=np.array(utilities), rng=1, **given)


# Known answers: the quorums of the reference file, ceil((n + f + 1) / 2), of which any two share f + 1


@pytest.mark.parametrize(("n", "f", "quorum", "shared"), [(4, 1, 3, 2), (7, 2, 5, 3), (10, 3, 7, 4)])
@pytest.mark.parametrize("protocol", VOTED)
def test_a_quorum_shares_an_honest_party_with_any_other(
    protocol: str, n: int, f: int, quorum: int, shared: int
) -> None:
    model = treaty(n, protocol=protocol, f=f)
    assert model.council.needed == quorum == dissemination(n, f)
    assert overlap(n, quorum, quorum) == shared == f + 1


@pytest.mark.parametrize(
    ("quorum", "needed"), [("majority", 6), ("two-thirds", 7), ("unanimity", 10), (4, 4)]
)
def test_quotas(quorum: Any, needed: int) -> None:
    outcome = treaty(10, protocol=f"ratification(quorum={quorum})").run().outcome()
    assert outcome["needed"] == needed
    assert (outcome["deals"] == 1) == (outcome["approvals"] >= needed)


def test_a_deal_that_a_quorum_wants_binds_all() -> None:
    model = of([[0, 0, 0, 0], [3, 1, -1, 2], [1, 1, 1, 1]], draft="selfish").run()
    [deal] = model.deals
    assert (deal.parties, deal.outcome, deal.round) == ((0, 1, 2, 3), 1, 2)
    row = model.recorded().run
    assert (row["ended"], row["deal"], row["approvals"], row["votes"]) == ("ratified", 1, 3, 3)
    assert row["honest_gain"] == row["honest_due"] == 1.25
    assert row["proposer_gain"] == 3
    assert model.verdict["termination"].step == 3
    # n - 1 proposals and certificates each, and the votes of two others; the proposer's own costs nothing
    assert row["messages"] == 3 + 2 + 4 * 3
    assert not any(judgement.vacuous for judgement in model.verdict.values())


def test_a_deal_that_too_few_want_is_not_owed() -> None:
    model = of([[0, 0, 0, 0], [3, 1, -1, -2]], draft="selfish").run()
    row = model.recorded().run
    assert (row["ended"], row["deals"], row["votes"]) == ("rejected", 0, 2)
    assert row["honest_gain"] == row["honest_due"] == 0
    assert (
        str(model.verdict["termination"].reason)
        == "2 honest parties approve the draft, and 3 votes are needed"
    )
    assert model.verdict.termination == "inconclusive"
    assert not model.verdict.violated


@pytest.mark.parametrize(
    ("draft", "drafts"), [("selfish", (2, 3)), ("passable", (3, 1)), ("utilitarian", (1, 0))]
)
def test_drafts(draft: str, drafts: tuple[int, int]) -> None:
    # the best for the proposer, the best for it that three would vote for, the greatest sum
    deals = [[-1, 9, 9, -9], [1, 5, 6, -1], [9, -1, -1, -1], [2, 1, 0, -1]]
    assert of([list(map(float, row)) for row in deals], draft=draft).council.drafts == drafts


# Safety and liveness


@pytest.mark.parametrize("protocol", VOTED)
@pytest.mark.parametrize("conduct", ACTING)
def test_no_conflict_with_fewer_than_a_third(protocol: str, conduct: str) -> None:
    for n, f, placement in ((4, 1, "first"), (7, 2, "first"), (7, 2, "last"), (10, 3, "random")):
        for scheduler, reservation in (("earliest", 0.2), ("random", 0.6), ("omniscient", 0.2)):
            domain = f"random(parties={n}, issues=1, reservation={reservation})"
            given = {"protocol": protocol, "conduct": conduct, "traitors": f, "placement": placement}
            channel = "constant" if scheduler == "earliest" else "uniform(low=0, high=3)"
            model = treaty(n, scheduler=scheduler, channel=channel, domain=domain, **given).run()
            assert model.outcome()["covered"]
            assert not model.verdict.violated, model.verdict
            assert model.outcome()["deals"] <= 1


def split(conduct: str, n: int, f: int, quorum: int | str, **given: Any) -> Treaty:
    return treaty(
        n,
        **{"protocol": f"ratification(quorum={quorum})", "traitors": f, "conduct": conduct},
        **{"placement": "first", "domain": f"random(parties={n}, issues=1)", **given},
    ).run()


@pytest.mark.parametrize(("n", "f"), [(4, 1), (7, 2), (10, 3), (8, 2)])
def test_one_vote_less_and_colluding_liars_ratify_two_deals(n: int, f: int) -> None:
    model = split("colluding", n, f, dissemination(n, f) - 1)
    row = model.recorded().run
    assert model.verdict.violated == ("agreement",)
    assert (row["ended"], row["deals"], row["covered"], row["honest_gain"]) == ("conflict", 2, False, 0)
    assert row["honest_due"] > 0
    one, other = model.deals
    assert {one.outcome, other.outcome} == set(model.council.drafts)
    assert model.verdict["agreement"].witnesses[0] in one.parties
    assert model.verdict["agreement"].witnesses[1] in other.parties
    # two quorums have so many members in common at least, and they all voted twice
    assert 2 * row["needed"] - n <= row["caught"] <= f
    assert split("colluding", n, f, dissemination(n, f)).recorded().run["deals"] <= 1


def test_bracha_is_split_below_its_quorum_as_well() -> None:
    given = {"protocol": "bracha(echo=2, deliver=2)", "scheduler": "omniscient"}
    model = treaty(4, traitors=1, conduct="equivocating", placement="first", **given).run()
    assert model.recorded().run["deals"] == 2
    assert model.verdict.violated == ("agreement",)


def test_who_is_silent_stops_a_deal_that_needs_all() -> None:
    for quorum, termination in ((9, "held"), ("unanimity", "violated")):
        model = split("silent", 10, 1, quorum, placement="last")
        assert model.verdict.termination == termination
        assert model.recorded().run["ended"] == ("ratified" if quorum == 9 else "rejected")
        assert model.outcome()["covered"]
        assert not set(model.verdict.violated) - {"termination"}


def test_a_traitor_owes_no_proposal() -> None:
    model = split("silent", 4, 1, 3)
    judgement = model.verdict["termination"]
    assert judgement.status == "held"
    assert judgement.vacuous
    assert model.recorded().run["traitor_due"] > 0 == model.recorded().run["traitor_gain"]


def test_forged_votes_push_a_deal_through() -> None:
    deals = [[0.0] * 4, [3.0, 1.0, -1.0, 1.0], [2.0, 1.0, -2.0, -1.0], [2.0, -1.0, 0.0, 1.0]]
    given: dict[str, Any] = {
        "draft": "selfish",
        "traitors": 1,
        "f": 1,
        "placement": {"name": "given", "nodes": [2]},
    }
    assert of(deals, conduct="silent", **given).run().outcome()["ended"] == "ratified"
    unwanted = [[0.0] * 4, [3.0, 1.0, -1.0, -1.0], [2.0, 1.0, -2.0, -1.0]]
    for conduct, ended in (("silent", "rejected"), ("forging", "ratified")):
        model = of(unwanted, conduct=conduct, **given).run()
        row = model.recorded().run
        assert (row["ended"], row["honest_approvals"]) == (ended, 2)
        assert model.verdict.validity == "held"
        assert model.verdict.termination == ("held" if ended == "ratified" else "inconclusive")


def test_a_party_that_votes_against_its_interest_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Abstaining, "_is_unwanted", lambda self, effect: False)
    model = of([[0, 0, 0, 0], [3, 1, -1, -2]], draft="selfish").run()
    assert model.verdict.violated == ("validity", "rationality")
    assert model.verdict["rationality"].witnesses == (2,)


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_whatever_happens_safety_holds(data: st.DataObject) -> None:
    n = data.draw(st.integers(4, 10))
    f = data.draw(st.integers(0, (n - 1) // 3))
    model = treaty(
        n,
        traitors=data.draw(st.integers(0, f)),
        f=f,
        protocol=data.draw(
            st.sampled_from([*VOTED, f"ratification(quorum={dissemination(n, f) + (f < n // 3)})"])
        ),
        conduct=data.draw(st.sampled_from(ACTING)),
        placement=data.draw(st.sampled_from(["first", "last", "random", "first(after=1)"])),
        channel=data.draw(
            st.sampled_from(["constant", "uniform(high=5)", "loss(p=0.2)", "duplication(p=0.5)"])
        ),
        scheduler=data.draw(st.sampled_from(["earliest", "random", "blind", "rushing", "omniscient"])),
        draft=data.draw(st.sampled_from(["passable", "selfish", "utilitarian"])),
        domain=f"random(parties={n}, issues=1, reservation={data.draw(st.sampled_from([0.0, 0.3, 0.7, 2.0]))})",
        rng=data.draw(st.integers(0, 99)),
        max_steps=60,
        max_events=20_000,
    ).run()
    row = model.recorded().run
    assert row["deals"] <= 1
    assert not set(model.verdict.violated) - {"termination"}
    assert set(model.caught) <= set(model.traitors.tolist())
    if row["deals"]:
        assert row["honest_approvals"] >= row["needed"] - f or row["deal"] != model.council.drafts[0]
    assert row["honest_gain"] == (
        0 if not row["deals"] else pytest.approx(model.gains()[list(model.honest)].mean())
    )


# Replay


def test_it_is_made_again_and_shrunk() -> None:
    model = split("colluding", 7, 2, 4)
    again = Schedule.of(model).replay(model)
    assert again.deals == model.deals
    schedule = shrink(model, "agreement")
    small = schedule.replay(model)
    assert small.verdict.violated == ("agreement",)
    assert len(schedule.choices) < len(Schedule.of(model).choices) / 3
    assert "proposal(1)" in SequenceChart.of(small).text()


# Bad input


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            {"domain": "random(parties=3)"},
            "3 parties, but complete.* has 4 nodes; use a network of 3 nodes, or",
        ),
        ({"protocol": "dolev-strong"}, "dolev-strong takes no votes; use one of bracha, ratification"),
        ({"protocol": "paxos"}, "paxos is not for this model"),
        ({"protocol": "ratification(quorum=5)"}, "4 parties have no 5 votes; use quorum <= 4"),
        (
            {"protocol": "ratification(quorum=most)"},
            "'most' is no quota; use a number of votes from 1, or one of",
        ),
        ({"traitors": 2}, "ratification needs n >= 7 to bear 2 traitors"),
        ({"traitors": 1, "conduct": "misreport"}, "misreport sends no messages"),
        ({"network": "ring(n=4)"}, "needs everybody to hear everybody"),
    ],
)
def test_what_cannot_be_played_is_refused(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told) as error:
        Treaty(**wrong)
    assert "\n" not in str(error.value)


def test_one_deal_alone_can_be_voted_on() -> None:
    bargain = Bargain(*_one_deal())
    model = Treaty(domain=bargain, traitors=1, conduct="colluding", placement="first", rng=1).run()
    assert model.council.drafts == (0,)
    assert model.outcome()["deals"] <= 1


def _one_deal() -> tuple[Any, Any]:
    from accord.agents.outcomes import Integer, Space
    from accord.agents.profile import Profile

    return Space([Integer("x", 0, 0)]), [Profile([1.0])] * 4
