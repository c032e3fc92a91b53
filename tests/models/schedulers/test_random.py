"""Uniform among what is under way."""

from collections import Counter
from itertools import permutations
from typing import Any

import pytest
from accord.models import Generals
from scipy.stats import chisquare


def test_first_to_arrive_is_uniform_whatever_the_delays(watch: Any) -> None:
    def first(seed: int) -> tuple[int, int]:
        went = watch("random", "exponential(mean=9)", n=3, rounds=0, seed=seed).went
        return next((event[3], event[2]) for _, event in went if 0 <= event[3] != event[2])

    counts = Counter(first(seed) for seed in range(1200))
    assert set(counts) == set(permutations(range(3), 2))
    assert chisquare(list(counts.values())).pvalue > 1e-3


def test_parties_start_in_any_order(watch: Any) -> None:
    orders = Counter(
        tuple(event[2] for _, event in watch("random", "constant", n=3, rounds=0, seed=seed).went[:3])
        for seed in range(600)
    )
    assert set(orders) == set(permutations(range(3)))
    assert chisquare(list(orders.values())).pvalue > 1e-3


def test_messages_of_a_round_are_shuffled_and_stay_in_it(watch: Any) -> None:
    went = watch("random", "constant", n=6, rounds=3).went
    heard = [(time, event[4].round, event[1]) for time, event in went if 0 <= event[3] != event[2]]
    assert [number for _, number, _ in heard] == sorted(number for _, number, _ in heard)
    assert all(time == number + 1 for time, number, _ in heard)
    assert [order for *_, order in heard] != sorted(order for *_, order in heard)


def test_without_a_bound_timers_tell_nothing(watch: Any) -> None:
    def early(seed: int) -> bool:
        """Whether a timer went off before a message that was due before it."""
        went = watch("random", "exponential(mean=1)", seed=seed).went
        for place, (_, event) in enumerate(went):
            if event[3] == -2 and any(
                other[0] < event[0] and other[3] >= 0 for _, other in went[place + 1 :]
            ):
                return True
        return False

    assert any(early(seed) for seed in range(5))


@pytest.mark.parametrize("seed", range(20))
def test_it_finds_what_weak_thresholds_allow(seed: int) -> None:
    def agreement(protocol: str, seed: int) -> str:
        model = Generals(
            network="complete(n=4)",
            protocol=protocol,
            traitors=1,
            conduct="equivocating",
            placement="first",
            scheduler="random",
            rng=seed,
        ).run()
        return str(model.verdict.agreement)

    assert agreement("bracha", seed) == "held"
    if seed == 0:
        mutant = "bracha(echo=2, amplify=2, deliver=2)"
        assert any(agreement(mutant, other) == "violated" for other in range(20))
