"""Twins: each copy talks to its audience, hears everybody, and hears its own broadcasts only."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from accord.agents.machine import Decide, Effect, Flip, Machine, Message, Seat, Send, Step, Timer
from accord.agents.puppet import Puppet, Role
from accord.agents.twins import Twins


@dataclass(frozen=True, slots=True)
class _Word(Message):
    value: Any


class _State(NamedTuple):
    heard: tuple[Any, ...] = ()


@dataclass(frozen=True)
class _Honest(Machine):
    """Says its input to all, hears, and repeats what it heard when it is told to."""

    seat: Seat

    def start(self) -> Step:
        return _State(), (Send(self.seat.everyone, _Word(self.seat.value)), Timer("tick", 1), Flip("coin"))

    def receive(self, state: _State, sender: int, message: Any) -> Step:
        return _State((*state.heard, (sender, message.value))), (Decide(0),)

    def timeout(self, state: _State, name: Any) -> Step:
        return state, (Send(self.seat.others, _Word((name, len(state.heard)))),)

    def flip(self, state: _State, key: Any, value: Any) -> Step:
        return _State((*state.heard, (key, value))), ()

    def recover(self, kept: Any) -> Step:
        return self.start() if kept is None else (kept, ())


def made(node: int = 0, coalition: tuple[int, ...] = (0,), together: bool = False) -> Twins:
    seat = Seat(node, 5, len(coalition), 7)
    role = Role(seat, coalition, lambda value: _Honest(seat.but(value=value)))
    return Twins(role, (frozenset({1, 2}), frozenset({3, 4})), (0, 1), together=together)


def asked() -> tuple[Any, ...]:
    """Return what copies of server 0 have heard after clients 3 and 4, in either audience, and server 1 spoke."""
    seat = Seat(0, 5, 1, 7, servers=3)
    twins = Twins(
        Role(seat, (0,), lambda value: _Honest(seat.but(value=value))),
        (frozenset({1, 3}), frozenset({2, 4})),
        (0, 1),
    )
    state, _ = twins.start()
    for sender in (3, 1, 4):
        state, _ = twins.receive(state, sender, _Word("x"))
    return tuple([sender for sender, _ in copy.heard] for copy in state)


def test_each_copy_hears_all_servers_and_its_own_clients() -> None:
    assert asked() == ([3, 1], [1, 4])


def sends(effects: Any) -> list[tuple[tuple[int, ...], Message]]:
    return [(effect.to, effect.message) for effect in effects if isinstance(effect, Send)]


def test_each_copy_speaks_to_its_audience() -> None:
    twins = made()
    state, effects = twins.start()
    abroad = [(to, message) for to, message in sends(effects) if to != (0,)]
    assert abroad == [((1, 2), _Word(0)), ((3, 4), _Word(1))]
    assert not [effect for effect in effects if isinstance(effect, Decide)]
    assert state == (_State(), _State())


def test_each_copy_hears_its_own_broadcasts_only_and_everybody_else() -> None:
    twins = made()
    state, effects = twins.start()
    for to, message in sends(effects):
        if to == (0,):
            state, more = twins.receive(state, 0, message)
            assert sends(more) == []
    state, _ = twins.receive(state, 3, _Word(9))
    assert state == (_State(((0, 0), (3, 9))), _State(((0, 1), (3, 9))))


def test_timers_and_coins_are_told_apart() -> None:
    twins = made()
    state, effects = twins.start()
    timers = [effect.name for effect in effects if isinstance(effect, Timer)]
    coins = [effect.key for effect in effects if isinstance(effect, Flip)]
    state, _ = twins.flip(state, coins[0], 0)
    assert state == (_State((("coin", 0),)), _State())
    state, _ = twins.flip(state, coins[1], 1)
    assert state[1] == _State((("coin", 1),))
    assert sends(twins.timeout(state, timers[1])[1]) == [((3, 4), _Word(("tick", 1)))]


def test_together_copies_confide_in_their_like() -> None:
    one, other = made(0, (0, 4), together=True), made(4, (0, 4), together=True)
    _, effects = one.start()
    state, _ = other.start()
    assert [to for to, _ in sends(effects)] == [(1, 2), (0, 4), (3,), (0, 4)]
    for to, message in sends(effects):
        if 4 in to:
            state, _ = other.receive(state, 0, message)
    assert state == (_State(((0, 0),)), _State(((0, 1),)))


def test_apart_another_traitor_belongs_to_one_audience() -> None:
    _, effects = made(0, (0, 4)).start()
    assert [to for to, _ in sends(effects)] == [(1, 2), (0,), (3, 4), (0,)]


def test_nobody_else_is_confided_in_or_listened_to() -> None:
    twins = made()
    state, effects = twins.start()
    aside = next(message for to, message in sends(effects) if to == (0,))
    assert twins.receive(state, 3, aside) == (state, ())


def test_taken_over_later_they_have_one_past() -> None:
    twins = made()
    past = _State(((2, 5),))
    state, effects = twins.possess(past, (Send((1, 2, 3), _Word(3)),))
    assert state == (past, past)
    assert sends(effects) == [((1, 2), _Word(3)), ((3,), _Word(3))]
    # timers and coins from before there were two are everybody's
    state, effects = twins.timeout(state, "tick")
    assert sends(effects) == [((1, 2), _Word(("tick", 1))), ((3, 4), _Word(("tick", 1)))]
    state, _ = twins.flip(state, "coin", 1)
    assert state == (_State(((2, 5), ("coin", 1))),) * 2


def test_taken_over_in_the_first_step_they_lie_about_the_input() -> None:
    twins = made()
    assert twins.possess(*twins.honest.start()) == twins.start()


def test_copies_may_be_puppets() -> None:
    class Loud(Puppet):
        def speak(self, memory: Any, effect: Send) -> Step:
            return memory, (Send(effect.to, effect.message.saying("!")),)

    role = made().role.inside(Loud)
    twins = Twins(role, (frozenset({1}), frozenset({2, 3, 4})), (0, 1))
    _, effects = twins.start()
    assert [(to, str(message)) for to, message in sends(effects) if 0 not in to] == [
        ((1,), "word(!)"),
        ((2, 3, 4), "word(!)"),
    ]
    state, effects = twins.possess(_State(((2, 5),)), (Send((1, 2), _Word(3)),))
    assert [(to, str(message)) for to, message in sends(effects)] == [((1,), "word(!)"), ((2,), "word(!)")]
    assert [each.inner for each in state] == [_State(((2, 5),))] * 2


def test_after_amnesia_both_start_over() -> None:
    twins = made()
    assert twins.recover(_State(((1, 1),))) == twins.start()


def test_inputs_are_the_copies_own() -> None:
    role = replace(made().role, values=(0, 9))
    twins = Twins(role, (frozenset({1}), frozenset({2})), (0, 9))
    effects: list[Effect] = list(twins.start()[1])
    assert [message for to, message in sends(effects) if to != (0,)] == [_Word(0), _Word(9)]
