"""What is promised, and why no more."""

from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.models import Generals, Servers
from accord.models.council import Council
from accord.models.guarantees import are_bound, reckoned, routes_needed, uncovered, unowed
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
        (
            {"protocol": "paxos", "traitors": 1, "conduct": "crash(recover=1, loses=disk)"},
            "paxos bears recovery faults only",
            "paxos",
        ),
        ({"traitors": 1, "conduct": "crash(recover=1, loses=disk)"}, "", ""),
        # two fail, one at a time
        (
            {"protocol": "paxos", "traitors": 2, "conduct": "crash(recover=1, loses=memory, stagger=2)"},
            "",
            "",
        ),
        (
            {"traitors": 2, "conduct": "crash(recover=1, stagger=2)"},
            "",
            "what came while traitors were down is lost",
        ),
        (
            {"protocol": "paxos", "traitors": 2, "conduct": "crash(recover=1, stagger=2, every=9)"},
            "",
            "more fail again and again than it is set up for",
        ),
        ({"protocol": "paxos", "traitors": 1, "conduct": "crash(recover=1, every=9)"}, "", ""),
        (
            {"traitors": 2, "conduct": "crash(recover=1, loses=memory, stagger=2)"},  # it persists nothing
            "bracha bears 2 traitors from n=7, and there are 4 parties",
            "bracha",
        ),
        (
            {"protocol": "phase-king", "traitors": 2, "conduct": "crash(recover=1, stagger=2)"},  # in rounds
            "phase-king bears 2 traitors from n=9, and there are 4 parties",
            "phase-king",
        ),
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


# Those that fail in turn --------------------------------------------------------------------------------

IN_TURN = "crash(at=10, recover=6, loses={}, stagger=20)"


@pytest.mark.parametrize(
    ("protocol", "conduct", "borne", "bound"),
    [
        ("raft", IN_TURN.format("nothing"), 1, True),
        ("raft", IN_TURN.format("memory"), 1, True),
        ("raft", IN_TURN.format("disk"), 5, True),  # whoever lost its disk counts for good
        ("hotstuff", IN_TURN.format("memory"), 1, True),
        ("pbft", IN_TURN.format("nothing"), 1, True),
        ("pbft", IN_TURN.format("memory"), 5, False),  # it persists nothing
        ("raft", "crash(recover=40, loses=memory, stagger=20)", 3, True),
        ("raft", "hunting(recover=6, loses=memory)", 5, True),
        ("raft", "crash", 5, True),
        ("pbft", "crash", 5, False),
        ("pbft", "delaying", 5, True),  # it is late, and as good as any other
    ],
)
def test_how_many_are_reckoned_with(protocol: str, conduct: str, borne: int, bound: bool) -> None:
    scenario = Servers.Scenario(network="complete(n=17)", protocol=protocol, traitors=5, conduct=conduct)
    assert reckoned(scenario) == scenario.borne == borne
    assert are_bound(scenario) is bound


@pytest.mark.parametrize(
    ("protocol", "n", "loses"),
    [("raft", 3, "memory"), ("raft", 5, "memory"), ("hotstuff", 4, "memory"), ("pbft", 4, "nothing")],
)
def test_all_servers_may_restart_in_turn(protocol: str, n: int, loses: str) -> None:
    given: dict[str, Any] = {"network": f"complete(n={n})", "protocol": protocol, "traitors": n}
    for seed in range(2):
        model = Servers(**given, conduct=IN_TURN.format(loses), commands=12, pause=5, rng=seed).run()
        assert model.scenario.borne == 1
        assert model.traitors.tolist() == list(range(n))
        assert model.outcome()["covered"]
        assert model.outcome()["answered"] == 24
        assert model.outcome()["entries"] >= 24
        assert model.outcome()["reigns"] >= 1
        assert model.verdict.violated == ()
        assert model.verdict.termination == "held"
        assert not any(model.verdict[name].vacuous for name in ("agreement", "validity", "durability"))
        assert [model.simulation.states[node].memory.number for node in range(n)] == [loses == "memory"] * n


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"conduct": IN_TURN.format("disk")}, r"traitors=5, but complete\(n=5\) .* use traitors <= 4"),
        ({"conduct": "crash(recover=40, stagger=20)"}, r"n=5: raft needs n >= 7 to bear 3 traitors"),
        ({"conduct": "crash(recover=6)"}, r"traitors=5, but complete"),
        ({"conduct": IN_TURN.format("memory"), "f": 0}, r"raft is set up to bear f traitors; use f >= 1"),
        (
            {"conduct": IN_TURN.format("memory"), "traitors": 6},
            r"traitors=6, but complete\(n=5\) has 5 nodes",
        ),
        ({"conduct": IN_TURN.format("memory"), "protocol": "pbft"}, r"traitors=5, but complete\(n=5\)"),
    ],
)
def test_too_many_at_once_are_refused(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message) as told:
        Servers.Scenario(**{"network": "complete(n=5)", "traitors": 5, **settings})
    assert "\n" not in str(told.value)


def test_somebody_must_stay_where_there_are_no_clients() -> None:
    with pytest.raises(InputError, match="agreement needs two honest ones"):
        Generals.Scenario(
            network="complete(n=4)", protocol="paxos", traitors=3, conduct=IN_TURN.format("memory")
        )
