"""Puppets: what passes through, what is muted, and who owns which timer and coin."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from accord.agents.machine import (
    Accuse,
    Decide,
    Effect,
    Flip,
    Lead,
    Machine,
    Message,
    Persist,
    Seat,
    Send,
    Step,
    Timer,
)
from accord.agents.puppet import Possessed, Puppet, Role, taken_over, unpossessed


@dataclass(frozen=True, slots=True)
class _Word(Message):
    value: Any


@dataclass(frozen=True)
class _Honest(Machine):
    """Counts what happens, and does everything that a machine can do whenever it hears something."""

    seat: Seat

    def start(self) -> Step:
        return 0, (Send(self.seat.everyone, _Word(self.seat.value)), Timer("tick", 1), Flip("coin"))

    def receive(self, state: int, sender: int, message: Message) -> Step:
        return state + 1, (Persist(state), Accuse(1), Decide(0), Send((sender,), message), Timer("tick", 1))

    def timeout(self, state: int, name: Any) -> Step:
        return state + 10, (Send((0, 2), _Word(name)),)

    def flip(self, state: int, key: Any, value: Any) -> Step:
        return state + 100, (Send((2,), _Word((key, value))),)

    def recover(self, kept: Any) -> Step:
        return kept, (Decide(1), Send((2,), _Word("back")))


class _Echo(Puppet):
    """Says everything in pairs, sets a timer and a coin of its own, and remembers what befell it."""

    def first(self, kept: Any) -> Step:
        return ("began",), (Timer(self.own("tick"), 1), Flip(self.own("coin")))

    def speak(self, memory: Any, effect: Send) -> Step:
        return (*memory, "spoke"), (effect, effect)

    def heard(self, memory: Any, sender: int, message: Message) -> Step:
        return (*memory, f"heard {sender}"), (Send((3,), message),)

    def rang(self, memory: Any, name: Any) -> Step:
        return (*memory, f"rang {name}"), ()

    def fell(self, memory: Any, key: Any, value: Any) -> Step:
        return (*memory, f"{key} fell {value}"), ()


ROLE = Role(Seat(0, 4, 1, 5), (0,), lambda value: _Honest(Seat(0, 4, 1, value)))
OTHERS, TICK, COIN = Send((1, 2, 3), _Word(5)), Timer("tick", 1), Flip("coin")


def test_without_a_lie_it_is_honest_but_for_what_is_muted() -> None:
    puppet = Puppet(ROLE)
    state, effects = puppet.start()
    assert state == Possessed(0, None)
    assert list(effects) == [
        Send((0,), _Word(5)),
        OTHERS,
        TICK,
        COIN,
    ]  # to oneself apart, as that is never a lie
    state, effects = puppet.receive(state, 1, _Word(7))
    # nobody judges what a traitor decides; what it persists may be wanted by whoever crashes it
    assert (state, list(effects)) == (Possessed(1, None), [Persist(0), Send((1,), _Word(7)), TICK])
    state, effects = puppet.timeout(state, "tick")
    assert (state, list(effects)) == (
        Possessed(11, None),
        [Send((0,), _Word("tick")), Send((2,), _Word("tick"))],
    )
    assert puppet.flip(state, "coin", 1)[0] == Possessed(111, None)
    assert puppet.recover(3) == (Possessed(3, None), (Send((2,), _Word("back")),))


def test_hooks() -> None:
    puppet = _Echo(ROLE)
    state, effects = puppet.start()
    own = [Timer(puppet.own("tick"), 1), Flip(puppet.own("coin"))]
    assert list(effects) == [*own, Send((0,), _Word(5)), OTHERS, OTHERS, TICK, COIN]
    state, effects = puppet.receive(state, 2, _Word(1))
    assert next(iter(effects)) == Send((3,), _Word(1))  # what the conduct says itself is not rewritten
    assert [effect for effect in effects if effect == Send((2,), _Word(1))] == [Send((2,), _Word(1))] * 2
    state, _ = puppet.timeout(state, puppet.own("tick"))
    state, _ = puppet.flip(state, puppet.own("coin"), 1)
    assert state == Possessed(1, ("began", "spoke", "heard 2", "spoke", "rang tick", "coin fell 1"))
    # the same names, but those of the machine inside
    state, _ = puppet.timeout(state, "tick")
    state, _ = puppet.flip(state, "coin", 0)
    assert state.inner == 111
    assert state.memory[-2:] == ("spoke", "spoke")


def test_each_of_several_puppets_has_timers_and_coins_of_its_own() -> None:
    inner = _Echo(ROLE)
    outer = _Echo(ROLE.inside(_Echo))
    state, effects = outer.start()
    timers = [effect.name for effect in effects if isinstance(effect, Timer)]
    assert timers == [outer.own("tick"), inner.own("tick"), "tick"]
    assert len(set(timers)) == 3
    assert [effect for effect in effects if effect == OTHERS] == [OTHERS] * 4
    state, _ = outer.timeout(state, inner.own("tick"))
    state, _ = outer.flip(state, outer.own("coin"), 1)
    assert state.inner.memory == ("began", "spoke", "rang tick")
    assert state.memory == ("began", "spoke", "spoke", "coin fell 1")


def test_a_puppet_inside_a_role_keeps_its_lie_and_any_input() -> None:
    class Deaf(Puppet):
        def speak(self, memory: Any, effect: Send) -> Step:
            return memory, ()

    role = ROLE.inside(Deaf)
    for value in (5, 8):
        machine = role.honest(value)
        assert isinstance(machine, Deaf)
        assert list(machine.start()[1]) == [Send((0,), _Word(value)), TICK, COIN]


def test_taking_over_in_the_middle() -> None:
    about_to: Sequence[Effect] = (Decide(0), OTHERS)
    assert taken_over(_Honest(ROLE.seat), 7, about_to) == (7, about_to)
    state, effects = _Echo(ROLE.inside(_Echo)).possess(7, about_to)
    assert state == Possessed(Possessed(7, ("began", "spoke")), ("began", "spoke", "spoke"))
    assert [effect for effect in effects if isinstance(effect, Send | Decide)] == [OTHERS] * 4


class _Nosy(Puppet):
    """Remembers which effects that nobody else hears of it has seen, and what was persisted before."""

    def first(self, kept: Any) -> Step:
        return (kept,), ()

    def rewrite(self, memory: Any, effects: Sequence[Effect]) -> Step:
        seen = tuple(effect for effect in effects if isinstance(effect, Accuse | Decide | Lead))
        return (*memory, *seen), effects


def test_what_is_muted_is_seen_by_every_puppet_around() -> None:
    said = (Lead(4), Decide(1), Send((1,), _Word(0)))
    puppet = _Nosy(ROLE.inside(lambda role: _Nosy(role.inside(Puppet))))
    state, effects = puppet.possess(7, said, "kept")
    assert list(effects) == [said[2]]
    assert state.memory == state.inner.memory == ("kept", *said[:2])
    assert state.inner.inner == Possessed(7, None)
    assert unpossessed(state) == unpossessed(7) == 7


def test_nothing_of_the_conduct_is_left_after_amnesia() -> None:
    puppet = _Echo(ROLE.inside(_Echo))
    state, effects = puppet.recover(3)
    assert state == Possessed(Possessed(3, ("began", "spoke")), ("began", "spoke", "spoke"))
    assert [effect for effect in effects if isinstance(effect, Send)] == [Send((2,), _Word("back"))] * 4


def test_what_a_role_knows() -> None:
    role = replace(ROLE, coalition=(0, 2), values=(0, 1, 4))
    assert role.victims == (1, 3)
    assert list(role.address(3, _Word(1))) == [Send((3,), _Word(1))]


@pytest.mark.parametrize(
    ("servers", "parties", "camps"),
    [
        (None, range(1, 7), ((1, 2, 3), (4, 5, 6))),
        (None, (1, 3, 4), ((1,), (3, 4))),
        (3, range(1, 7), ((1, 3, 4), (2, 5, 6))),  # halves of all ids would leave no server in the upper one
        (4, (1, 3, 5), ((1,), (3, 5))),
        (7, range(1, 7), ((1, 2, 3), (4, 5, 6))),
    ],
)
def test_camps_have_servers_and_clients(servers: int | None, parties: Sequence[int], camps: object) -> None:
    role = replace(ROLE, seat=Seat(0, 7, 1, servers=servers))
    assert role.camps(parties) == camps


@pytest.mark.parametrize(
    ("value", "nearest", "farthest"), [(0, 0, 4), (1, 1, 4), (3, 4, 0), (2, 1, 0), (-9, 0, 4), (2.6, 4, 0)]
)
def test_values_near_and_far(value: float, nearest: int, farthest: int) -> None:
    role = replace(ROLE, values=(0, 1, 4))
    assert (role.nearest(value), role.farthest(value)) == (nearest, farthest)


@pytest.mark.parametrize("value", [None, "attack", (1, 2)])
def test_far_from_what_is_no_number(value: object) -> None:
    assert replace(ROLE, values=(3, 4)).farthest(value) == 3
