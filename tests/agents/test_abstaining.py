"""Who abstains votes for nothing that it does not want, and does all else."""

from typing import Any

import pytest
from accord.agents.abstaining import Abstaining, Ballot
from accord.agents.keys import Keys
from accord.agents.machine import Flip, Machine, Message, Seat, Send, State, Step, Timer
from accord.agents.protocols import Problem, protocols
from accord.agents.protocols.bracha import _Echo, _Initial, _Ready


def party(*approved: int) -> tuple[Abstaining, Any]:
    machine = Abstaining(protocols.choose("bracha").machine(Seat(1, 4, 1)), frozenset(approved))
    return machine, machine.start()[0]


def test_it_votes_for_what_it_wants() -> None:
    machine, state = party(1)
    state, effects = machine.receive(state, 0, _Initial(1))
    assert effects == (Send((0, 1, 2, 3), _Echo(1)),)
    assert state.votes == (1,)


def test_it_votes_for_nothing_else_and_passes_on_how_others_voted() -> None:
    machine, state = party(0)
    state, effects = machine.receive(state, 0, _Initial(1))
    assert (effects, state.votes) == ((), ())
    for sender in (0, 2, 3):
        state, effects = machine.receive(state, sender, _Echo(1))
    assert effects == (Send((0, 1, 2, 3), _Ready(1)),)
    assert state.votes == ()


def test_a_vote_held_back_is_not_given_to_the_next() -> None:
    # an honest party votes once, or for nothing: what it did not get in the first place it cannot make up for
    machine, state = party(0)
    state, _ = machine.receive(state, 0, _Initial(1))
    assert machine.receive(state, 0, _Initial(0)) == (state, ())


class _Busy(Machine):
    """It votes whatever happens to it."""

    seat = Seat(0, 2, 0)

    def start(self) -> Step:
        return 0, (Timer("soon", 1), Flip("coin"), Send((1,), _Echo(1)))

    def receive(self, state: State, sender: int, message: Message) -> Step:
        return state + 1, (Send((1,), _Echo(1)), Send((1,), _Ready(1)))

    timeout = flip = lambda self, state, *_: (state + 1, (Send((1,), _Echo(1)),))  # type: ignore[assignment]


def test_every_event_reaches_the_machine_inside() -> None:
    inner = _Busy()
    against, in_favour = Abstaining(inner, frozenset()), Abstaining(inner, frozenset({1}))
    assert against.seat is inner.seat
    assert against.start() == (Ballot(0), (Timer("soon", 1), Flip("coin")))
    assert against.timeout(Ballot(0), "soon") == against.flip(Ballot(0), "coin", 1) == (Ballot(1), ())
    assert against.receive(Ballot(2), 1, _Ready(0)) == (Ballot(3), (Send((1,), _Ready(1)),))
    assert against.recover(None) == against.start()
    assert in_favour.timeout(Ballot(0), "soon") == (Ballot(1, (1,)), (Send((1,), _Echo(1)),))
    assert in_favour.flip(Ballot(1, (1,)), "coin", 0)[0] == Ballot(2, (1, 1))


@pytest.mark.parametrize(
    "name", [name for name, kind in protocols.items() if kind.problem is Problem.BROADCAST]
)
def test_a_broadcast_that_needs_votes_has_them_in_its_alphabet(name: str) -> None:
    protocol = protocols.choose(name)
    seat = Seat(0, 7, 2, keys=Keys((0, 1)))
    voted = any(message.is_vote for message in protocol.alphabet(seat, (0, 1)))
    assert voted == (protocol.needed(7, 2) is not None)
