"""ABD: stories by hand, what it costs, and violations that are caught where it is too weak."""

from typing import Any

import pytest
from accord.agents.command import Command
from accord.agents.errors import InputError
from accord.agents.machine import Value
from accord.agents.protocols.abd import ABD
from accord.models import Registers
from accord.models.consistency import durable, regular
from accord.models.linearizability import linearizable
from accord.models.verdict import Status
from hypothesis import given, settings
from hypothesis import strategies as st

HELD, VIOLATED = Status.HELD, Status.VIOLATED


def work(client: int, *values: Value | None) -> tuple[Command, ...]:
    """Return a client's commands: values to write, None to read."""
    return tuple(Command(client, number, 0, value) for number, value in enumerate(values))


def run(**settings: Any) -> Registers:
    given = {"network": "complete(n=3)", "protocol": "abd", "clients": 2, "commands": 4, "rng": 1}
    return Registers(**{**given, **settings}).run()


# Stories: 3 writes 7, 4 and 5 read ------------------------------------------------------------------

READ_DURING_A_WRITE = """
    3 starts
    3 asks  0 1
    3 tells 0
    4 starts
    4 asks  0 1  {first}
    5 starts
    5 asks  1 2  {second}
"""


def test_without_repair_a_read_may_return_the_older_of_two_values(transcript: Any) -> None:
    story = transcript(ABD(repair=False), 3, 1, work(3, 7), work(4, None), work(5, None))
    history = story.play(READ_DURING_A_WRITE.format(first="-> 7", second="-> 0"))
    assert regular(history, initial=0).status is HELD
    assert linearizable(history, initial=0).status is VIOLATED


def test_with_repair_whoever_reads_later_meets_what_was_read(transcript: Any) -> None:
    story = transcript(ABD(), 3, 1, work(3, 7), work(4, None), work(5, None))
    # the first reader has a majority keep 7 before it returns, so that the second one meets it
    told = READ_DURING_A_WRITE.format(first="\n4 asks 0 1 -> 7", second="\n5 asks 1 2 -> 7")
    history = story.play(told)
    assert linearizable(history, initial=0).status is HELD


def test_a_writer_that_crashes_may_have_written_or_not(transcript: Any) -> None:
    story = transcript(ABD(), 3, 1, work(3, 7, 8), work(4, None, None))
    history = story.play("""
        3 starts
        3 asks  0 1
        3 tells 0
        3 crashes
        4 starts
        4 asks  1 2
        4 asks  1 2  -> 0
        4 asks  0 2
        4 asks  0 2  -> 7
    """)
    assert linearizable(history, initial=0).status is HELD


def test_of_two_writers_with_one_number_the_later_client_is_the_newer(transcript: Any) -> None:
    story = transcript(ABD(), 3, 1, work(3, 7), work(4, 8), work(5, None))
    history = story.play("""
        3 starts
        4 starts
        4 asks  0 1
        3 asks  1 2
        4 asks  0 1  -> 8
        3 asks  1 2  -> 7
        5 starts
        5 asks  1 2
        5 asks  1 2  -> 8
    """)
    assert linearizable(history, initial=0).status is HELD


def test_lost_messages_are_sent_again(transcript: Any) -> None:
    story = transcript(ABD(), 3, 1, work(3, 7))
    story.play("""
        3 starts
        3 asks  0
        3 waits
        3 asks  2
        3 tells 0 1
        3 waits
        3 asks  0 1  -> 7
    """)


def test_quorums_that_do_not_meet_read_what_is_stale(transcript: Any) -> None:
    for protocol in (ABD(quorum=1), ABD(quorums=[[0], [1, 2]])):
        history = transcript(protocol, 3, 1, work(3, 7), work(4, None)).play(
            """
            3 starts
            3 asks  0
            3 asks  0    -> 7
            4 starts
            4 asks  2 1
            4 asks  1 2  -> 0
        """
            if protocol.quorums
            else """
            3 starts
            3 asks  0
            3 asks  0    -> 7
            4 starts
            4 asks  2
            4 asks  1    -> 0
        """
        )
        assert regular(history, initial=0).status is VIOLATED
        assert durable(history, initial=0).status is VIOLATED
        assert protocol.unproven(3, 1)


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10**6), repair=st.booleans(), n=st.integers(2, 5))
def test_it_is_atomic_and_without_repair_regular_whatever_the_network_does(
    seed: int, repair: bool, n: int
) -> None:
    model = run(
        network=f"complete(n={n})",
        protocol=f"abd(repair={repair}, patience=3)",
        channel="exponential(mean=2) + loss(p=0.2) + duplication(p=0.2)",
        traitors=(n - 1) // 2,
        conduct="crash(at=4, recover=6, loses=memory)",
        liars=1,
        client_conduct="crash(at=5, reach=0.5)",
        clients=4,
        keys=2,
        max_steps=300,
        rng=seed,
    )
    assert model.outcome()["covered"]
    assert model.verdict.violated == ()
    assert model.outcome()["wrong_reads"] == 0


