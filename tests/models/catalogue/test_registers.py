"""Registers: the model of what servers keep without an order."""

from typing import Any

import mesa
import pytest
from accord.agents.party import Client, Server, Traitor
from accord.agents.protocols import protocols
from accord.models import Registers
from accord.models.histories import Access, Operation
from accord.models.schedule import Schedule
from accord.models.shrinking import shrink


def run(**settings: Any) -> Registers:
    return Registers(**{"network": "complete(n=3)", "rng": 1, **settings}).run()


def test_a_run_in_all_its_columns() -> None:
    model = run(clients=1, commands=10)
    outcome = model.outcome()
    reads = sum(each.value is None for each in model.council.work[0])
    assert 0 < reads < 10
    assert (outcome["answered_reads"], outcome["wrong_reads"], outcome["blank_reads"]) == (reads, 0, 0)
    assert (outcome["ended"], outcome["asked"], outcome["answered"]) == ("answered", 10, 10)
    assert (outcome["latency"], outcome["messages"]) == (4, 10 * 4 * 3)
    assert outcome["consistency_seen"] == "atomic"
    assert set(outcome) == set(Registers.outcomes)
    assert {name: each.status.value for name, each in model.verdict.items()} == dict.fromkeys(
        ["consistency", "durability", "termination"], "held"
    )


def test_servers_show_what_they_keep_by_key() -> None:
    model = run(keys=3, commands=20, reads=0.2)
    server = next(iter(model.agents))
    assert [version.key for version in server.ledger] == sorted(version.key for version in server.ledger)
    last = {each.key: each for _, _, each in model.simulation.ledgers[0]}
    assert list(server.ledger) == [last[key] for key in sorted(last)]
    assert repr(server) == f"<Server 0: {len(last)} entries>"
    assert [type(each) for each in model.agents] == [Server] * 3 + [Client] * 2
    silent = Registers(network="complete(n=3)", traitors=1, conduct="silent", placement="last", rng=1)
    assert [type(each) for each in silent.agents][2] is Traitor


def test_disagreement_counts_servers_that_are_behind() -> None:
    model = Registers(network="complete(n=5)", channel="uniform(low=0, high=6)", keys=2, reads=0, rng=3)
    seen = []
    while model.running:
        model.step()
        newest: dict[int, Any] = {}
        for node in range(5):
            for each in model.ledger(node):
                newest[each.key] = max(newest.get(each.key, each.stamp), each.stamp)
        kept = [{each.key: each.stamp for each in model.ledger(node)} for node in range(5)]
        seen.append(sum(own != newest for own in kept))
        assert model.disagreement() == seen[-1]
    assert max(seen) >= 2
    assert model.step_columns()["disagreement"].tolist() == [0, *seen]


def test_same_seed_same_run() -> None:
    settings = {"channel": "uniform(low=0, high=3) + loss(p=0.1)", "max_steps": 3000}
    one, two, other = run(**settings), run(**settings), run(**settings, rng=2)
    assert one.recorded() == two.recorded()
    assert one.history == two.history
    assert one.history != other.history


def test_it_runs_under_mesas_batch_run() -> None:
    rows = mesa.batch_run(
        Registers,
        {"network": "complete(n=3)", "commands": [2, 3], "clients": 1},
        number_processes=1,
        max_steps=100,
        data_collection_period=-1,
        display_progress=False,
        **({"rng": [1]} if "rng" in mesa.batch_run.__code__.co_varnames else {"iterations": 1}),
    )
    assert [row["answered"] for row in rows] == [2, 3]


# Judgement --------------------------------------------------------------------------------------------------


class Told(Registers):
    """A run of which a test says what clients saw."""

    told: list[Operation]

    @property
    def history(self) -> list[Operation]:
        return self.told


WRITES = [
    Operation(3, Access.WRITE, 0, value=1, invoked=1, returned=2),
    Operation(3, Access.WRITE, 0, value=2, invoked=5, returned=9),
]


def read(result: Any, invoked: int, returned: int) -> Operation:
    return Operation(4, Access.READ, 0, result=result, invoked=invoked, returned=returned)


