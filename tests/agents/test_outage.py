"""What a party that stops and comes back goes through."""

from dataclasses import replace
from typing import Any

import pytest
from accord.agents.conducts import conducts
from accord.agents.conducts.crash import Crash
from accord.agents.machine import Machine, Message, Persist, Seat, Send, Step, Timer
from accord.agents.outage import Falling, Life, Outage, Phase
from accord.agents.puppet import Role


class Diary(Machine):
    """Writes down how many messages it has heard, tells party 1, and asks to be woken."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat

    def start(self) -> Step:
        return 0, (Timer("first", 5),)

    def receive(self, state: int, sender: int, message: Message) -> Step:
        return state + 1, (Persist(state + 1), Send((1,), message), Timer(("after", state + 1), 5))

    def timeout(self, state: int, name: Any) -> Step:
        return state, (Timer(name, 5),)

    def recover(self, kept: int | None) -> Step:
        return kept or 0, (Timer("again", 5),)


ROLE = Role(Seat(0, 3, 1), (0,), lambda value: Diary(Seat(0, 3, 1, value)))


def lived(loses: str, lives: int = 1) -> tuple[Falling, Any, Any]:
    """Return a puppet that heard two messages and then fell and came back some times; and what it did at last."""
    puppet = Falling(ROLE, Crash(recover=2, loses=loses))
    state, effects = puppet.start()
    for _ in range(2):
        state, effects = puppet.receive(state, 2, Message())
    for _ in range(lives):
        life, effects = puppet.struck(state.memory)
        assert effects == (Timer(puppet.own("recover"), 2.0),)
        state = state._replace(memory=life)
        assert puppet.receive(state, 2, Message()) == (state, ())
        state, effects = puppet.timeout(state, "first")
        assert effects == ()
        state, effects = puppet.timeout(state, puppet.own("recover"))
    return puppet, state, effects


@pytest.mark.parametrize(("loses", "knows", "kept"), [("nothing", 2, 2), ("memory", 2, 2), ("disk", 0, None)])
def test_what_it_knows_when_it_is_back(loses: str, knows: int, kept: int | None) -> None:
    _, state, _ = lived(loses)
    assert state.inner == knows
    assert (state.memory.phase, state.memory.kept) == (Phase.UP, kept)


def test_who_lost_nothing_is_woken_by_what_was_due() -> None:
    puppet, state, effects = lived("nothing")
    assert effects == (Timer("first", 0),)
    assert state.memory.missed == ()
    assert puppet.timeout(state, "first")[1] == (Timer("first", 5),)


@pytest.mark.parametrize("loses", ["memory", "disk"])
def test_timers_of_former_lives_are_forgotten(loses: str) -> None:
    for lives in (1, 2, 3):
        puppet, state, (again,) = lived(loses, lives)
        assert state.memory.number == lives
        assert puppet.timeout(state, "first") == (state, ())
        _, (more,) = puppet.timeout(state, again.name)
        assert more == again
        for earlier in range(1, lives):
            _, _, (old,) = lived(loses, earlier)
            assert puppet.timeout(state, old.name) == (state, ())


def test_who_is_down_or_doomed_is_not_struck_twice() -> None:
    for reach, phase in ((0.0, Phase.DOWN), (0.5, Phase.DOOMED)):
        puppet = Falling(ROLE, Crash(recover=2), reach)
        life, _ = puppet.struck(Life())
        assert life.phase is phase
        assert puppet.struck(life) == (life, ())


def test_what_was_persisted_before_it_was_taken_over_is_known() -> None:
    puppet = Falling(ROLE, Crash(recover=2, loses="memory"))
    state, _ = puppet.possess(7, (), 7)
    assert state.memory.kept == 7
    assert puppet.possess(7, (Persist(8),), 7)[0].memory.kept == 8
    state = state._replace(memory=puppet.struck(state.memory)[0])
    assert puppet.timeout(state, puppet.own("recover"))[0].inner == 7


def test_one_outage_on_top_of_another_forgets_no_more_than_it_says() -> None:
    # the outer one recovers the inner one, which still knows what is on the disk
    inner, outer = Crash(recover=2, loses="memory"), Crash(recover=2, loses="memory")
    puppet = Falling(ROLE.inside(lambda role: Falling(role, inner)), outer)
    state, _ = puppet.start()
    state, _ = puppet.receive(state, 2, Message())
    state = state._replace(memory=puppet.struck(state.memory)[0])
    state, _ = puppet.timeout(state, puppet.own("recover"))
    assert state.inner.memory.kept == 1
    assert state.inner.inner == 1


def test_who_falls_where_it_speaks_writes_nothing_after_that() -> None:
    puppet = Falling(replace(ROLE, seat=ROLE.seat), Crash(recover=2, loses="memory"), reach=0.4)
    state, _ = puppet.start()
    state = state._replace(memory=puppet.struck(state.memory)[0])
    state, effects = puppet.receive(state, 2, Message())
    assert Persist(1) not in effects
    assert not any(isinstance(each, Send) for each in effects)
    assert state.memory.kept is None
    assert state.memory.phase is Phase.DOWN


def test_both_conducts_are_outages() -> None:
    assert isinstance(conducts.choose("crash"), Outage)
    assert isinstance(conducts.choose("hunting"), Outage)
