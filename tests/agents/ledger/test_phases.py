"""Phases: the normal case alone, of servers that never leave a view."""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest
from accord.agents.client import Reply, Request
from accord.agents.command import Command
from accord.agents.keys import Keys
from accord.agents.ledger.certificates import Commit, Prepare, PrePrepare
from accord.agents.ledger.phases import Phases
from accord.agents.ledger.slots import State
from accord.agents.machine import Commit as Enter
from accord.agents.machine import Message, Seat, Send, Step
from accord.agents.protocols.pbft import PBFT

X, Y = Command(4, 0, 0, 7), Command(5, 0, 0, 8)  # what the clients of four servers ask for


class Normal(Phases):
    """A server with nothing but the three phases."""

    def start(self) -> Step:
        return State(), ()

    def receive(self, state: State, sender: int, message: Message) -> Step:
        return self.heard(state, sender, message)

    def heard(self, state: State, sender: int, message: Any) -> Step:
        hears: dict[type[Message], Callable[..., Step]] = {
            Request: self._requested, PrePrepare: self._proposed, Prepare: self._prepare, Commit: self._commit
        }  # fmt: skip
        return hears[type(message)](state, sender, message)


class Room:
    """Four servers, and what is under way between them."""

    def __init__(self, deaf: tuple[int, ...] = (), **parameters: Any) -> None:
        self.deaf, self.said = deaf, Counter[str]()
        self.ledgers: dict[int, list[Any]] = {node: [] for node in range(4)}
        self.replies: list[tuple[int, int, Message]] = []
        self.servers = {}
        for node in range(4):
            made = PBFT(**parameters).machine(Seat(node, 6, 1, servers=4, keys=Keys((node,))))
            self.servers[node] = Normal(*(getattr(made, each.name) for each in fields(Normal)))
        self.states = {node: server.start()[0] for node, server in self.servers.items()}

    def ask(self, *commands: Command) -> None:
        """Have clients ask the primary, and all that follows happen."""
        under_way: deque[tuple[int, int, Message]] = deque()
        for command in commands:
            client = command.client
            under_way.append((client, 0, Request(command, Keys((client,)).sign(client, command))))
        while under_way:
            sender, to, message = under_way.popleft()
            if to in self.deaf:
                continue
            self.states[to], effects = self.servers[to].receive(self.states[to], sender, message)
            for effect in effects:
                if isinstance(effect, Enter):
                    self.ledgers[to].append(effect.command)
                elif isinstance(effect, Send):
                    self.said[type(effect.message).__name__] += len(effect.to)
                    for each in effect.to:
                        if each < 4:
                            under_way.append((to, each, effect.message))
                        else:
                            self.replies.append((to, each, effect.message))


def test_what_is_asked_goes_through_three_phases_at_all() -> None:
    room = Room()
    room.ask(X)
    # n - 1, (n - 1)^2, n(n - 1) and n: the normal case of the paper
    assert room.said == {"PrePrepare": 3, "Prepare": 9, "Commit": 12, "Reply": 4}
    assert set(map(tuple, room.ledgers.values())) == {(X,)}
    assert sorted(room.replies, key=lambda each: each[0]) == [(node, 4, Reply(0, 7)) for node in range(4)]


def test_prepared_is_a_pre_prepare_and_2f_prepares_and_committed_2f_plus_1_commits() -> None:
    room = Room()
    room.ask(X)
    for state in room.states.values():
        (slot,) = state.slots
        assert slot.prepares.bit_count() == len(slot.proof.signatures) == 3
        assert slot.proof.signatures[0].signer == 0, "the primary's pre-prepare is one of them"
        assert slot.commits.bit_count() == 3


@pytest.mark.parametrize(("deaf", "executed"), [((3,), True), ((2, 3), False)])
def test_a_quorum_is_enough_and_no_less_is(deaf: tuple[int, ...], executed: bool) -> None:
    room = Room(deaf)
    room.ask(X)
    assert [room.ledgers[node] for node in (0, 1)] == [[X] if executed else []] * 2


def test_batches_have_numbers_in_progress_at_once_and_are_executed_in_turn() -> None:
    room = Room(batch=1, pipeline=2)
    room.ask(X, Y)
    assert [state.executed for state in room.states.values()] == [2] * 4
    assert set(map(tuple, room.ledgers.values())) == {(X, Y)}
