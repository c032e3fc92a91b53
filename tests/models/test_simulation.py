"""The event queue, with machines made for the test."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from accord.agents.machine import (
    Accuse,
    Commit,
    Decide,
    Effect,
    Flip,
    Invoke,
    Lead,
    Machine,
    Message,
    Persist,
    Return,
    Seat,
    Send,
    Step,
    Timer,
)
from accord.models import Generals
from accord.models.channels import Channel, channels
from accord.models.schedulers.earliest import Earliest
from accord.models.simulation import START, TIMER, Choice, Coin, Commits, Luck, Simulation


@dataclass(frozen=True, slots=True)
class Note(Message):
    value: int


class Scripted(Machine):
    """Does at the start what it is told, and logs in its state what it hears."""

    def __init__(self, node: int, first: Sequence[Effect] = (), n: int = 3) -> None:
        self.seat = Seat(node, n, 0)
        self.first = tuple(first)

    def start(self) -> Step:
        return ("start",), self.first

    def receive(self, state: Any, sender: int, message: Message) -> Step:
        return (*state, f"{sender}:{message}"), ()

    def timeout(self, state: Any, name: Any) -> Step:
        return (*state, f"timer {name}"), ()

    def flip(self, state: Any, key: Any, value: Any) -> Step:
        return (*state, f"{key}={value}"), (Decide(value, 3),)


def luck(seed: int = 1) -> Luck:
    coins = np.random.default_rng(seed)
    return Luck(
        np.random.default_rng(seed),
        np.random.default_rng(seed),
        lambda node, key, domain: domain[coins.integers(len(domain))],
    )


def simulated(*first: Sequence[Effect], channel: str = "constant", **settings: Any) -> Simulation:
    machines = [Scripted(node, effects) for node, effects in enumerate(first)]
    chosen: Channel = channels.choose(channel)
    return Simulation(machines, chosen, Earliest(), luck(), **settings)


def test_a_message_takes_its_time_and_one_to_oneself_none() -> None:
    run = simulated([Send((0, 1, 2), Note(5))], [], [])
    assert run.drain(0.5)
    assert run.states == [("start", "0:note(5)"), ("start",), ("start",)]
    assert not run.drain(1.0)
    assert run.states[2] == ("start", "0:note(5)")
    assert (run.sent, run.own, run.events) == ([2, 0, 0], 1, 6)
    assert run.bytes == 2 * 9  # one byte for the kind, eight for the number


def test_who_leads_and_what_was_persisted_is_noted() -> None:
    run = simulated([Persist("one"), Lead(3), Persist("two")], [Timer("t", 2)], [Lead(1)])
    run.drain(3)
    assert run.led == [(0.0, 0, 3), (0.0, 2, 1)]
    assert run.kept == ["two", None, None]


def test_whoever_takes_a_party_over_is_told_what_it_persisted() -> None:
    told: list[object] = []

    class Taking(Scripted):
        def possess(self, state: object, effects: object, kept: object) -> Step:
            told.append((state, effects, kept))
            return state, ()

    def seize(node: int, state: object, effects: Sequence[Effect]) -> Machine | None:
        return Taking(node) if any(isinstance(each, Lead) for each in effects) else None

    class Leading(Scripted):
        def timeout(self, state: Any, name: Any) -> Step:
            return state, (Persist("later"), Lead(1))

    machines = [Leading(0, [Persist("before"), Timer("t", 1)]), Scripted(1), Scripted(2)]
    run = Simulation(machines, channels.choose("constant"), Earliest(), luck(), seize=seize)
    run.drain(3)
    assert told == [(("start",), (Persist("later"), Lead(1)), "before")]
    assert (run.led, run.kept) == ([], ["before", None, None])


def test_messages_come_before_timers_of_the_same_time() -> None:
    run = simulated([Timer("t", 1), Send((1,), Note(1))], [Timer("u", 1)], [])
    run.drain(1)
    assert run.states[1] == ("start", "0:note(1)", "timer u")


@pytest.mark.parametrize("delays", [(0.1,), (0.1, 0.2), (1.1, 2.2), (0.1, 0.7)])
def test_however_times_are_added_up(delays: tuple[float, ...]) -> None:
    # as floating-point numbers (2 + 1.1) + 2.2 is more than 2 + 3.3
    class Prompt(Scripted):
        def start(self) -> Step:
            return self.timeout((), 0)

        def receive(self, state: Any, sender: int, message: Message) -> Step:
            return (*state, message.value), ()  # type: ignore[attr-defined]

        def timeout(self, state: Any, name: Any) -> Step:
            heard = (*state, "late") if state.count(name - 1) < 2 * (name > 0) else state
            return heard, (Send(self.seat.others, Note(name)), Timer(name + 1, 1)) if name < 40 else ()

    channel = channels.choose(" + ".join(f"constant(delay={delay})" for delay in delays))
    run = Simulation([Prompt(node) for node in range(3)], channel, Earliest(), luck(), pace=sum(delays))
    assert not run.drain(1000)
    assert not any("late" in state for state in run.states)
    assert run.now == round(40 * sum(delays), 9)


def test_a_machines_rounds_may_be_longer_than_the_networks() -> None:
    run = simulated([Timer("t", 2)], [], [], pace=3.0)
    run.drain(5.9)
    assert run.states[0] == ("start",)
    run.drain(6.0)
    assert run.states[0] == ("start", "timer t")
    assert run.now == 6.0


def test_coins_fall_at_once_and_can_be_replayed() -> None:
    run = simulated([Flip("side", (7,)), Send((1,), Note(1))], [], [], traced=True)
    run.drain(9)
    assert run.states[0] == ("start", "side=7")
    assert run.decisions[0][0] == (0.0, 7, 3)
    assert run.trace == [
        *(Choice(0, START, None), Coin(0, "side", 7), Choice(1, START, None), Choice(2, START, None)),
        Choice(1, 0, Note(1), 1.0),
    ]
    assert run.deeds == [[Flip("side", (7,)), Send((1,), Note(1)), Decide(7, 3)], [], [], []]


def test_what_parties_did_is_kept_only_of_a_traced_run() -> None:
    assert simulated([Send((1,), Note(1))], []).deeds == []


class Gambler(Scripted):
    """Flips coin after coin."""

    def flip(self, state: Any, key: Any, value: Any) -> Step:
        return state, (Flip(key + 1),) if key < 20_000 else (Decide(key),)


def test_coins_may_fall_one_after_the_other_for_long() -> None:
    run = Simulation([Gambler(0, [Flip(0), Decide(1)], 1)], channels.choose("constant"), Earliest(), luck())
    run.drain(0)
    assert [decision.value for decision in run.decisions[0]] == [
        20_000,
        1,
    ]  # what a coin brings about comes first


def test_timers_are_choices_too() -> None:
    run = simulated([Timer(("round", 1), 1)], traced=True)
    run.drain(9)
    assert run.trace == [Choice(0, START, None), Choice(0, TIMER, ("round", 1), 1.0)]


def test_accusations_are_kept_and_what_is_persisted_concerns_nobody() -> None:
    run = simulated([Accuse(2, "two values"), Persist(5)], [], [])
    run.drain(1)
    assert run.accusations == [(0.0, 0, 2, "two values")]


def test_nothing_crosses_where_there_is_no_link() -> None:
    links = [frozenset({1}), frozenset({0, 2}), frozenset({1})]
    run = simulated([Send((0, 1, 2), Note(1))], [], [], links=links)
    run.drain(9)
    assert run.states[1:] == [("start", "0:note(1)"), ("start",)]
    assert run.sent == [1, 0, 0]


def test_lost_messages_count_as_sent() -> None:
    run = simulated([Send((1, 2), Note(1))], [], [], channel="loss(p=1)")
    assert not run.drain(9)
    assert run.sent == [2, 0, 0]
    assert run.states[1] == ("start",)


class PingPong(Scripted):
    def receive(self, state: Any, sender: int, message: Message) -> Step:
        return state, (Send((sender,), message),)


def test_the_event_limit_ends_what_never_ends() -> None:
    machines = [PingPong(0, [Send((1,), Note(1))], 2), PingPong(1, (), 2)]
    run = Simulation(machines, channels.choose("constant(delay=0)"), Earliest(), luck(), max_events=1000)
    assert run.drain(5)
    assert run.cut
    assert run.events == 1000


def test_a_step_limit_is_no_event_limit() -> None:
    machines = [PingPong(0, [Send((1,), Note(1))], 2), PingPong(1, (), 2)]
    run = Simulation(machines, channels.choose("constant"), Earliest(), luck(), max_events=1000)
    assert run.drain(50)
    assert not run.cut
    assert (run.now, len(run.pending())) == (50.0, 1)


@pytest.mark.parametrize("channel", ["uniform(high=4)", "uniform(high=4) + loss(p=0.2)"])
def test_stopping_on_the_way_changes_nothing(channel: str) -> None:
    def run(stops: Sequence[float]) -> Any:
        model = Generals(network="complete(n=7)", f=2, channel=channel, rng=3)
        for stop in stops:
            model.simulation.drain(stop)
        return model.simulation.decisions, model.simulation.events, model.simulation.states

    assert run([1000]) == run([0.1, 0.2, 1.7, 1.71, 5, 1000])


def test_ledgers_and_what_clients_saw_are_kept() -> None:
    simulation = simulated(
        [Commit(0, "a"), Commit(1, None), Decide(1)],
        [Invoke("wish"), Timer("later", 2)],
        [Return("wish", 5), Commit(7, "b")],
    )
    assert simulation.done == 0
    simulation.drain(9)
    assert [list(ledger) for ledger in simulation.ledgers] == [
        [(0.0, 0, "a"), (0.0, 1, None)],
        [],
        [(0.0, 7, "b")],
    ]
    assert [len(ledger) for ledger in simulation.ledgers] == [2, 0, 1]
    assert simulation.invoked == {"wish": (0.0, 2)}
    assert simulation.returned == {"wish": (0.0, 3, 5)}
    assert simulation.done == 5


def test_commits_are_told_in_either_direction() -> None:
    commits = Commits()
    for place in range(3):
        commits.add(place / 2, place, f"write {place}")
    assert list(commits) == [(0.0, 0, "write 0"), (0.5, 1, "write 1"), (1.0, 2, "write 2")]
    assert list(reversed(commits)) == list(commits)[::-1]
