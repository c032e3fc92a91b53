"""Machines played by hand: in rounds, and in layers of an asynchronous schedule."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from accord.agents.command import Command
from accord.agents.conducts import Conduct
from accord.agents.keys import Keys
from accord.agents.lockstep import Said
from accord.agents.machine import Decide, Effect, Flip, Invoke, Message, Return, Seat, Send, Step, Timer
from accord.agents.protocols import Protocol
from accord.agents.puppet import Puppet, Role
from accord.models.histories import Access, Operation


class _TwoFaced(Puppet):
    def rewrite(self, memory: Any, effects: Sequence[Effect]) -> Step:
        told: list[Effect] = []
        for effect in effects:
            if isinstance(effect, Send):
                told += [Send((to,), effect.message.saying(int(2 * to >= self.seat.n))) for to in effect.to]
            else:
                told.append(effect)
        return memory, tuple(told)


class TwoFaced(Conduct):
    """Say what an honest party says when it does, but 0 to the lower half of the ids and 1 to the others."""

    def puppet(self, role: Role) -> Puppet:
        return _TwoFaced(role)


@dataclass
class Play:
    """Honest machines, and what became of them."""

    protocol: Protocol
    inputs: Sequence[float]
    f: int
    traitors: Sequence[int] = ()
    coin: Callable[[], int] = lambda: 0
    decisions: dict[int, Decide] = field(default_factory=dict)
    sent: dict[int, list[Message]] = field(default_factory=dict)
    flips: int = 0

    def __post_init__(self) -> None:
        n = len(self.inputs)
        self.honest = [node for node in range(n) if node not in self.traitors]
        self.machines = {
            node: self.protocol.machine(Seat(node, n, self.f, self.inputs[node])) for node in self.honest
        }
        self.states: dict[int, Any] = {}
        self.sent = {node: [] for node in self.honest}
        for node in self.honest:
            self.do(node, self.machines[node].start())

    def do(self, node: int, step: Step) -> None:
        self.states[node], effects = step
        for effect in effects:
            if isinstance(effect, Send):
                self.sent[node].append(effect.message)
            elif isinstance(effect, Decide):
                assert node not in self.decisions
                self.decisions[node] = effect
            elif isinstance(effect, Flip):
                self.flips += 1
                machine = self.machines[node]
                self.do(node, machine.flip(self.states[node], effect.key, self.coin()))

    def hear(self, node: int, sender: int, message: Message) -> None:
        self.do(node, self.machines[node].receive(self.states[node], sender, message))

    @property
    def values(self) -> list[float]:
        return [decision.value for decision in self.decisions.values()]

    @property
    def is_broken(self) -> bool:
        """Whether two decided differently, or on what no honest party put in though all put in the same."""
        put_in = {self.inputs[node] for node in self.honest}
        return len(set(self.values)) > 1 or (len(put_in) == 1 and not set(self.values) <= put_in)


@pytest.fixture
def two_faced() -> Conduct:
    return TwoFaced()


@pytest.fixture
def in_rounds() -> Callable[..., Play]:
    """Play in lockstep; what a traitor says in a round to a party is looked up in `lies`."""

    def played(
        protocol: Protocol,
        inputs: Sequence[float],
        f: int,
        traitors: Sequence[int] = (),
        lies: Callable[[int, int, int], Any] = lambda r, traitor, to: None,
    ) -> Play:
        play = Play(protocol, inputs, f, traitors)
        said = {node: list(messages) for node, messages in play.sent.items()}
        for r in range(1, play.machines[play.honest[0]].rounds + 1):  # type: ignore[attr-defined]
            for node in play.honest:
                for sender, messages in said.items():
                    for message in messages:
                        play.hear(node, sender, message)
                for traitor in traitors:
                    play.hear(node, traitor, Said(r, lies(r, traitor, node)))
            before = {node: len(messages) for node, messages in play.sent.items()}
            for node in play.honest:
                play.do(node, play.machines[node].timeout(play.states[node], r))
            said = {node: messages[before[node] :] for node, messages in play.sent.items()}
        return play

    return played


@pytest.fixture
def in_layers() -> Callable[..., Play]:
    """Play stage by stage: each hears the stage's messages in an order of its own, and acts on the first of them."""

    def played(
        protocol: Protocol,
        inputs: Sequence[float],
        f: int,
        order: Callable[[int, int], Iterable[int]],
        coin: Callable[[], int],
        lies: Mapping[int, Callable[[int, int], Message]] | None = None,
        stages: int = 10_000,
    ) -> Play:
        lies = lies or {}
        play = Play(protocol, inputs, f, tuple(lies), coin)
        for stage in range(stages):
            if len(play.decisions) == len(play.honest):
                break
            said = {node: sent[stage] for node, sent in play.sent.items() if stage < len(sent)}
            for node in play.honest:
                for sender in order(stage, node):
                    message = lies[sender](stage, node) if sender in lies else said.get(sender)
                    if message is not None:
                        play.hear(node, sender, message)
        return play

    return played