INVERTED, LOST = [read(2, 6, 7), read(1, 7, 8)], [read(2, 10, 11), read(1, 12, 13)]


@pytest.mark.parametrize(
    ("reads", "seen", "wrong", "wrong_if_safe", "lost"),
    [
        ([read(1, 3, 4), read(2, 6, 7), read(2, 10, 11)], "atomic", 0, 0, False),
        (INVERTED, "regular", 0, 0, False),
        ([read(0, 6, 7), read(None, 7, 8), read(2, 10, 11)], "safe", 2, 0, False),
        ([read(0, 6, 7), read(2, 10, 11)], "safe", 1, 0, False),
        ([read(None, 3, 4)], "none", 1, 1, False),
        (LOST, "none", 1, 1, True),
        ([read(0, 3, 4), read(1, 10, 11)], "none", 2, 2, True),
    ],
)
def test_reads_are_held_against_what_is_promised(
    reads: list[Operation], seen: str, wrong: int, wrong_if_safe: int, lost: bool
) -> None:
    grades = ["none", "safe", "regular", "atomic"]
    for protocol in ("abd", "abd(repair=false)", "masking"):
        model = Told(network="complete(n=3)", protocol=protocol, rng=1)
        model.told = [*WRITES, *reads]
        model.in_rounds = lambda judgement: judgement  # type: ignore[method-assign]
        promise = protocols.choose(protocol).promise.name.lower()
        consistency, durability, _ = model.judge()
        assert (consistency.status == "violated") == (grades.index(seen) < grades.index(promise))
        assert (durability.status == "violated") == lost
        outcome = model.outcome()
        assert outcome["consistency_seen"] == seen
        assert outcome["wrong_reads"] == (wrong_if_safe if promise == "safe" else wrong)


def test_a_safe_register_has_lost_nothing_while_something_is_written() -> None:
    model = Told(network="complete(n=3)", protocol="masking", rng=1)
    model.told = [*WRITES, Operation(3, Access.WRITE, 0, value=3, invoked=12, returned=20), read(1, 14, 15)]
    assert model.judge()[1].status == "held"


def test_a_violation_says_in_which_round() -> None:
    model = run(traitors=1, conduct="corrupting", placement="first", allow_below_bound=True)
    judgement = model.verdict["consistency"]
    assert judgement.status == "violated"
    assert judgement.step is not None
    assert 0 < judgement.step <= model.clock
    assert judgement.witnesses


def test_nothing_is_owed_where_messages_are_lost_and_all_is_kept() -> None:
    model = run(channel="loss(p=1)", max_steps=50)
    assert model.verdict.termination == "inconclusive"
    assert model.verdict.violated == ()
    assert model.outcome()["answered_reads"] == 0


@pytest.mark.parametrize("protocol", ["abd", "dissemination", "masking", "read-one"])
def test_a_client_that_crashes_in_the_middle_of_a_write_is_borne(protocol: str) -> None:
    for seed in range(10):
        crash = {"liars": 1, "client_conduct": "crash(at=2, reach=0.5)", "clients": 4, "reads": 0.6}
        model = run(network="complete(n=5)", protocol=protocol, **crash, rng=seed)
        assert model.outcome()["covered"]
        assert model.verdict.violated == ()
        assert model.verdict.termination == "held"


def test_clients_that_lie_are_not() -> None:
    model = run(liars=1, client_conduct="forging")
    assert model.outcome()["uncovered"] == "abd bears crash faults of clients only"


def test_a_violating_run_is_made_again_and_shrunk() -> None:
    weak = {"protocol": "abd(quorum=1)", "allow_below_bound": True, "channel": "uniform(low=0, high=5)"}
    model = next(
        each
        for each in (run(**weak, rng=seed) for seed in range(20))
        if "consistency" in each.verdict.violated
    )
    again = Schedule.of(model).replay(model)
    assert again.verdict.violated == model.verdict.violated
    short = shrink(model, "consistency")
    assert 0 < len(short) < len(Schedule.of(model))
    assert "consistency" in short.replay(model).verdict.violated
