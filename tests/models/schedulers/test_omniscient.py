"""What was heard least comes next."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from accord.agents.machine import Machine, Message, Seat, Send, Step
from accord.models import Generals


@pytest.mark.parametrize("seed", range(10))
def test_everybody_hears_both_sides_in_turn(watch: Any, seed: int) -> None:
    # of nine parties four say 1 and five say 0; one's own word comes at once
    went = watch("omniscient", "exponential(mean=5)", n=9, rounds=0, seed=seed).went
    heard: dict[int, Counter[int]] = defaultdict(Counter)
    for _, (_, _, node, sender, word) in went:
        if 0 <= sender != node:
            ones, zeros = heard[node][1], heard[node][0]
            everything = {0: 5, 1: 4}
            everything[node % 2] -= 1
            if ones < everything[1] and zeros < everything[0]:
                assert heard[node][word.value] <= heard[node][1 - word.value]
            heard[node][word.value] += 1


@dataclass(frozen=True, slots=True)
class Inner(Message):
    value: int
    round: int = 0


@dataclass(frozen=True, slots=True)
class Wrapped(Message):
    who: int
    message: Message


class Party(Machine):
    """Says at once what it has to say about two rounds: in the first all say 0, in the second half of them 1."""

    def __init__(self, node: int, wrapped: bool) -> None:
        self.seat, self.wrapped = Seat(node, 9, 0), wrapped

    def start(self) -> Step:
        node = self.seat.node
        said = [Inner(0, 0), Inner(node % 2, 1)]
        return 0, tuple(
            Send(self.seat.others, Wrapped(node, each) if self.wrapped else each) for each in said
        )

    def receive(self, state: int, sender: int, message: Message) -> Step:
        return state, ()


@pytest.mark.parametrize("wrapped", [False, True])
def test_rounds_are_balanced_one_by_one_and_what_is_carried_inside_counts(watch: Any, wrapped: bool) -> None:
    went = watch("omniscient", "constant", machines=[Party(node, wrapped) for node in range(9)]).went
    words = [event[4] for _, event in went if event[2] == 8 and event[3] >= 0]
    inside = [word.message if wrapped else word for word in words]
    second = [word.value for word in inside if word.round == 1]
    assert [one + other for one, other in zip(second[::2], second[1::2], strict=True)] == [1, 1, 1, 1]


def test_coins_must_fall_alike_more_often() -> None:
    def rounds(scheduler: str) -> float:
        runs = [
            Generals(
                network="complete(n=5)",
                protocol="ben-or",
                f=2,
                initial="given(values=[0, 1, 0, 1, 0])",
                scheduler=scheduler,
                rng=seed,
            ).run()
            for seed in range(60)
        ]
        assert not any(run.verdict.violated for run in runs)
        return float(np.mean([run.outcome()["rounds"] for run in runs]))

    # whatever the adversary sees, 2^(n-1) + 1 rounds are the worst mean for n <= 2f + 2 (recomputed)
    assert rounds("random") < rounds("omniscient") <= 17
