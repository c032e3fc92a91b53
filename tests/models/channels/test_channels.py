"""Rows of channels: who says how long messages take, and what the row promises."""

from math import inf

import pytest
from accord.agents.errors import InputError
from accord.models import Generals
from accord.models.channels import Row, channels

SAMPLE = "exponential(mean=5) + loss(p=0.3) + stabilisation(at=30, bound=1)"


def promise(text: str) -> tuple[float, float, bool]:
    row = Row.of(channels.choose(text))
    return row.worst(), row.stable_from(), row.reliable()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("constant(delay=2)", (2, 0, True)),
        ("loss(p=0.1)", (1, 0, False)),  # nobody says how long: a round
        ("loss(p=0)", (1, 0, True)),
        ("uniform(low=1, high=3) + constant(delay=2)", (5, 0, True)),
        ("exponential", (inf, 0, True)),
        ("heavy-tailed + constant", (inf, 0, True)),
        ("reordering(extra=2) + duplication", (3, 0, True)),
        ("reordering(p=0)", (1, 0, True)),
        (SAMPLE, (1, 30, True)),
        ("stabilisation(at=30, bound=1) + loss(p=0.3)", (1, 30, False)),
        ("stabilisation(at=30, bound=1) + exponential", (inf, 30, True)),
        ("stabilisation(at=30, bound=1) + reordering(extra=2)", (3, 30, True)),
        ("partition(until=9)", (1, 0, False)),
        ("partition(until=9, holds=true)", (1, 9, True)),
        ("partition(at=2, until=9, every=20, holds=true)", (7, 0, True)),
        ("partition(until=9, holds=true) + partition(at=20, until=40, holds=true)", (1, 40, True)),
        ("partition(until=90, holds=true) + stabilisation(at=30, bound=2)", (2, 30, True)),
        ("stabilisation(at=30, bound=2) + partition(until=90, holds=true)", (2, 90, True)),
    ],
)
def test_what_a_row_promises(text: str, expected: tuple[float, float, bool]) -> None:
    assert promise(text) == expected


def test_a_row_is_told_by_its_text() -> None:
    row = channels.choose(SAMPLE)
    assert str(row) == "exponential(mean=5.0) + loss(p=0.3) + stabilisation"  # with the defaults of the last
    assert channels.choose(str(row)) == row
    assert [stage["name"] for stage in row.canonical()["stages"]] == ["exponential", "loss", "stabilisation"]


def test_a_row_of_one_is_no_other_row() -> None:
    row = channels.choose("constant(delay=2) + loss(p=0)")
    assert Row.of(row) is row
    assert str(Row.of(channels.choose("constant"))) == "constant"


@pytest.mark.parametrize(
    ("channel", "hop"), [("constant(delay=2) + loss(p=0)", 2), ("loss(p=0)", 1), ("constant", 1)]
)
def test_only_a_row_in_which_nobody_delays_takes_a_round(channel: str, hop: int) -> None:
    outcome = Generals(network="complete(n=4)", f=1, channel=channel, rng=1).run().outcome()
    assert outcome["last_decision"] == 3 * hop


def test_the_whole_row_is_checked() -> None:
    with pytest.raises(InputError, match="name party 4, and there are 4 parties; use ids from 0 to 3"):
        Generals(network="complete(n=4)", channel="loss + partition(groups=[[1, 4]])")


def test_a_protocol_in_rounds_is_covered_as_long_as_messages_are_in_time() -> None:
    def uncovered(channel: str) -> str:
        settings = {"protocol": "two-phase-commit(timeout=2)", "network": "complete(n=4)"}
        return str(Generals(**settings, channel=channel, rng=1).outcome()["uncovered"])

    assert uncovered("uniform(high=1) + duplication") == ""
    assert uncovered("loss") == "messages may be lost"
    assert uncovered("exponential").startswith("a message may take inf rounds")
    assert uncovered(SAMPLE) == "messages may come late until 30"
