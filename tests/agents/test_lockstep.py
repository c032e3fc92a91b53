"""Machines in rounds. That a crowd plays them as they play message by message is tested with the crowd."""

from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from accord.agents.lockstep import Lockstep, Memory, Said, Values
from accord.agents.machine import Decide, Message, Seat, Send, Timer


@dataclass(frozen=True)
class Adder(Lockstep):
    """Adds up what it hears: in odd rounds from all, in even ones from party 1."""

    def opening(self, value: Values) -> Memory:
        return value, np.zeros_like(value)

    def speaker(self, r: int) -> int | None:
        return None if r % 2 else 1

    def says(self, memory: Memory, r: int) -> Values:
        return memory[0]

    def hears(self, memory: Memory, r: int, heard: Values) -> Memory:
        return memory[0], memory[1] + np.nansum(heard, axis=0)

    def concludes(self, memory: Memory) -> Values:
        return memory[1]


@pytest.fixture
def machine() -> Adder:
    return Adder(Seat(0, 3, 1, 7), rounds=2)


def told(machine: Adder, *messages: tuple[int, Any]) -> Any:
    state, _ = machine.start()
    for sender, message in messages:
        state, effects = machine.receive(state, sender, message)
        assert effects == ()
    return state


def decided(machine: Adder, state: Any) -> float:
    state, _ = machine.timeout(state, 1)
    return machine.timeout(state, 2)[1][0].value  # type: ignore[union-attr]


def test_it_speaks_listens_and_decides(machine: Adder) -> None:
    state, effects = machine.start()
    assert effects == (Send((0, 1, 2), Said(1, 7)), Timer(1, 1))
    state, effects = machine.receive(state, 1, Said(1, 5))
    assert effects == ()
    state, effects = machine.timeout(state, 1)
    assert effects == (Timer(2, 1),)  # party 1's turn
    state, _ = machine.receive(state, 1, Said(2, 0.5))
    assert machine.timeout(state, 2)[1] == (Decide(5.5, 2),)


def test_who_has_the_turn_speaks_alone() -> None:
    machine = Adder(Seat(1, 3, 1, 7), rounds=2)
    state, _ = machine.start()
    assert machine.timeout(state, 1)[1] == (Send((0, 1, 2), Said(2, 7)), Timer(2, 1))


def test_early_messages_are_kept_late_and_far_ones_ignored(machine: Adder) -> None:
    state = told(machine, (1, Said(2, 4)), (1, Said(3, 100)), (2, Said(0, 100)))
    state, _ = machine.timeout(state, 1)
    state, _ = machine.receive(state, 2, Said(1, 100))
    assert machine.timeout(state, 2)[1] == (Decide(4, 2),)


def test_the_first_word_counts(machine: Adder) -> None:
    assert decided(machine, told(machine, (1, Said(1, 1)), (1, Said(1, 2)))) == 1


def test_the_order_within_a_round_does_not_matter(machine: Adder) -> None:
    messages = [(0, Said(1, 7)), (1, Said(1, 5)), (2, Said(1, 6)), (2, Said(2, 6))]
    assert len({told(machine, *order) for order in permutations(messages)}) == 1


def test_it_falls_quiet(machine: Adder) -> None:
    state = told(machine)
    for r in (1, 2):
        state, _ = machine.timeout(state, r)
    for r in (0, 1, 2, 3, 4, None):
        assert machine.receive(state, 1, Said(r, 1)) == (state, ())  # type: ignore[arg-type]
        assert machine.timeout(state, r) == (state, ())


@pytest.mark.parametrize("r", [-1, 0, 10**400, 1.5, float("nan"), "1", None, (1,), b""])
def test_it_survives_any_round(machine: Adder, r: Any) -> None:
    state = told(machine)
    assert machine.receive(state, 1, Said(r, 1)) == (state, ())


@pytest.mark.parametrize(
    "value", ["1", None, (), b"", float("nan"), float("inf"), 10**400, 1e300, Said(1, 1)]
)
def test_what_is_no_value_is_silence(machine: Adder, value: Any) -> None:
    assert decided(machine, told(machine, (1, Said(1, value)), (2, Said(1, 3)))) == 3


def test_messages_of_other_protocols_and_timers_not_due_change_nothing(machine: Adder) -> None:
    state = told(machine)
    assert machine.receive(state, 1, Message()) == (state, ())
    assert machine.timeout(state, 2) == (state, ())
