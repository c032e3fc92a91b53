"""Runs made side by side on arrays equal those that the event queue makes, in every column."""

from typing import Any

import pytest
from accord.agents.crowd import Playable
from accord.agents.machine import Seat
from accord.agents.protocols import protocols
from accord.models import Generals
from accord.models.council import Council
from accord.models.seeds import Seed
from accord.models.side_by_side import played

SEEDS = [Seed(1, replicate) for replicate in range(5)]
PLAYED = [name for name in protocols if isinstance(protocols[name]().machine(Seat(1, 4, 1)), Playable)]
VOICED = [
    "silent",
    "selective",
    "selective(nodes=[0, 2])",
    "equivocating",
    "colluding",
    "stubborn",
    "stubborn(value=1)",
    "corrupting",
]


def scenario(**settings: Any) -> Any:
    return Generals.Scenario(**{"allow_below_bound": True, "initial": "bits", **settings})


def test_who_can_be_played() -> None:
    assert PLAYED == ["approximate", "berman-garay-perry", "oral-messages", "phase-king"]


@pytest.mark.parametrize("placement", ["first", "last", "random"])
@pytest.mark.parametrize("conduct", VOICED)
@pytest.mark.parametrize("protocol", PLAYED)
def test_records_are_equal_to_the_last_bit(protocol: str, conduct: str, placement: str) -> None:
    for n, traitors in [(3, 1), (6, 2), (7, 3)]:
        given = scenario(
            network=f"complete(n={n})",
            protocol=protocol,
            conduct=conduct,
            placement=placement,
            traitors=traitors,
        )
        assert None not in played([Council.of(given, seed) for seed in SEEDS])
        alone = [Generals(given, rng=seed, record=["steps", "parties"]).run().recorded() for seed in SEEDS]
        assert Generals.run_many(given, SEEDS, ["steps", "parties"]) == alone


@pytest.mark.parametrize("protocol", ["approximate", "oral-messages"])
@pytest.mark.parametrize("conduct", ["equivocating", "corrupting"])
def test_inputs_may_be_any_numbers(protocol: str, conduct: str) -> None:
    given = scenario(
        network="complete(n=10)",
        protocol=protocol,
        initial="uniform(low=-3, high=5)",
        traitors=2,
        conduct=conduct,
    )
    assert Generals.run_many(given, SEEDS) == [Generals(given, rng=seed).run().recorded() for seed in SEEDS]


@pytest.mark.parametrize(
    "settings",
    [
        {"channel": "uniform"},
        {"channel": "constant(delay=0.5)"},
        {"pace": 2},
        {"scheduler": "random"},
        {"conduct": "random"},
        {"conduct": "corrupting(p=0.5)"},
        {"conduct": "crash"},
        {"conduct": "delaying + silent"},
        {"conduct": "adaptive"},
        {"protocol": "bracha"},
        {"network": "ring(n=5)", "relay": True},
    ],
)
def test_what_is_more_than_that_is_left_to_the_queue(settings: dict[str, Any]) -> None:
    given = scenario(
        **{
            "network": "complete(n=5)",
            "protocol": "phase-king",
            "conduct": "silent",
            "traitors": 1,
            **settings,
        }
    )
    assert played([Council.of(given, seed) for seed in SEEDS]) == [None] * len(SEEDS)
    assert Generals.run_many(given, SEEDS) == [Generals(given, rng=seed).run().recorded() for seed in SEEDS]


@pytest.mark.parametrize("limit", [{"max_steps": 3}, {"max_events": 50}])
def test_limits_hold_all_the_same(limit: dict[str, int]) -> None:
    given = scenario(
        network="complete(n=5)", protocol="phase-king", traitors=1, conduct="equivocating", **limit
    )
    records = Generals.run_many(given, SEEDS)
    assert records == [Generals(given, rng=seed).run().recorded() for seed in SEEDS]
    assert {record.run["ended"] for record in records} <= {"step-limit", "event-limit"}
