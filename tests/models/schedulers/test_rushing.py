"""Traitors hear everything before they speak."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from accord.agents.machine import Effect, Machine, Message, Seat, Send, Step, Timer
from accord.agents.puppet import Puppet, Role
from accord.models import Generals
from accord.models.channels import channels
from accord.models.schedulers.rushing import Rushing
from accord.models.simulation import Luck, Simulation


@dataclass(frozen=True, slots=True)
class Word(Message):
    """Says nothing in particular."""


class Party(Machine):
    """Speaks in each of some rounds, and notes what it hears and does."""

    def __init__(self, node: int, n: int = 3, rounds: int = 2) -> None:
        self.seat = Seat(node, n, 1)
        self.rounds = rounds

    def start(self) -> Step:
        return ("speaks 0",), (Send(self.seat.others, Word()), Timer(1, 1))

    def receive(self, state: Any, sender: int, message: Message) -> Step:
        return (*state, f"hears {sender}"), ()

    def timeout(self, state: Any, name: int) -> Step:
        more: Sequence[Effect] = (Timer(name + 1, 1),) if name < self.rounds else ()
        return (*state, f"speaks {name}"), (Send(self.seat.others, Word()), *more)


def run(channel: str = "constant") -> list[Any]:
    machines: list[Machine] = [Party(0), Puppet(Role(Seat(1, 3, 1), (1,), lambda value: Party(1))), Party(2)]
    luck = Luck(np.random.default_rng(1), np.random.default_rng(1), lambda node, sides: 0)
    simulation = Simulation(machines, channels.choose(channel), Rushing(), luck)
    assert not simulation.drain(100)
    states: list[Any] = [*simulation.states]
    states[1] = states[1].inner
    return states


def test_a_traitor_hears_a_round_before_it_speaks_in_it() -> None:
    states = run()
    assert states[1] == (
        *("speaks 0", "hears 0", "hears 2"),
        *("hears 0", "hears 2", "speaks 1"),
        *("hears 0", "hears 2", "speaks 2"),
    )


@pytest.mark.parametrize("node", [0, 2])
def test_honest_parties_hear_everybody_in_time_all_the_same(node: int) -> None:
    state = run()[node]
    for number in (1, 2):
        assert sorted(state[: state.index(f"speaks {number}")]) == sorted(
            [f"speaks {before}" for before in range(number)]
            + [f"hears {other}" for other in range(3) if other != node] * number
        )


def test_delays_do_not_slow_a_traitor_down() -> None:
    states = run("uniform(low=0.2, high=0.9)")
    assert states[1][:6] == ("speaks 0", "hears 0", "hears 2", "hears 0", "hears 2", "speaks 1")


def test_what_is_lost_is_lost_to_traitors_too() -> None:
    assert run("loss(p=1)")[1] == ("speaks 0", "speaks 1", "speaks 2")


def test_without_traitors_it_is_by_time() -> None:
    def events(scheduler: str) -> Any:
        model = Generals(
            network="complete(n=5)", f=1, channel="uniform(high=4)", scheduler=scheduler, rng=2
        ).run()
        return model.simulation.decisions

    assert events("rushing") == events("earliest")
