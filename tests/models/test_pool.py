"""What a free scheduler may choose among."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from accord.agents.machine import Machine, Message, Seat, Send, Step, Timer
from accord.models.pool import drawn
from accord.models.simulation import TIMER
from scipy.stats import chisquare


@dataclass(frozen=True, slots=True)
class Word(Message):
    """Says nothing in particular."""


class Relay(Machine):
    """Passes a word on along a line; party 0 begins it and is woken when the last must have heard it."""

    def __init__(self, node: int, n: int) -> None:
        self.seat = Seat(node, n, 0)

    def start(self) -> Step:
        n = self.seat.n
        noise = tuple(Send((other,), Word()) for other in self.seat.others)
        if self.seat.node:
            return (), ()
        return (), (*noise, Timer("all heard", n - 1))

    def receive(self, state: Any, sender: int, message: Message) -> Step:
        node, n = self.seat.node, self.seat.n
        return (*state, sender), (Send((node + 1,), message),) if sender == node - 1 and node + 1 < n else ()

    def timeout(self, state: Any, name: Any) -> Step:
        return "woken", ()


@pytest.mark.parametrize("scheduler", ["random", "blind(victims=[1])", "blind(victims=[2, 3])", "omniscient"])
@pytest.mark.parametrize("seed", range(20))
def test_several_hops_are_in_time_too(watch: Any, scheduler: str, seed: int) -> None:
    # every hop takes at most a round, so that n - 1 rounds suffice for a line, however messages are chosen
    went = watch(scheduler, "uniform(high=1)", machines=[Relay(node, 5) for node in range(5)], seed=seed).went
    assert went[-1][1][3] == TIMER
    assert went[-1][0] == 4.0


def test_what_a_party_tells_itself_keeps_its_order(watch: Any) -> None:
    class Musing(Relay):
        def start(self) -> Step:
            return (), (Send((self.seat.node,) * 3, Word()),)

    went = watch("random", "constant", machines=[Musing(0, 1)]).went
    assert [event[1] for _, event in went] == sorted(event[1] for _, event in went)


def test_a_timer_set_late_still_goes_off_in_time(watch: Any) -> None:
    class Late(Relay):
        def start(self) -> Step:
            return (), (Send(self.seat.others, Word()),)

        def receive(self, state: Any, sender: int, message: Message) -> Step:
            return (*state, sender), (Timer("soon", 0.25),) if not state else ()

    for seed in range(20):
        went = watch(
            "random", "uniform(high=8)", machines=[Late(node, 3) for node in range(3)], seed=seed
        ).went
        # once the first timer is set, time is real
        assert all(time == event[0] for time, event in went if event[3] == TIMER)


def test_drawn_is_uniform_and_leaves_the_others() -> None:
    rng = np.random.default_rng(3)
    events: list[Any] = [(0.0, order, 0, 0, None) for order in range(5)]
    counts: Counter[int] = Counter()
    for _ in range(1000):
        left = events.copy()
        chosen = drawn(left, rng)
        assert sorted([chosen, *left]) == events
        counts[chosen[1]] += 1
    assert chisquare(list(counts.values())).pvalue > 1e-3