# What it costs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [2, 3, 4, 7])
@pytest.mark.parametrize(
    ("protocol", "reads", "a_server", "delays"),
    [("abd", 0, 4, 4), ("abd", 1, 4, 4), ("abd(repair=false)", 1, 2, 2), ("abd(repair=false)", 0, 4, 4)],
)
def test_messages_and_message_delays(n: int, protocol: str, reads: float, a_server: int, delays: int) -> None:
    model = run(network=f"complete(n={n})", protocol=protocol, reads=reads, clients=1, commands=5, pause=1)
    outcome = model.outcome()
    assert outcome["messages"] == 5 * a_server * n
    assert outcome["latency"] == outcome["latency_max"] == delays


# Where it is too weak ---------------------------------------------------------------------------------


def caught(seeds: int, **settings: Any) -> set[str]:
    """Return what is violated in any of some runs, none of which is covered."""
    models = [run(**settings, allow_below_bound=True, rng=seed) for seed in range(seeds)]
    assert not any(model.outcome()["covered"] for model in models)
    return {name for model in models for name in model.verdict.violated}


def test_a_write_that_one_server_keeps_is_lost_with_it() -> None:
    crash = {"traitors": 1, "placement": "first", "conduct": "crash(at=12)", "max_steps": 400}
    channel = "uniform(low=0, high=2) + loss(p=0.5)"
    weak = {"protocol": "abd(quorum=1, patience=3)", "channel": channel, "commands": 6, "reads": 0.6}
    assert {"durability", "consistency"} <= caught(20, **crash, **weak)


def test_a_quorum_too_small_reads_what_is_stale() -> None:
    assert "consistency" in caught(10, protocol="abd(quorum=1)", channel="uniform(low=0, high=5)")


def test_an_inversion_is_caught_where_an_atomic_register_is_promised() -> None:
    class Hasty(ABD):
        """Promises what it does only with repair."""

        @property
        def promise(self) -> Any:
            return ABD().promise

    models = [
        run(protocol=Hasty(repair=False), clients=4, commands=20, channel="exponential(mean=3)", rng=seed)
        for seed in range(10)
    ]
    assert {name for model in models for name in model.verdict.violated} == {"consistency"}
    assert {model.outcome()["wrong_reads"] for model in models} == {0}  # each read by itself is right
    assert {model.outcome()["consistency_seen"] for model in models} == {"atomic", "regular"}


@pytest.mark.parametrize("conduct", ["corrupting", "forging"])
def test_one_liar_is_enough(conduct: str) -> None:
    assert "consistency" in caught(3, traitors=1, conduct=conduct, commands=10)


def test_quorums_of_any_kind() -> None:
    grid = [[0, 1, 2, 3, 6], [3, 4, 5, 1, 7], [6, 7, 8, 2, 5]]
    model = run(network="complete(n=9)", protocol=ABD(quorums=grid), channel="uniform(low=0, high=4)", f=0)
    assert model.outcome()["covered"]
    assert model.verdict.violated == ()
    assert str(ABD(quorums=[{2, 0}, {0, 1}])) == "abd(quorums=[[0, 2], [0, 1]])"
    # the same quorums in text
    assert run(protocol="abd(quorums=[[0, 1], [1, 2], [0, 2]])", traitors=1).verdict.violated == ()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"quorums": []}, r"quorums=\[\]: .*there must be a quorum"),
        ({"quorums": [[0], []]}, r"quorums=\[\[0\], \[\]\]: sets\[1\] is empty"),
        ({"quorums": [[-1]]}, r"quorums\[0\]\[0\]=-1|quorums.*greater than or equal|at least 0"),
        ({"quorums": [[0, 1]], "quorum": 2}, "quorum=2: quorums are given one by one already"),
        ({"quorum": 0}, "quorum=0 must be at least 1"),
        ({"patience": 0}, "patience=0"),
    ],
)
def test_bad_quorums_are_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message) as refusal:
        ABD(**given)
    assert "\n" not in str(refusal.value)
