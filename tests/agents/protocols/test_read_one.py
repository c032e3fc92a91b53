"""Read one, write all: stories by hand, what it costs, and what it rests on."""

from typing import Any

import pytest
from accord.agents.command import Command
from accord.agents.errors import InputError
from accord.agents.protocols.read_one import ReadOne
from accord.models import Registers
from accord.models.consistency import durable, regular
from accord.models.linearizability import linearizable
from accord.models.verdict import Status
from hypothesis import given, settings
from hypothesis import strategies as st

HELD, VIOLATED = Status.HELD, Status.VIOLATED
WORK = [[Command(3, 0, 0, 7)], [Command(4, 0, 0)], [Command(5, 0, 0)]]


def run(**settings: Any) -> Registers:
    given = {"network": "complete(n=3)", "protocol": "read-one", "commands": 6, "rng": 1}
    return Registers(**{**given, **settings}).run()


# Stories: 3 writes 7, 4 and 5 read. Each asks first the server that its own number leaves by three -----


READ_DURING_A_WRITE = """
    3 starts
    3 asks  0
    3 tells 1
    4 starts
    4 asks  1  {first}
    5 starts
    5 asks  2  {second}
"""


def test_a_read_may_return_the_older_of_two_values(transcript: Any) -> None:
    history = transcript(ReadOne(), 3, 1, *WORK).play(READ_DURING_A_WRITE.format(first="-> 7", second="-> 0"))
    assert regular(history, initial=0).status is HELD
    assert linearizable(history, initial=0).status is VIOLATED


def test_with_repair_it_does_not(transcript: Any) -> None:
    told = READ_DURING_A_WRITE.format(first="\n4 asks 0 1 2 -> 7", second="\n5 asks 0 1 2 -> 7")
    history = transcript(ReadOne(repair=True), 3, 1, *WORK).play(told)
    assert linearizable(history, initial=0).status is HELD


def test_who_does_not_answer_in_time_has_crashed(transcript: Any) -> None:
    history = transcript(ReadOne(), 3, 2, *WORK).play("""
        3 starts
        3 waits
        3 asks  1
        3 asks  1
        3 waits     -> 7
        4 starts
        4 asks  1   -> 7
        5 starts
        5 waits
        5 waits
        5 asks  1   -> 7
    """)
    assert linearizable(history, initial=0).status is HELD


def test_who_was_only_slow_loses_what_was_written(transcript: Any) -> None:
    history = transcript(ReadOne(), 3, 2, *WORK).play("""
        3 starts
        3 asks  0
        3 asks  0
        3 waits     -> 7
        4 starts
        4 asks  1   -> 0
    """)
    assert regular(history, initial=0).status is VIOLATED
    assert durable(history, initial=0).status is VIOLATED


def test_nobody_at_all_is_asked_again(transcript: Any) -> None:
    transcript(ReadOne(), 3, 2, *WORK).play("""
        3 starts
        3 asks  0
        3 waits
        3 asks  0 1 2  -> 7
    """)


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10**6), repair=st.booleans(), n=st.integers(2, 5), at=st.floats(0, 12))
def test_it_is_regular_and_with_repair_atomic_in_rounds(seed: int, repair: bool, n: int, at: float) -> None:
    model = run(
        network=f"complete(n={n})",
        protocol=f"read-one(repair={repair})",
        channel="uniform(low=0, high=1)",
        traitors=n - 2,
        f=n - 1,
        conduct=f"crash(at={at:.2f}, reach=0.5)",
        liars=1,
        client_conduct="crash(at=5, reach=0.5)",
        clients=4,
        rng=seed,
    )
    assert model.outcome()["covered"]
    assert model.verdict.violated == ()
    assert model.verdict.termination == "held"


@pytest.mark.parametrize("n", [2, 3, 7])
def test_messages_and_message_delays(n: int) -> None:
    for protocol, share, messages, delays in [
        ("read-one", 1, 2, 2),
        ("read-one", 0, 2 * n + 2, 4),
        ("read-one(repair=true)", 1, 2 * n + 2, 4),
    ]:
        model = run(network=f"complete(n={n})", protocol=protocol, reads=share, clients=1, commands=5)
        assert model.outcome()["messages"] == 5 * messages
        assert model.outcome()["latency"] == model.outcome()["latency_max"] == delays


def test_a_crashed_server_costs_two_rounds() -> None:
    crash = {"traitors": 1, "placement": "first", "conduct": "crash(at=0)"}
    model = run(**crash, reads=1, clients=1, commands=4)
    assert model.outcome()["latency"] == 4  # client 3 asks server 0 first


# What it rests on -----------------------------------------------------------------------------------------


def test_without_rounds_nothing_is_promised() -> None:
    models = [run(channel="exponential(mean=4)", commands=20, clients=3, rng=seed) for seed in range(10)]
    assert {model.outcome()["uncovered"] for model in models} == {
        "a message may take inf rounds of the network, and the protocol waits 1"
    }
    assert any("consistency" in model.verdict.violated for model in models)


def test_a_write_that_waits_for_one_is_lost_with_it() -> None:
    weak = {"protocol": "read-one(quorum=1)", "channel": "uniform(low=0, high=1)", "pause": 0, "clients": 3}
    models = [run(**weak, commands=30, rng=seed) for seed in range(10)]
    assert not any(model.outcome()["covered"] for model in models)
    assert any("consistency" in model.verdict.violated for model in models)


def test_one_liar_is_enough() -> None:
    model = run(traitors=1, conduct="corrupting", allow_below_bound=True, commands=12)
    assert model.outcome()["uncovered"] == "read-one bears crash faults only"
    assert "consistency" in model.verdict.violated


def test_a_write_cannot_wait_for_more_than_there_are() -> None:
    with pytest.raises(InputError, match="quorum=4, n=3: there are not so many servers; use quorum <= 3"):
        run(protocol="read-one(quorum=4)")
