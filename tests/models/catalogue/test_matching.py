"""Bargaining on networks: what the institution gives, who lies about what, and what the verdict says."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models import Matching
from accord.models.deal import Ending
from accord.models.networks.network import Network
from hypothesis import given, settings
from hypothesis import strategies as st

PATH4, STEM = "path(n=4)", [(0, 1), (1, 2), (1, 3), (2, 3)]


def run(network: Any, matching: str = "leaving", **given: Any) -> Matching:
    return Matching(network=network, matching=matching, rng=1, **given).run()


def liar(node: int, conduct: str, network: Any, matching: str = "leaving", **given: Any) -> Matching:
    return run(network, matching, traitors=1, conduct=conduct, placement=f"given(nodes=[{node}])", **given)


@pytest.mark.parametrize(
    ("network", "replaced", "left"),
    [
        (PATH4, [1 / 2, 1 / 2, 1 / 2, 1 / 2], [1 / 3, 2 / 3, 2 / 3, 1 / 3]),
        (STEM, [1 / 2, 1 / 2, 1 / 2, 1 / 2], [1 / 4, 3 / 4, 1 / 2, 1 / 2]),
    ],
)
def test_the_institution_sets_power_and_not_the_network_alone(
    network: Any, replaced: list[float], left: list[float]
) -> None:
    # Manea 2011, doi:10.1257/aer.101.5.2042, against Kleinberg and Tardos 2008, doi:10.1145/1374376.1374417
    assert run(network, "replacement").gains() == pytest.approx(replaced, abs=0.01)
    assert run(network, "leaving").gains() == pytest.approx(left, abs=1e-5)


@pytest.mark.parametrize("matching", ["replacement", "leaving"])
def test_without_liars_nothing_is_violated_and_all_get_their_due(matching: str) -> None:
    model = run("balanced-tree(r=2, h=3)", matching)
    assert not model.verdict.violated
    assert model.verdict.termination == "held"
    row = model.recorded().run
    assert row["honest_gain"] == pytest.approx(row["honest_due"], abs=0.02)
    assert (row["breached"], row["caught"]) == (0, 0)


def test_where_no_outcome_is_stable_the_odd_cycle_is_named() -> None:
    model = run("ring(n=5)")
    stability = model.verdict["stability"]
    assert stability.status == "violated"
    assert "around the odd cycle 0 1 2 3 4 no outcome is stable" in stability.reason
    assert model.network.neighbours(stability.witnesses[0]).tolist().count(stability.witnesses[1]) == 1
    assert np.isnan(model.dues()).all()
    assert model.recorded().run["odd_cycle"] == "0 1 2 3 4"
    assert model.recorded().run["deals"] == 2
    assert model.verdict.agreement == "held"


@pytest.mark.parametrize("matching", ["replacement", "leaving"])
def test_who_has_no_link_gets_nothing(matching: str) -> None:
    alone = Network.from_edges(4, [0], [1])
    model = run({"name": "given", "network": alone, "connected": "any"}, matching)
    assert model.gains() == pytest.approx([1 / 2, 1 / 2, 0, 0], abs=0.01)
    assert not model.verdict.violated


def test_without_a_link_there_is_nothing_to_do() -> None:
    nobody = Network.from_edges(3, [], [])
    for matching in ("replacement", "leaving"):
        model = run({"name": "given", "network": nobody, "connected": "any"}, matching)
        assert (model.clock, model.gains().tolist()) == (0, [0, 0, 0])
        assert not model.verdict.violated
        assert all(judgement.vacuous for judgement in model.verdict.values())


def test_bad_worths_are_refused_where_they_come_from() -> None:
    with pytest.raises(InputError, match="weighs nan; weights must be positive"):
        Matching(network=[(0, 1, float("nan"))])
    with pytest.raises(InputError, match=r"weighs -1\.0; weights must be positive"):
        Matching(network=[(0, 1, -1.0)])


# Liars --------------------------------------------------------------------------------------------


def test_who_says_that_it_brings_less_keeps_the_rest_and_cannot_be_told() -> None:
    # a chain of four whose first end says that it brings nothing: of a link said to be worth 1/2 it gets
    # 1/6, as the middle two can get 1/2 from each other, and beside that the half that it hides
    honest, lying = run(PATH4).gains(), liar(0, "bluff(share=1)", PATH4)
    assert lying.claimed.worths[0] == 1 / 2
    assert lying.gains()[0] > honest[0]
    assert lying.gains()[:2].sum() == pytest.approx(1)
    assert lying.recorded().run["caught_by"] == ""


def test_a_ring_of_the_weak_breaks_the_power_of_the_middle() -> None:
    # in a chain of three the middle takes all; if one end claims to bring nothing, the other's rival offers 1/2 at most
    ring = run("path(n=3)", traitors=2, placement="given(nodes=[0, 2])", conduct="ring")
    assert ring.gains() == pytest.approx([1 / 4, 3 / 4, 0], abs=1e-5)
    assert run("path(n=3)").gains() == pytest.approx([0, 1, 0], abs=1e-5)


@pytest.mark.parametrize("matching", ["replacement", "leaving"])
def test_a_broken_deal_gives_nothing_to_either_and_is_caught(matching: str) -> None:
    model = liar(0, "breach", "path(n=2)", matching)
    assert model.gains().tolist() == [0, 0]
    assert {deal.ending for deal in model.deals} == {Ending.BREACHED}
    assert model.recorded().run["caught_by"] == "settlement"
    assert "agreement" not in model.verdict.violated  # nobody owes an honest party a deal with a liar


def test_a_shill_promises_most_and_keeps_nothing() -> None:
    # it takes the middle of a chain of three from its other partner
    model = liar(0, "shill", "path(n=3)")
    assert [deal.parties for deal in model.deals] == [(0, 1)]
    assert model.gains().tolist() == [0, 0, 0]
    assert model.recorded().run["caught_by"] == "settlement"


@pytest.mark.parametrize("matching", ["replacement", "leaving"])
def test_who_never_speaks_is_left_out_and_caught(matching: str) -> None:
    model = liar(0, "silent", PATH4, matching)
    assert model.gains()[0] == 0
    assert model.recorded().run["caught_by"] == "silence"
    assert model.gains()[1:].sum() > 0.9


def test_who_boasts_of_alternatives_is_believed_as_far_as_the_link_goes() -> None:
    honest, boasting = run(PATH4).gains(), liar(0, "stubborn(value=0.5)", PATH4).gains()
    assert boasting[0] > honest[0] + 0.1
    assert boasting[1] < honest[1] - 0.1
    # beyond that the other goes elsewhere
    assert liar(0, "stubborn(value=1)", "path(n=3)").gains()[0] == 0


def test_to_boast_does_not_pay_where_patient_partners_have_nothing_to_add() -> None:
    honest, boasting = (
        run(PATH4, "replacement").gains(),
        liar(0, "stubborn(value=0.6)", PATH4, "replacement").gains(),
    )
    assert boasting[0] <= honest[0] + 0.01


def test_two_who_compare_tell_who_said_different_things() -> None:
    # where whoever deals is replaced an honest party says one thing; the listeners of a star cannot compare
    assert liar(0, "equivocating", "complete(n=4)", "replacement").caught == {0: "comparison"}
    assert not liar(0, "equivocating", "star(n=5)", "replacement").caught
    assert not liar(0, "stubborn(value=0.4)", "complete(n=4)", "replacement").caught
    # where they leave the honest tell different things, too
    assert not liar(0, "equivocating", "complete(n=4)", "leaving").caught


def test_noise_keeps_messages_from_rest_and_nobody_owes_an_end() -> None:
    model = liar(0, "random", PATH4, max_steps=200)
    assert model.clock == 200
    assert model.verdict.termination == "inconclusive"
    assert not model.verdict.violated


@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from(["replacement(rounds=5)", "leaving"]),
    st.sampled_from(
        [
            "misreport",
            "bluff",
            "shill",
            "ring",
            "breach(p=0.5)",
            "equivocating",
            "extreme",
            "silent",
            "misreport + breach",
        ]
    ),
    st.integers(0, 4),
)
@settings(deadline=None, max_examples=40)
def test_whatever_liars_do_deals_are_valid_and_worth_is_conserved(
    seed: int, matching: str, conduct: str, traitors: int
) -> None:
    model = Matching(
        network="erdos-renyi(n=9, p=0.3, connected=any)",
        matching=matching,
        traitors=traitors,
        conduct=conduct,
        max_steps=300,
        rng=seed,
    ).run()
    assert model.verdict.validity == "held"
    worths = {}
    for one, other, worth in zip(model.links.sources, model.links.targets, model.links.worths, strict=True):
        worths[one, other] = worth
    if matching == "leaving":
        kept = [deal for deal in model.deals if deal.ending is Ending.AGREED]
        assert model.gains().sum() == pytest.approx(sum(worths[deal.parties] for deal in kept))
        assert len({node for deal in model.deals for node in deal.parties}) == 2 * len(model.deals)
    if not traitors:
        assert (model.gains() >= 0).all()


def test_the_frame_of_parties_tells_what_they_asked_for_and_got() -> None:
    model = Matching(network=PATH4, matching="leaving", rng=1, record=["parties"]).run()
    parties = model.recorded().parties
    assert parties["step"].tolist() == [0] * 4 + [model.clock] * 4
    assert parties["gain"][4:] == pytest.approx([1 / 3, 2 / 3, 2 / 3, 1 / 3], abs=1e-5)
    assert parties["asked"][4:] == pytest.approx(parties["due"][4:], abs=1e-5)
    assert [party.opinion for party in model.agents] == parties["asked"][4:].tolist()


def test_a_file_that_does_not_say_which_column_is_the_worth_is_refused(tmp_path: Path) -> None:
    (tmp_path / "trade.csv").write_text("source,target,price\nAda,Bob,3\nBob,Cleo,2\n")
    path = str(tmp_path / "trade.csv")
    with pytest.raises(
        InputError, match=r"no column 'weight' .*columns not used: price.*weight=price.*weight=none"
    ):
        Matching.Scenario(network=path)
    priced = Matching(network={"name": "file", "path": path, "weight": "price"}, rng=1)
    assert sorted(set(priced.links.worths.tolist())) == [2, 3]
    assert Matching(network={"name": "file", "path": path, "weight": None}, rng=1).links.top == 1
    (tmp_path / "trade.csv").write_text("source,target,weight\nAda,Bob,3\nBob,Cleo,\n")
    with pytest.raises(InputError, match="line 3: weight is empty"):
        Matching.Scenario(network=path)  # before anything runs


def test_somebody_must_be_honest() -> None:
    with pytest.raises(InputError, match="traitors=15, but florentine-families has 15 nodes"):
        Matching.Scenario(traitors=15)
