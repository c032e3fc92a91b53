"""Watch what a scheduler does with the events of a run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from accord.agents.machine import Effect, Machine, Message, Seat, Send, Step, Timer
from accord.models.channels import channels
from accord.models.schedulers import Event, schedulers
from accord.models.simulation import Luck, Simulation


@dataclass(frozen=True, slots=True)
class Word(Message):
    value: int
    round: int = 0


class Chatter(Machine):
    """Speaks to all at the start and in some rounds, with or without timers, and answers the first few words."""

    def __init__(self, node: int, n: int, *, rounds: int, answers: int, alone: bool = False) -> None:
        self.seat = Seat(node, n, 0, node % 2)
        self.rounds, self.answers, self.alone = rounds, answers, alone

    def _speak(self, number: int) -> Sequence[Effect]:
        said: list[Effect] = [Send(self.seat.everyone, Word(int(self.seat.value), number))]
        if number < self.rounds and not (self.alone and self.seat.node):
            said.append(Timer(number + 1, 1))
        return said

    def start(self) -> Step:
        return 0, self._speak(0)

    def receive(self, state: int, sender: int, message: Any) -> Step:
        if state >= self.answers or sender == self.seat.node:
            return state, ()
        return state + 1, (Send((sender,), message),)

    def timeout(self, state: int, name: int) -> Step:
        return state, self._speak(name)


@dataclass
class Watched:
    """A queue that notes when events came and went."""

    simulation: Simulation
    inside: Any
    came: dict[int, tuple[float, Event]] = field(default_factory=dict)
    went: list[tuple[float, Event]] = field(default_factory=list)

    def push(self, event: Event) -> None:
        self.came[event[1]] = (self.simulation.now, event)
        self.inside.push(event)

    def pop(self) -> Event:
        event: Event = self.inside.pop()
        self.went.append((event[0], self.came[event[1]][1]))
        return event

    def __iter__(self) -> Any:
        return iter(self.inside)


Watch = Callable[..., Watched]


@pytest.fixture(scope="session")
def watch() -> Watch:
    """Run chatterers under a scheduler and a channel to the end, and return what was seen."""

    def run(
        scheduler: str,
        channel: str,
        *,
        n: int = 4,
        seed: int = 1,
        rounds: int = 3,
        answers: int = 0,
        alone: bool = False,
        machines: Sequence[Machine] | None = None,
    ) -> Watched:
        if machines is None:
            machines = [Chatter(node, n, rounds=rounds, answers=answers, alone=alone) for node in range(n)]
        luck = Luck(np.random.default_rng(seed), np.random.default_rng(seed), lambda node, sides: 0)
        simulation = Simulation(machines, channels.choose(channel), schedulers.choose("earliest"), luck)
        watched = Watched(simulation, schedulers.choose(scheduler).queue(simulation, luck.schedule))
        starts = sorted(simulation.queue)
        simulation.queue = watched
        for event in starts:
            watched.push(event)
        assert not simulation.drain(1e6)
        assert not list(watched)
        return watched

    return run
