"""What models have in common whose parties deal with each other."""

import pytest
from accord.agents.errors import InputError
from accord.models import Negotiation
from accord.models.deal import Catch

SOME = {"network": "path(n=4)", "domain": "pie(steps=10)"}


def test_somebody_must_be_honest() -> None:
    with pytest.raises(
        InputError, match=r"traitors=4, but path\(n=4\) has 4 nodes and 1 must be honest; use traitors <= 3"
    ):
        Negotiation(**SOME, traitors=4, rng=1)
    assert Negotiation(**SOME, traitors=3, rng=1).honest.size == 1


def test_who_only_sends_messages_makes_no_deals() -> None:
    with pytest.raises(InputError, match="conduct=crash: crash makes no deals"):
        Negotiation(**SOME, traitors=1, conduct="crash", rng=1)


def test_traitors_sit_where_they_are_placed() -> None:
    model = Negotiation(**SOME, traitors=2, placement="last", rng=1)
    assert (model.traitors.tolist(), model.honest.tolist()) == ([2, 3], [0, 1])


def test_the_worst_placement_leaves_the_honest_least() -> None:
    def left(placement: str, seed: int) -> float:
        model = Negotiation(**SOME, traitors=1, conduct="breach", placement=placement, rng=seed).run()
        return float(model.gains()[model.honest].sum())

    # who breaks its word in the middle of the path breaks it twice
    each = [left(f"given(nodes=[{node}])", 1) for node in range(4)]
    assert each[1] == each[2] < each[0] == each[3]
    assert {left("worst(draws=8)", seed) for seed in range(4)} == {each[1]}
    assert {left("random", seed) for seed in range(4)} == set(each)


def test_who_is_caught_is_caught_once() -> None:
    model = Negotiation(**SOME, traitors=1, rng=1)
    model.catch(2, Catch.SILENCE)
    model.catch(2, Catch.SETTLEMENT)
    assert model.caught == {2: Catch.SILENCE}


def test_a_row_tells_who_gained_beside_what_was_due() -> None:
    row = (
        Negotiation(**SOME, tactic="time-dependent(beta=1)", rivals="time-dependent(beta=1)", rng=1)
        .run()
        .outcome()
    )
    assert row["honest_gain"] == row["honest_due"] == pytest.approx(0.75)  # three pies among four parties
    assert row["traitor_gain"] != row["traitor_gain"]  # there is none
    assert (row["traitor_nodes"], row["caught"], row["caught_by"], row["breached"]) == ("", 0, "", 0)
    assert (row["nodes"], row["edges"]) == (4, 3)
