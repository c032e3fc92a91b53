"""What a crashing traitor still says, play by play."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from accord.agents.conducts import conducts
from accord.agents.conducts.crash import Crash
from accord.agents.errors import InputError
from accord.agents.outage import Phase
from accord.agents.protocols import Faults
from accord.models import Servers
from hypothesis import given, settings
from hypothesis import strategies as st

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
            "crash(at=0.5, recover=2, loses=memory)",
            [HONEST[0], "2.5: word(0, 1) -> 1 2 3 4", "3.5: word(0, 2) -> 1 2 3 4"],
        ),
        # it wrote that down, and has lost it
        (
            "crash(at=1.5, recover=2, loses=disk)",
            [*HONEST[:2], *(f"{3.5 + each:g}: word(0, {each}) -> 1 2 3 4" for each in range(3))],
        ),
        # it falls again and again; the timers of its former lives are forgotten
        (
            "crash(at=0.5, recover=2, loses=disk, every=2.5)",
            [HONEST[0], *(f"{now}: word(0, 0) -> 1 2 3 4" for now in ("2.5", "5", "7.5"))],
        ),
        (
            "crash(at=0.5, recover=1, loses=memory, every=3)",
            [
                *(HONEST[0], "1.5: word(0, 1) -> 1 2 3 4", "2.5: word(0, 2) -> 1 2 3 4"),
                *("4.5: word(0, 3) -> 1 2 3 4", "7.5: word(0, 4) -> 1 2 3 4"),
            ],
        ),
        (
            "crash(at=0.5, recover=1, every=1.5)",
            [HONEST[0], "1.5: word(0, 1) -> 1 2 3 4", "3: word(0, 2) -> 1 2 3 4"],
        ),
        # it was down before it wrote anything
        (
            "crash(at=0, recover=0.5, loses=memory)",
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
    kinds = ["crash", "crash(recover=1)", "crash(recover=1, loses=memory)", "crash(recover=1, loses=disk)"]
    assert [conducts.choose(kind).faults for kind in [*kinds, "crash + crash(recover=1)"]] == [
        *(Faults.CRASH, Faults.OMISSION, Faults.RECOVERY, Faults.LOSS, Faults.OMISSION)
    ]


def test_one_after_the_other(chatter: Callable, transcript: Callable) -> None:
    role = chatter(coalition=(0, 3, 4))
    falls = [
        transcript("crash(at=0.5, stagger=1)", replace(role, seat=role.seat.but(node=node)))
        for node in (0, 3, 4)
    ]
    assert list(map(len, falls)) == [1, 2, 3]


@pytest.mark.parametrize(
    ("settings", "traitors", "least"),
    [
        ("", 5, 5),  # who never comes back stays down
        ("stagger=20", 5, 5),
        ("recover=6", 5, 5),
        ("recover=6, stagger=20", 5, 1),
        ("recover=6, stagger=20", 0, 0),
        ("recover=20, stagger=20", 5, 2),  # one falls when the other comes back
        ("recover=50, stagger=20", 5, 3),
        ("recover=0.3, stagger=0.1", 9, 4),  # 0.1 + 0.1 + 0.1 is 0.3
        ("recover=6, stagger=20, reach=0.5", 5, 5),  # who falls when it next speaks may do so at any time
        ("recover=6, stagger=20, every=100", 5, 1),
        ("recover=6, stagger=20, every=80", 5, 2),  # the fifth falls with the first
        ("recover=6, stagger=20, every=83", 5, 2),  # three rounds before the first does again
        ("recover=6, stagger=20, every=90", 5, 1),
        ("recover=6, stagger=20, every=10", 5, 5),
        ("recover=6, stagger=25, every=10", 5, 5),  # 0, 5, 0, 5, 0
        ("recover=4, stagger=25, every=10", 5, 3),
        ("recover=0.1, stagger=0.1, every=0.3", 3, 2),
        ("recover=0.01, stagger=0.7, every=0.1", 2, 2),  # 0.7 is seven times 0.1
    ],
)
def test_how_many_are_down_at_once(settings: str, traitors: int, least: int) -> None:
    conduct = conducts.choose(f"crash({settings})")
    assert conduct.at_once(traitors) == least
    if "reach" not in settings and conduct.recover is not None:
        # falls and rises at times that can be told apart, one by one
        times = [
            (conduct.at + rank * conduct.stagger + again * (conduct.every or 0))
            for rank in range(traitors)
            for again in range(1 if conduct.every is None else 60)
        ]
        down = [sum(-1e-9 <= now - fall <= conduct.recover + 1e-9 for fall in times) for now in times]
        assert max(down, default=0) == least


@given(
    st.integers(0, 6),
    st.integers(1, 12),
    st.integers(0, 12),
    st.none() | st.integers(13, 40),
)
@settings(deadline=None, max_examples=60)
def test_nobody_else_is_ever_down(traitors: int, rise: int, stagger: int, every: int | None) -> None:
    conduct = Crash(at=1, recover=rise, stagger=stagger, every=every)
    model = Servers(
        network="complete(n=8)", traitors=traitors, f=7, conduct=conduct, allow_below_bound=True, rng=1
    )
    most = 0
    for _ in range(160):
        model.step()
        states = [model.simulation.states[node].memory for node in model.traitors]
        most = max(most, sum(each.phase is Phase.DOWN for each in states))
        if not model.running:
            break
    assert most <= conduct.at_once(traitors)


def test_whether_it_passes() -> None:
    conduct = {"crash": False, "crash(recover=1)": True, "crash(recover=1, every=9)": False, "silent": False}
    assert {kind: conducts.choose(kind).passes for kind in conduct} == conduct


def test_bad_input() -> None:
    with pytest.raises(InputError, match=r"crash: at=-1 must be at least 0"):
        conducts.choose("crash(at=-1)")
    with pytest.raises(InputError, match=r"give recover="):
        conducts.choose("crash(loses=memory)")
    with pytest.raises(InputError, match=r"crash: loses=disk: one that never comes back"):
        conducts.choose("crash(loses=disk)")
    with pytest.raises(
        InputError, match=r"crash: loses='head': input should be 'nothing', 'memory' or 'disk'"
    ):
        conducts.choose("crash(recover=1, loses=head)")
    with pytest.raises(InputError, match=r"crash: every=5: who falls again .*; give recover=") as told:
        conducts.choose("crash(every=5)")
    assert "\n" not in str(told.value)
    with pytest.raises(InputError, match=r"crash: every=5: .* use every > recover=5"):
        conducts.choose("crash(recover=5, every=5)")
