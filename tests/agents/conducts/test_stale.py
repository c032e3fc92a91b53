"""What is answered from the past."""

from collections.abc import Callable
from typing import Any

import pytest
from accord.agents.conducts import conducts
from accord.agents.errors import InputError
from accord.agents.machine import Flip, Machine, Message, Seat, Send, Step, Timer
from accord.agents.protocols import Faults
from accord.agents.puppet import Role
from accord.models import Generals, Servers


class Counting(Machine):
    """Tells whoever writes how many have written, adds a coin, and sets a timer."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat

    def start(self) -> Step:
        return 0, (Timer("tick", 1),)

    def receive(self, state: int, sender: int, message: Message) -> Step:
        return state + 1, (Send((sender,), _Count(state + 1)), Flip("coin", (10, 20)), Timer("late", 3))

    def flip(self, state: int, key: Any, value: int) -> Step:
        return state + value, (Send((1,), _Count(state + value)),)

    def timeout(self, state: int, name: Any) -> Step:
        return state + 100, (Timer("tick", 1),)


class _Count(Message):
    def __init__(self, count: int) -> None:
        self.count = count

    def __str__(self) -> str:
        return f"count({self.count})"


def role(coalition: tuple[int, ...] = (0,)) -> Role:
    return Role(Seat(0, 5, 1), coalition, lambda value: Counting(Seat(0, 5, 1, value)))


def test_plays(transcript: Callable) -> None:
    heard = [(0.5, 2, Message()), (2.5, 3, Message()), (3.5, 4, Message())]
    # by then it has counted one message, a coin of 10 and a tick; there it stays
    assert transcript("stale(at=1.5)", role(), heard, coins=(0, 1, 0)) == [
        *("0.5: count(1) -> 2", "0.5: count(11) -> 1"),
        *("2.5: count(112) -> 3", "2.5: count(132) -> 1"),
        *("3.5: count(112) -> 4", "3.5: count(122) -> 1"),
    ]


def test_its_clock_stands_still_and_its_friends_are_not_answered(transcript: Callable) -> None:
    assert (
        transcript("stale(at=0.5)", role((0, 3)), [(1, 3, Message()), (1, 0, Message())], coins=(0, 0)) == []
    )
    honest = transcript("stale(at=90)", role((0, 3)), [(1.5, 3, Message())], coins=(0,))
    assert honest == ["1.5: count(101) -> 3", "1.5: count(111) -> 1"]


def test_it_votes_for_whoever_asks() -> None:
    # a voter of Raft that never gets beyond its first state has not voted yet
    model = Servers(network="complete(n=5)", traitors=1, conduct="stale(at=0)", allow_below_bound=True, rng=1)
    model.run()
    (stale,) = model.traitors
    assert model.simulation.states[stale].memory.state.kept.term == 0
    assert model.outcome()["uncovered"] == "raft bears recovery faults only"


@pytest.mark.parametrize("protocol", ["pbft", "hotstuff"])
def test_those_who_bear_liars_bear_it(protocol: str) -> None:
    for at in (0, 5, 12):
        model = Servers(
            network="complete(n=4)",
            protocol=protocol,
            traitors=1,
            conduct=f"stale(at={at})",
            placement="first",
            commands=6,
            channel="uniform(low=0, high=2)",
            rng=1,
        )
        assert model.run().verdict.violated == ()
        assert model.outcome()["answered"] == 12


def test_two_of_them_do_not_talk_for_ever() -> None:
    model = Generals(
        network="complete(n=7)", traitors=2, conduct="stale(at=0)", channel="constant(delay=0)", rng=1
    )
    assert model.run().outcome()["ended"] == "decided"
    assert model.simulation.events < 1000


def test_how_bad_it_is() -> None:
    assert conducts.choose("stale").faults is Faults.BYZANTINE
    with pytest.raises(InputError, match=r"stale: at=-1 must be at least 0"):
        conducts.choose("stale(at=-1)")
