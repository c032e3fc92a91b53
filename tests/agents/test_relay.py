"""Relays: what is sent arrives once, and nothing else is believed, whatever the traitors among the relays do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from accord.agents.machine import (
    Decide,
    Effect,
    Flip,
    Machine,
    Message,
    Persist,
    Seat,
    Send,
    State,
    Step,
    Timer,
)
from accord.agents.relay import Relay, Routes, _Kept, _Packet
from accord.models.channels.constant import Constant
from accord.models.channels.uniform import Uniform
from accord.models.networks.routes import disjoint_routes
from accord.models.networks.topologies import topologies
from accord.models.schedulers.earliest import Earliest
from accord.models.simulation import Luck, Simulation
from hypothesis import given, settings
from hypothesis import strategies as st

# five parties: 0 reaches 4 by way of 1, 2 and 3
THREE = Routes(
    neighbours=(frozenset({1, 2, 3}), *[frozenset({0, 4})] * 3, frozenset({1, 2, 3})),
    between={
        (0, 4): ((0, 1, 4), (0, 2, 4), (0, 3, 4)),
        (4, 0): ((4, 1, 0), (4, 2, 0), (4, 3, 0)),
        **{(a, b): ((a, 0, b), (a, 4, b)) for a in (1, 2, 3) for b in (1, 2, 3) if a != b},
    },
)


@dataclass(frozen=True, slots=True)
class Word(Message):
    value: Any


@dataclass(frozen=True)
class Crier(Machine):
    """Does what it is told at its start and remembers what it hears."""

    seat: Seat
    first: tuple[Effect, ...] = ()

    def start(self) -> Step:
        return (), self.first

    def receive(self, state: State, sender: int, message: Message) -> Step:
        return (*state, (sender, message)), ()

    def timeout(self, state: State, name: Any) -> Step:
        return state, (Send((4,), Word(name)),)

    def flip(self, state: State, key: Any, value: Any) -> Step:
        return state, (Send((4,), Word(value)),)

    def recover(self, kept: Any) -> Step:
        return (), (Send((4,), Word(kept)),)


def crier(node: int, *first: Effect, routes: Routes = THREE, liars: bool = True) -> Relay:
    return Relay(Crier(Seat(node, n=len(routes.neighbours), f=1), first), routes, liars=liars)


def packet(path: int, value: Any = "attack", number: int = 0, *, origin: int = 0, target: int = 4) -> _Packet:
    return _Packet(origin, target, path, number, Word(value))


def heard(machine: Relay, *arrivals: tuple[int, Message]) -> list[Any]:
    """Return what the machine inside has heard after some messages."""
    state, _ = machine.start()
    for sender, message in arrivals:
        state, effects = machine.receive(state, sender, message)
        assert not effects
    return [(sender, message.value) for sender, message in state.inner]


# Sending ----------------------------------------------------------------------------------------


def test_neighbours_are_told_directly_and_others_over_every_route() -> None:
    everyone = Send((0, 1, 2, 3, 4), Word("attack"))
    _, effects = crier(0, everyone, Send((4,), Word("now"))).start()
    assert [effect for effect in effects if isinstance(effect, Send)] == [
        Send((0, 1, 2, 3), Word("attack")),
        Send((1,), packet(0)),
        Send((2,), packet(1)),
        Send((3,), packet(2)),
        Send((1,), packet(0, "now", 1)),
        Send((2,), packet(1, "now", 1)),
        Send((3,), packet(2, "now", 1)),
    ]


def test_timers_are_stretched_to_the_longest_route_and_the_rest_passes() -> None:
    others = (Flip("coin"), Decide(1, round=2))
    assert crier(0, Timer("wake", 3), *others).start()[1] == (Timer("wake", 6), *others)


def test_what_timers_and_coins_set_off_is_relayed() -> None:
    machine = crier(0)
    state, _ = machine.start()
    for _, effects in (machine.timeout(state, "t"), machine.flip(state, "coin", "t")):
        assert [each for each in effects if isinstance(each, Send)] == [
            Send((path + 1,), packet(path, "t")) for path in range(3)
        ]


# Passing on -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relay", "sender", "path", "told"),
    [
        (1, 0, 0, (Send((4,), packet(0)),)),
        (1, 4, 0, ()),  # came from the wrong end
        (1, 1, 0, ()),
        (1, 0, 1, ()),  # not on this route
        (1, 0, 9, ()),  # there is no such route
    ],
)
def test_a_packet_is_passed_on_if_it_came_the_right_way(
    relay: int, sender: int, path: int, told: tuple[Send, ...]
) -> None:
    machine = crier(relay)
    state, _ = machine.start()
    assert machine.receive(state, sender, packet(path)) == (state, told)


# Believing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arrivals", "believed"),
    [
        ([(1, packet(0))], []),
        ([(1, packet(0)), (1, packet(0))], []),  # a copy of a copy is no second route
        ([(1, packet(0)), (2, packet(1))], ["attack"]),
        ([(1, packet(0)), (2, packet(1)), (3, packet(2))], ["attack"]),  # once
        ([(1, packet(0)), (2, packet(1)), (1, packet(0)), (2, packet(1))], ["attack"]),
        ([(1, packet(0, "lie")), (2, packet(1)), (3, packet(2))], ["attack"]),
        ([(1, packet(0, "lie")), (2, packet(1)), (1, packet(0, "other lie"))], []),
        ([(1, packet(0)), (1, packet(1)), (1, packet(2))], []),  # 1 is on one route only
        ([(1, packet(0, number=0)), (2, packet(1, number=1))], []),
        ([(sender, packet(sender - 1, number=1)) for sender in (1, 2, 3, 1, 2)], ["attack"]),
        (
            [(1, packet(0, number=1)), (2, packet(1, number=1)), (1, packet(0)), (2, packet(1))],
            ["attack", "attack"],  # equal messages, sent twice, in the wrong order
        ),
    ],
)
def test_what_most_routes_bring_is_believed_once(
    arrivals: list[tuple[int, Message]], believed: list[str]
) -> None:
    assert heard(crier(4), *arrivals) == [(0, value) for value in believed]


def test_half_of_the_routes_do_not_suffice() -> None:
    brought = packet(0, origin=1, target=2), packet(1, origin=1, target=2)
    assert heard(crier(2), (0, brought[0])) == []
    assert heard(crier(2), (0, brought[0]), (4, brought[1])) == [(1, "attack")]


def test_where_nobody_lies_the_first_copy_is_believed() -> None:
    copies = [(path + 1, packet(path)) for path in range(3)]
    for arrived in (copies[:1], copies):
        assert heard(crier(4, liars=False), *arrived) == [(0, "attack")]


def test_a_neighbour_is_believed_at_once_and_every_time() -> None:
    assert heard(crier(4), (1, Word("attack")), (1, Word("attack"))) == [(1, "attack"), (1, "attack")]


def test_the_past_takes_no_room() -> None:
    machine = crier(4)
    state, _ = machine.start()
    for number in range(100):
        for path, value in enumerate(["lie", "attack", "attack"]):
            state, _ = machine.receive(state, path + 1, packet(path, value, number=number))
    assert len(state.inner) == 100
    assert state.inboxes[0] == (100, frozenset(), ())


@pytest.mark.parametrize("junk", [None, 1.0, "x", (), -1, 10**30])
@pytest.mark.parametrize("field", ["origin", "target", "path", "number", "message"])
def test_nonsense_is_survived(field: str, junk: Any) -> None:
    machine = crier(4)
    state, _ = machine.start()
    for path in range(3):
        state, effects = machine.receive(state, path + 1, replace(packet(path), **{field: junk}))
        assert not effects
    hash(state)


# Crashes ----------------------------------------------------------------------------------------


def test_numbers_survive_a_crash() -> None:
    machine = crier(0, Persist("mine"), Send((4,), Word("attack")))
    _, effects = machine.start()
    kept = [effect.kept for effect in effects if isinstance(effect, Persist)]
    assert kept == [_Kept(None, (0, 0, 0, 0, 1)), _Kept("mine", (0, 0, 0, 0, 1))]
    _, effects = machine.recover(kept[-1])
    assert effects[:2] == (Persist(_Kept("mine", (0, 0, 0, 0, 2))), Send((1,), packet(0, "mine", 1)))
    assert Send((1,), packet(0, None, 0)) in machine.recover(None)[1]  # nothing was kept


# Making up --------------------------------------------------------------------------------------


def test_a_made_up_message_is_addressed_over_all_routes_and_believed_beside_honest_ones() -> None:
    forger = crier(0)
    assert forger.address(1, Word("x")) == (Send((1,), Word("x")),)
    made_up = [effect for effect in forger.address(4, Word("x")) if isinstance(effect, Send)]
    assert [effect.to for effect in made_up] == [(1,), (2,), (3,)]
    arrivals = [(path + 1, effect.message) for path, effect in enumerate(made_up)]
    honest = [(path + 1, packet(path)) for path in range(3)]
    assert heard(crier(4), *arrivals, *honest) == [(0, "x"), (0, "attack")]
    # a packet that was overheard goes out as it is
    assert forger.address(4, packet(0)) == (Send((4,), packet(0)),)


# Whole networks ---------------------------------------------------------------------------------


class Liar(Machine):
    """Passes nothing on truly: it forges, along every route that it is on, what every origin might send."""

    def __init__(self, relay: Relay) -> None:
        self.seat, self.hops = relay.seat, relay._hops

    def start(self) -> Step:
        lies = [
            Send((hop.after,), _Packet(*route, number, Word("lie")))
            for route, hop in self.hops.items()
            if hop.after is not None
            for number in (0, 1)
        ]
        return (), lies

    def receive(self, state: State, sender: int, message: Message) -> Step:
        return state, ()


def believed(network: str, liars: Sequence[int], most: int, channel: Any) -> list[list[tuple[int, Any]]]:
    """Return what each honest party has heard, where all send their id to all, twice."""
    built = topologies.choose(network).build()
    routes = disjoint_routes(built, most)
    cries = [
        [Send(tuple(range(built.n)), Word(node)), Send(tuple(range(built.n)), Word(node))]
        for node in range(built.n)
    ]
    machines: list[Machine] = [crier(node, *cries[node], routes=routes) for node in range(built.n)]
    for node in liars:
        machines[node] = Liar(machines[node])  # type: ignore[arg-type]
    links = [frozenset(map(int, built.neighbours(node))) for node in range(built.n)]
    luck = Luck(np.random.default_rng(0), np.random.default_rng(0), lambda node, sides: 0)
    simulation = Simulation(machines, channel, Earliest(), luck, links=links)
    assert not simulation.drain(1e9)
    return [
        sorted((sender, message.value) for sender, message in state.inner if sender not in liars)
        for node, state in enumerate(simulation.states)
        if node not in liars
    ]


@pytest.mark.parametrize(
    ("network", "f"),
    [("petersen", 1), ("hypercube(d=3)", 1), ("wheel(n=8)", 1), ("harary(k=5, n=9)", 2), ("ring(n=6)", 0)],
)
@settings(deadline=None, max_examples=10)
@given(data=st.data())
def test_with_2f_plus_1_routes_all_that_is_sent_arrives_and_nothing_else(
    network: str, f: int, data: st.DataObject
) -> None:
    n = topologies.choose(network).build().n
    liars = sorted(data.draw(st.sets(st.sampled_from(range(n)), min_size=f, max_size=f)))
    channel = data.draw(st.sampled_from([Constant(), Uniform(0, 3)]))
    honest = [(node, node) for node in range(n) if node not in liars for _ in range(2)]
    assert believed(network, liars, 2 * f + 1, channel) == [honest] * (n - f)


def test_with_fewer_routes_lies_are_believed_or_truths_are_not() -> None:
    # three routes bear one traitor, and there are two; of two routes one is not enough to be believed
    lied_to = [
        sum(value == "lie" for party in believed("petersen", pair, 3, Constant()) for _, value in party)
        for pair in combinations(range(10), 2)
    ]
    assert max(lied_to) > 0
    unheard = believed("ring(n=6)", [0], 3, Constant())
    assert [len(party) for party in unheard] == [
        4,
        6,
        6,
        6,
        4,
    ]  # twice oneself and honest neighbours, no more
