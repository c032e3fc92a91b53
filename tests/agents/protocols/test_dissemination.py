"""Dissemination quorums: what liars cannot do to signed values, and what too many of them can."""

from typing import Any

import pytest
from accord.agents.command import Command
from accord.agents.keys import Keys
from accord.agents.protocols.dissemination import Dissemination
from accord.agents.register import Shelf, Stamp, Version
from accord.models import Registers
from accord.models.consistency import regular
from accord.models.linearizability import linearizable
from accord.models.verdict import Status
from hypothesis import given, settings
from hypothesis import strategies as st

LIES = ["corrupting", "forging", "forging(beside=true)", "random", "replaying", "equivocating", "colluding"]


def run(**settings: Any) -> Registers:
    given = {"network": "complete(n=4)", "protocol": "dissemination", "commands": 6, "rng": 1}
    return Registers(**{**given, **settings}).run()


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10**6), repair=st.booleans(), conduct=st.sampled_from(LIES), f=st.integers(1, 2))
def test_it_is_atomic_and_without_repair_regular_whatever_liars_say(
    seed: int, repair: bool, conduct: str, f: int
) -> None:
    model = run(
        network=f"complete(n={3 * f + 1})",
        protocol=f"dissemination(repair={repair})",
        traitors=f,
        conduct=conduct,
        channel="exponential(mean=2)",
        liars=1,
        client_conduct="crash(at=5, reach=0.5)",
        clients=3,
        rng=seed,
    )
    assert model.outcome()["covered"]
    assert model.verdict.violated == ()
    assert model.verdict.termination == "held"


@pytest.mark.parametrize(("protocol", "reads"), [("dissemination", 4), ("dissemination(repair=false)", 2)])
def test_messages_and_message_delays(protocol: str, reads: int) -> None:
    for share, each in ((1, reads), (0, 4)):
        model = run(network="complete(n=7)", protocol=protocol, reads=share, clients=1, commands=5)
        assert model.outcome()["messages"] == 5 * each * 7
        assert model.outcome()["latency"] == each


# Stories among four servers: 4 writes 7, then 5 reads; the liars, 0 and 1, keep nothing and say what they like


def story(transcript: Any, liars: int, f: int) -> Any:
    work = (Command(4, 0, 0, 7),), (Command(5, 0, 0),)
    played = transcript(Dissemination(repair=False), 4, f, *work)
    played.play("""
        4 starts
        4 asks  0 1 2
        4 asks  0 1 2  -> 7
    """)
    for liar in range(liars):
        played.states[liar] = Shelf()
    return played


def test_one_liar_of_four_that_denies_what_was_written_is_outdone(transcript: Any) -> None:
    played = story(transcript, 1, 1)
    history = played.play("""
        5 starts
        5 asks  3 0 1  -> 7
    """)
    assert linearizable(history, initial=0).status is Status.HELD


def test_two_liars_deceive_whoever_hears_the_slow_one(transcript: Any) -> None:
    played = story(transcript, 2, 1)
    history = played.play("""
        5 starts
        5 asks  3 0 1  -> 0
    """)
    assert regular(history, initial=0).status is Status.VIOLATED


def test_what_a_liar_makes_up_counts_for_nothing(transcript: Any) -> None:
    played = story(transcript, 1, 1)
    forged = Version(0, Stamp(9, 4), 8)._replace(signature=Keys((0,), b"run").sign(0, "x"))
    played.states[0], _ = Shelf().and_then(forged)
    history = played.play("""
        5 starts
        5 asks  3 0 1
        5 asks  2  -> 7
    """)
    assert linearizable(history, initial=0).status is Status.HELD


def test_quorums_that_share_too_few_read_what_is_stale() -> None:
    weak = {
        "protocol": "dissemination(quorum=2)",
        "channel": "exponential(mean=3)",
        "allow_below_bound": True,
    }
    models = [run(**weak, rng=seed) for seed in range(10)]
    assert not any(model.outcome()["covered"] for model in models)
    assert any("consistency" in model.verdict.violated for model in models)
