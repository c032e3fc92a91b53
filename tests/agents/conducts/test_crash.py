"""What a crashing traitor still says, play by play."""

from collections.abc import Callable

import pytest
from accord.agents.conducts import conducts
from accord.agents.errors import InputError
from accord.agents.protocols import Faults

HONEST = [f"{now}: word(0, {now}) -> 1 2 3 4" for now in range(3)]


@pytest.mark.parametrize(
    ("conduct", "lines"),
    [
        ("crash(at=9)", HONEST),  # too late to matter
        ("crash(at=1)", HONEST[:1]),  # it stops before it speaks at that time
        ("crash(at=0.5)", HONEST[:1]),
        ("crash(at=0)", []),
        ("crash(at=1, reach=0.5)", [HONEST[0], "1: word(0, 1) -> 1 2"]),  # in the middle of a broadcast
        ("crash(at=0, reach=0.25)", ["0: word(0, 0) -> 1"]),
        ("crash(at=0.5, reach=1)", HONEST[:2]),  # the whole of its next broadcast
        ("crash(at=1, reach=0.1)", HONEST[:1]),  # a share of less than one party
        # the timer that was due at 1 goes off when it comes back, and so all is late
        ("crash(at=1, recover=1.5)", [HONEST[0], "2.5: word(0, 1) -> 1 2 3 4", "3.5: word(0, 2) -> 1 2 3 4"]),
        (
            "crash(at=0, reach=0.5, recover=3)",
            ["0: word(0, 0) -> 1 2", "3: word(0, 1) -> 1 2 3 4", "4: word(0, 2) -> 1 2 3 4"],
        ),
        # it wrote down round 0, and goes on from there; the old timer is forgotten
        (
            "crash(at=0.5, recover=2, amnesia=true)",
            [HONEST[0], "2.5: word(0, 1) -> 1 2 3 4", "3.5: word(0, 2) -> 1 2 3 4"],
        ),
        # it was down before it wrote anything
        (
            "crash(at=0, recover=0.5, amnesia=true)",
            ["0.5: word(0, 0) -> 1 2 3 4", "1.5: word(0, 1) -> 1 2 3 4", "2.5: word(0, 2) -> 1 2 3 4"],
        ),
    ],
)
def test_plays(chatter: Callable, transcript: Callable, conduct: str, lines: list[str]) -> None:
    assert transcript(conduct, chatter()) == lines


def test_what_comes_while_it_is_down_is_lost(
    chatter: Callable, transcript: Callable, letter: Callable
) -> None:
    heard = [(0.5, 2, letter(1)), (1.5, 3, letter(1)), (3.5, 4, letter(1))]
    lines = transcript("crash(at=1, recover=2)", chatter(), heard)
    assert [line for line in lines if "letter" in line] == [
        "0.5: letter(word(1, 0)) -> 2",
        "3.5: letter(word(1, 0)) -> 4",
    ]


def test_it_hears_nothing_while_it_is_down(chatter: Callable, letter: Callable) -> None:
    puppet = conducts.choose("crash(at=0, recover=1)").puppet(chatter())
    state, _ = puppet.start()
    assert puppet.receive(state, 1, letter(1)) == (state, ())
    state, _ = puppet.timeout(state, puppet.own("recover"))
    assert puppet.receive(state, 1, letter(1))[0].inner.heard == 1


def test_the_share_is_of_all_that_is_sent_in_one_step(chatter: Callable, transcript: Callable) -> None:
    # two copies send two messages each in a step: one to themselves and one to two parties
    lines = transcript("equivocating + crash(at=0, reach=0.75)", chatter())
    assert lines == ["0: word(0, 0) -> 1 2", "0: word(1, 0) -> 3"]


def test_how_bad_it_is() -> None:
    kinds = ["crash", "crash(recover=1)", "crash(recover=1, amnesia=true)", "crash + crash(recover=1)"]
    assert [conducts.choose(kind).faults for kind in kinds] == [
        *(Faults.CRASH, Faults.OMISSION, Faults.RECOVERY, Faults.OMISSION)
    ]


def test_bad_input() -> None:
    with pytest.raises(InputError, match=r"crash: at=-1 must be at least 0"):
        conducts.choose("crash(at=-1)")
    with pytest.raises(InputError, match=r"give recover="):
        conducts.choose("crash(amnesia=true)")