@pytest.fixture
def at_random() -> Callable[..., dict[str, Any]]:
    """Orders and coins drawn from a seed."""

    def drawn(n: int, seed: int) -> dict[str, Any]:
        rng = np.random.default_rng(seed)
        return {
            "order": lambda stage, node: rng.permutation(n).tolist(),
            "coin": lambda: int(rng.integers(2)),
        }

    return drawn


class Transcript:
    """Servers and clients of registers, of whom a test says who hears whom, line by line.

    Servers are 0..n-1, clients come after them, with their commands. A line is a client, what it does, the servers that
    it does it with, and what it returns then, if anything:

    - ``starts``: it starts, and asks;
    - ``asks``: what it has asked reaches some servers, and their answers come back;
    - ``tells``: what it has asked reaches some servers, and their answers are still under way;
    - ``crashes``: that was all of it;
    - ``waits``: it waits in vain for whatever it was waiting for.
    """

    def __init__(self, protocol: Protocol, n: int, f: int, *work: Sequence[Command]) -> None:
        keys = b"run"
        self.n, parties = n, n + len(work)
        seats = [Seat(node, parties, f, keys=Keys((node,), keys), servers=n) for node in range(n)]
        seats += [
            Seat(n + place, parties, f, keys=Keys((n + place,), keys), servers=n, commands=tuple(commands))
            for place, commands in enumerate(work)
        ]
        self.machines = [protocol.machine(seat) for seat in seats]
        self.states: dict[int, Any] = {node: self.machines[node].start()[0] for node in range(n)}
        self.asked: dict[int, Send] = {}
        self.timers: dict[int, Timer] = {}
        self.invoked: dict[Command, int] = {}
        self.history: list[Operation] = []
        self.clock = 0

    def do(self, node: int, step: Step) -> list[Any]:
        """Take a client's step, and return what it returned."""
        self.clock += 1
        self.states[node], effects = step
        returned = []
        for effect in effects:
            if isinstance(effect, Send):
                self.asked[node] = effect
            elif isinstance(effect, Timer):
                self.timers[node] = effect
            elif isinstance(effect, Invoke):
                self.invoked[effect.command] = self.clock
            elif isinstance(effect, Return):
                returned.append(effect.result)
                self.history.append(_lasting(effect.command, effect.result, self.invoked, self.clock))
        return returned

    def line(self, client: int, does: str, *servers: int) -> list[Any]:
        """Do what a line says, and return what the client returned."""
        machine = self.machines[client]
        if does == "starts":
            return self.do(client, machine.start())
        if does == "waits":
            return self.do(client, machine.timeout(self.states[client], self.timers[client].name))
        returned = []
        asked = self.asked[client]
        for server in servers:
            assert server in asked.to
            keeper = self.machines[server]
            self.states[server], effects = keeper.receive(self.states[server], client, asked.message)
            (answer,) = (each.message for each in effects if isinstance(each, Send))
            if does == "asks":
                returned += self.do(client, machine.receive(self.states[client], server, answer))
        return returned

    def play(self, lines: str) -> list[Operation]:
        """Do what each line says, see that it returns what the line says, and return the history."""
        for line in lines.strip().splitlines():
            said, _, result = line.partition("->")
            client, does, *servers = said.split()
            returned = [] if does == "crashes" else self.line(int(client), does, *map(int, servers))
            assert [str(each) for each in returned] == result.split(), line
        ended = {(each.client, each.invoked) for each in self.history}
        pending = [
            _lasting(command, None, self.invoked, None)
            for command, begin in self.invoked.items()
            if (command.client, begin) not in ended
        ]
        return [*self.history, *pending]


def _lasting(command: Command, result: Any, invoked: Mapping[Command, int], end: int | None) -> Operation:
    read = command.value is None
    access = Access.READ if read else Access.WRITE
    seen = result if read else None
    return Operation(command.client, access, command.key, command.value, seen, invoked[command], end)


@pytest.fixture
def transcript() -> type[Transcript]:
    return Transcript
