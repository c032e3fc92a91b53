"""Message counts: known ones, and those of runs."""

from typing import Any

import pytest
from accord.agents.protocols import Problem, protocols
from accord.analysis.theory.bounds import least_parties
from accord.analysis.theory.cost import (
    DELAYS,
    MESSAGES,
    ben_or,
    bracha,
    delays,
    hotstuff,
    messages,
    oral_messages,
    pbft,
    raft,
)
from accord.models import Generals, Servers


def test_known_counts() -> None:
    # recomputed: OM(m) as counted by running it; Bracha with messages to oneself, 2n + 1 of them
    assert [oral_messages(*each) for each in ((3, 1), (4, 1), (5, 1), (6, 2), (7, 2))] == [4, 9, 16, 85, 156]
    assert [bracha(n) + 2 * n + 1 for n in (4, 16, 31, 64)] == [36, 528, 1953, 8256]
    assert messages("phase-king", 5, 1) == 2 * (5 * 4 + 4)
    assert messages("my-own", 4, 1) is None
    assert messages("bracha(echo=2)", 4, 1) is None
    assert delays("bracha(echo=2)", 4, 1) is None


LEDGERS = {name for name, kind in protocols.items() if kind.problem is Problem.LEDGER}


def test_known_counts_of_commands() -> None:
    # PBFT's convention (recomputed): request, pre-prepares, prepares, commits and replies, nothing to oneself
    assert [pbft(n) for n in (4, 7, 10)] == [29, 92, 191]
    for n in range(1, 32):
        assert pbft(n) == 1 + (n - 1) + (n - 1) ** 2 + n * (n - 1) + n
    assert [raft(n) for n in (1, 3, 5)] == [2, 6, 10]
    assert [hotstuff(n) for n in (1, 4, 7)] == [2, 32, 62]


@pytest.mark.parametrize("n", [4, 7, 10, 16, 31])
@pytest.mark.parametrize("protocol", sorted(LEDGERS & set(MESSAGES)))
def test_a_command_takes_as_many_and_as_long(protocol: str, n: int) -> None:
    def ran(commands: int) -> dict[str, Any]:
        # followers of Raft stand after 10 rounds; before that no heartbeat is due between two commands
        quiet = "raft(heartbeat=9)" if protocol == "raft" else protocol
        model = Servers(
            network=f"complete(n={n})", protocol=quiet, f=f, clients=1, commands=commands, rng=1
        ).run()
        assert model.verdict.termination == "held"
        return model.outcome()

    for f in (1, (n - 1) // (2 if protocol == "raft" else 3)):
        one, two = ran(1), ran(2)
        assert two["messages"] - one["messages"] == messages(protocol, n, f)
        assert 2 * two["latency"] - one["latency"] == delays(protocol, n, f)
        if protocol != "raft":  # which elects a leader first
            assert one["messages"] == messages(protocol, n, f)
            assert one["latency"] == delays(protocol, n, f)


@pytest.mark.parametrize("protocol", sorted(set(MESSAGES) & set(protocols) - LEDGERS))
def test_runs_send_as_many_and_take_as_long(protocol: str) -> None:
    for f in (0, 1, 2):
        least = least_parties(protocol, f) or 2
        for n in (max(least, 3), least + 2):
            model = Generals(
                network=f"complete(n={n})", protocol=protocol, initial="bits(p=1)", f=f, rng=1
            ).run()
            assert model.verdict.termination == "held"
            row = model.outcome()
            assert row["messages"] == messages(protocol, n, f), (n, f)
            assert row["last_decision"] == delays(protocol, n, f), (n, f)


def test_every_name_in_the_table_is_a_protocol() -> None:
    assert set(MESSAGES) == set(DELAYS) <= set(protocols)


@pytest.mark.parametrize("protocol", ["ben-or", "ben-or-byzantine"])
def test_rounds_bound_the_messages_of_ben_or(protocol: str) -> None:
    for seed in range(10):
        row = (
            Generals(network="complete(n=6)", protocol=protocol, f=1, scheduler="random", rng=seed)
            .run()
            .outcome()
        )
        # who decides a round before the others sends a round less
        assert ben_or(6, row["rounds"] - 1) <= row["messages"] <= ben_or(6, row["rounds"])
