"""What is promised, and why no more."""

from typing import Any

import pytest
from accord.models import Generals
from accord.models.council import Council
from accord.models.guarantees import routes_needed, uncovered, unowed
from accord.models.seeds import Seed


def promised(**settings: Any) -> tuple[str, str]:
    scenario = Generals.Scenario(**{"network": "complete(n=4)", "allow_below_bound": True, **settings})
    council = Council.of(scenario, Seed(1))
    return tuple(why(scenario, council.network, council.inputs) for why in (uncovered, unowed))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("settings", "safety", "liveness"),
    [
        ({}, "", ""),
        ({"traitors": 1}, "", ""),
        ({"traitors": 2}, "bracha bears 2 traitors from n=7, and there are 4 parties", "bracha bears"),
        ({"traitors": 2, "f": 1}, "bracha is set up for 1 traitor, and there are 2", "bracha is set up"),
        (
            {"protocol": "paxos", "traitors": 1, "conduct": "equivocating"},
            "paxos bears recovery faults only",
            "paxos",
        ),
        ({"protocol": "paxos", "traitors": 1, "conduct": "crash"}, "", ""),
        ({"protocol": "paxos", "channel": "exponential"}, "", "no bound on delays ever holds"),
        ({"protocol": "paxos", "channel": "exponential + stabilisation(at=9)"}, "", ""),
        ({"channel": "loss"}, "", "messages may be lost"),
        ({"channel": "loss + stabilisation(at=9)"}, "", ""),
        (
            {"channel": "exponential"},
            "",
            "",
        ),  # asynchronous: every message arrives at last, and that is enough
        (
            {"protocol": "approximate", "initial": "given(values=[0, 3, 0, 0])"},
            "approximate: it is set up for",
            "appr",
        ),
        (
            {"protocol": "bracha(deliver=1)", "traitors": 1},
            "bracha is proven with deliver=3, and it is 1",
            "",
        ),
        ({"protocol": "phase-king(phases=2)"}, "", ""),
        ({"protocol": "phase-king", "channel": "loss"}, "messages may be lost", "messages may be lost"),
        ({"protocol": "phase-king", "channel": "uniform"}, "", ""),
        (
            {"protocol": "phase-king", "channel": "constant(delay=2)"},
            "a message may take 2 rounds",
            "a message may",
        ),
        ({"protocol": "phase-king", "channel": "constant(delay=2)", "pace": 2}, "", ""),
        (
            {"protocol": "phase-king", "channel": "constant(delay=0.1) + constant(delay=0.2)", "pace": 0.3},
            "",
            "",
        ),
        (
            {"protocol": "phase-king", "channel": "uniform + stabilisation(at=3)"},
            "messages may come late until 3",
            "mess",
        ),
        (
            {"protocol": "two-phase-commit", "traitors": 1, "conduct": "crash"},
            "",
            "two-phase-commit may block",
        ),
        (
            {"network": "ring(n=7)", "relay": True, "traitors": 1},
            "relays bear 1 traitor from a connectivity of 3",
            "rel",
        ),
        ({"network": "petersen", "relay": True, "traitors": 1}, "", ""),
    ],
)
def test_why_not(settings: dict[str, Any], safety: str, liveness: str) -> None:
    found = promised(**settings)
    assert found[0].startswith(safety)
    assert bool(found[0]) == bool(safety)
    assert found[1].startswith(liveness)
    assert bool(found[1]) == bool(liveness)


@pytest.mark.parametrize(("protocol", "needed"), [("bracha", 5), ("paxos", 3)])
def test_routes_needed_are_2f_plus_1_where_relays_lie(protocol: str, needed: int) -> None:
    assert routes_needed(Generals.Scenario(network="complete(n=7)", protocol=protocol, traitors=2)) == needed
