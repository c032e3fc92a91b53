"""Machines in rounds."""

from dataclasses import dataclass
from itertools import permutations

import pytest
from accord.agents.lockstep import Heard, Lockstep, Said
from accord.agents.machine import Decide, Message, Seat, Send, Timer, Value


@dataclass(frozen=True)
class Listener(Lockstep):
    """Says its value in odd rounds and remembers all that it hears."""

    def opening(self) -> tuple[Heard, ...]:
        return ()

    def says(self, memory: tuple[Heard, ...], r: int) -> Value | None:
        return self.seat.value if r % 2 else None

    def hears(self, memory: tuple[Heard, ...], r: int, heard: Heard) -> tuple[Heard, ...]:
        return (*memory, heard)

    def concludes(self, memory: tuple[Heard, ...]) -> Value:
        return len(memory)


@pytest.fixture
def machine() -> Listener:
    return Listener(Seat(0, 3, 1, 7), rounds=2)


def test_it_speaks_listens_and_decides(machine: Listener) -> None:
    state, effects = machine.start()
    assert effects == (Send((0, 1, 2), Said(1, 7)), Timer(1, 1))
    state, effects = machine.receive(state, 1, Said(1, 5))
    assert effects == ()
    state, effects = machine.timeout(state, 1)
    assert effects == (Timer(2, 1),)  # nothing to say in round 2
    state, effects = machine.timeout(state, 2)
    assert effects == (Decide(2, 2),)
    assert state.memory == ((None, 5, None), (None, None, None))


def test_early_messages_are_kept_late_and_far_ones_ignored(machine: Listener) -> None:
    state, _ = machine.start()
    state, _ = machine.receive(state, 2, Said(2, "early"))  # type: ignore[arg-type]
    state, _ = machine.receive(state, 2, Said(3, "far"))  # type: ignore[arg-type]
    state, _ = machine.timeout(state, 1)
    state, _ = machine.receive(state, 1, Said(1, "late"))  # type: ignore[arg-type]
    state, _ = machine.timeout(state, 2)
    assert state.memory == ((None, None, None), (None, None, "early"))


def test_the_first_word_counts(machine: Listener) -> None:
    state, _ = machine.start()
    for value in (1, 2):
        state, _ = machine.receive(state, 1, Said(1, value))
    assert machine.timeout(state, 1)[0].memory == ((None, 1, None),)


def test_the_order_within_a_round_does_not_matter(machine: Listener) -> None:
    reached = set()
    for order in permutations([(0, Said(1, 7)), (1, Said(1, 5)), (2, Said(1, 6)), (2, Said(2, 6))]):
        state, _ = machine.start()
        for sender, message in order:
            state, _ = machine.receive(state, sender, message)
        reached.add(state)
    assert len(reached) == 1


def test_it_falls_quiet(machine: Listener) -> None:
    state, _ = machine.start()
    for r in (1, 2):
        state, _ = machine.timeout(state, r)
    for r in (0, 1, 2, 3, 4, None):
        assert machine.receive(state, 1, Said(r, 1)) == (state, ())  # type: ignore[arg-type]
        assert machine.timeout(state, r) == (state, ())


@pytest.mark.parametrize("r", [-1, 0, 10**400, 1.5, float("nan"), "1", None, (1,), b""])
def test_it_survives_any_round(machine: Listener, r: object) -> None:
    state, _ = machine.start()
    assert machine.receive(state, 1, Said(r, 1)) == (state, ())  # type: ignore[arg-type]


def test_messages_of_other_protocols_and_timers_not_due_change_nothing(machine: Listener) -> None:
    state, _ = machine.start()
    assert machine.receive(state, 1, Message()) == (state, ())
    assert machine.timeout(state, 2) == (state, ())
