"""Masking quorums: liars are outvoted, up to so many; and what a safe register does not promise."""

from typing import Any

import pytest
from accord.agents.command import Command
from accord.agents.protocols.masking import Masking
from accord.agents.register import Shelf, Stamp, Version
from accord.models import Registers
from accord.models.consistency import regular, safe
from accord.models.verdict import Status
from hypothesis import given, settings
from hypothesis import strategies as st

LIES = ["corrupting", "forging", "forging(beside=true)", "random", "replaying", "equivocating", "colluding"]
HELD, VIOLATED = Status.HELD, Status.VIOLATED


def run(**settings: Any) -> Registers:
    given = {"network": "complete(n=5)", "protocol": "masking", "commands": 6, "rng": 1}
    return Registers(**{**given, **settings}).run()


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10**6), repair=st.booleans(), conduct=st.sampled_from(LIES), f=st.integers(1, 2))
def test_it_is_safe_whatever_liars_say(seed: int, repair: bool, conduct: str, f: int) -> None:
    model = run(
        network=f"complete(n={4 * f + 1})",
        protocol=f"masking(repair={repair})",
        traitors=f,
        conduct=conduct,
        channel="exponential(mean=2)",
        liars=1,
        client_conduct="crash(at=5, reach=0.5)",
        clients=3,
        pause=5,
        rng=seed,
    )
    assert model.outcome()["covered"]
    assert model.verdict.violated == ()
    assert model.verdict.termination == "held"
    assert model.outcome()["wrong_reads"] == 0


@pytest.mark.parametrize(("protocol", "reads"), [("masking(repair=true)", 4), ("masking", 2)])
def test_messages_and_message_delays(protocol: str, reads: int) -> None:
    for share, each in ((1, reads), (0, 4)):
        model = run(network="complete(n=5)", protocol=protocol, reads=share, clients=1, commands=5)
        assert model.outcome()["messages"] == 5 * each * 5
        assert model.outcome()["latency"] == each


# Stories among five servers, f = 1: 5 and 6 write, 7 reads; quorums are of four -------------------------


def story(transcript: Any, *values: tuple[int, ...], f: int = 1) -> Any:
    commands = [
        [Command(5 + place, number, 0, value) for number, value in enumerate(own)]
        for place, own in enumerate(values)
    ]
    return transcript(Masking(), 5, f, *commands, [Command(7, 0, 0), Command(7, 1, 0)])


def test_a_read_during_a_write_may_return_something_old_or_nothing(transcript: Any) -> None:
    played = story(transcript, (1, 2), (3,))
    history = played.play("""
        5 starts
        5 asks  0 1 2 3
        5 asks  0 1 2 3  -> 1
        5 asks  0 1 2 3
        6 starts
        6 asks  1 2 3 4
        5 tells 0
        6 tells 1
        7 starts
        7 asks  0 1 2 4  -> None
    """)
    assert safe(history, initial=0).status is HELD
    # liar 3 has forgotten everything, and sides with 4, whom nobody has told anything yet
    played.states[3] = Shelf()
    history = played.play("7 asks  0 1 3 4  -> 0")
    assert (safe(history, initial=0).status, regular(history, initial=0).status) == (HELD, VIOLATED)


LIE = Version(0, Stamp(9, 5), 8)


@pytest.mark.parametrize(("liars", "result"), [(1, 1), (2, 8)])
def test_one_liar_is_outvoted_and_two_with_one_story_are_believed(
    transcript: Any, liars: int, result: int
) -> None:
    played = story(transcript, (1,), ())
    played.play("""
        5 starts
        5 asks  0 1 2 3
        5 asks  0 1 2 3  -> 1
    """)
    for liar in range(liars):
        played.states[liar], _ = Shelf().and_then(LIE)
    history = played.play(f"""
        7 starts
        7 asks  0 1 2 3  -> {result}
    """)
    assert (safe(history, initial=0).status is HELD) == (liars == 1)


def test_a_writer_that_crashes_is_writing_for_ever(transcript: Any) -> None:
    played = story(transcript, (1,), (3,))
    history = played.play("""
        5 starts
        5 asks  0 1 2 3
        5 asks  0 1 2 3  -> 1
        6 starts
        6 asks  0 1 2 3
        6 tells 0 1
        6 crashes
        7 starts
        7 asks  0 2 3 4  -> 1
        7 asks  0 1 2 4  -> 3
    """)
    assert safe(history, initial=0).vacuous


# Where it is too weak ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("conduct", ["corrupting", "forging"])
@pytest.mark.parametrize(("traitors", "protocol"), [(2, "masking"), (1, "masking(vouchers=1)")])
def test_liars_enough_to_vouch_for_a_lie_are_caught(traitors: int, protocol: str, conduct: str) -> None:
    weak = {"traitors": traitors, "protocol": protocol, "conduct": conduct, "f": 1, "allow_below_bound": True}
    models = [run(**weak, commands=12, pause=5, rng=seed) for seed in range(5)]
    assert not any(model.outcome()["covered"] for model in models)
    assert any("consistency" in model.verdict.violated for model in models)
    assert any(model.outcome()["wrong_reads"] for model in models)


def test_quorums_that_share_too_few_are_caught() -> None:
    weak = {"protocol": "masking(quorum=3)", "channel": "exponential(mean=3)", "traitors": 1, "pause": 2}
    weak |= {"allow_below_bound": True, "conduct": "corrupting"}
    models = [run(**weak, commands=12, rng=seed) for seed in range(10)]
    assert not any(model.outcome()["covered"] for model in models)
    assert any("consistency" in model.verdict.violated for model in models)
