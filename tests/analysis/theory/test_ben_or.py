"""Ben-Or's rounds: worst, best and by chance."""

from functools import cache
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.agents.machine import Decide, Flip, Message, Seat
from accord.agents.protocols.ben_or import BenOr, _Proposal, _Report
from accord.analysis.theory.ben_or import best_rounds, random_rounds, worst_rounds
from scipy.stats import binom

# Known answers


@pytest.mark.parametrize(("n", "f", "rounds"), [(3, 1, 5), (4, 1, 9), (5, 2, 17)])
def test_the_worst_of_small_systems(n: int, f: int, rounds: int) -> None:
    # recomputed by value iteration
    assert worst_rounds(n, f).max() == pytest.approx(rounds, rel=1e-12)


@pytest.mark.parametrize("n", [2, 3, 6, 7, 12, 21, 40])
def test_only_equal_coins_of_all_end_it(n: int) -> None:
    f = (n - 1) // 2
    assert worst_rounds(n, f).max() == pytest.approx(2 ** (n - 1) + 1, rel=1e-12)


@pytest.mark.parametrize("n", [3, 4, 7, 12, 21, 40])
def test_who_sees_coins_brings_it_to_twice_as_much(n: int) -> None:
    assert worst_rounds(n, (n - 1) // 2, sees_coins=True).max() == pytest.approx(2**n + 1, rel=1e-12)


@pytest.mark.parametrize(("n", "f"), [(1, 0), (3, 1), (4, 1), (5, 2), (9, 2), (20, 9)])
def test_one_value_of_all_takes_one_round(n: int, f: int) -> None:
    for rounds in (
        worst_rounds(n, f),
        worst_rounds(n, f, sees_coins=True),
        best_rounds(n),
        random_rounds(n, f),
    ):
        assert rounds[[0, -1]].tolist() == pytest.approx([1, 1])


@pytest.mark.parametrize(
    ("n", "f", "low", "high"),
    # two simulated means each, with some room; inputs drawn by coins
    [(5, 2, 3.27, 3.35), (11, 5, 9.7, 9.95), (21, 10, 190, 215), (100, 10, 1.88, 1.94)],
)
def test_chance(n: int, f: int, low: float, high: float) -> None:
    assert low < binom.pmf(np.arange(n + 1), n, 0.5) @ random_rounds(n, f) < high


def test_chance_with_nearly_half_not_waited_for_takes_for_ever() -> None:
    assert random_rounds(100, 49)[50] > 1e15  # simulated: undecided after 3000 rounds


# An oracle: everything that the machines can be made to do in a round


def outcomes(n: int, f: int, ones: int) -> list[list[set[str]]]:
    """Return, for all that can be proposed, what each party can be made to do: decide, adopt or toss a coin."""

    def after(node: int, state: Any, kind: type[Message], values: Any, senders: Any) -> tuple[Any, Any]:
        effects: Any = ()
        for sender in senders:
            state, effects = machines[node].receive(state, sender, kind(1, values[sender]))  # type: ignore[call-arg]
        return state, effects

    values = [1] * ones + [0] * (n - ones)
    machines = [BenOr().machine(Seat(node, n, f, value)) for node, value in enumerate(values)]
    quorums = list(combinations(range(n), n - f))
    reached: list[dict[Any, Any]] = []
    for node, machine in enumerate(machines):
        reached.append({})
        for senders in quorums:
            state, effects = after(node, machine.start()[0], _Report, values, senders)
            reached[node][effects[0].message.value] = state
    return [
        [
            {
                _done(after(node, states[proposals[node]], _Proposal, proposals, senders)[1])
                for senders in quorums
            }
            for node, states in enumerate(reached)
        ]
        for proposals in product(*reached)
    ]


def _done(effects: Any) -> str:
    first = effects[0]
    if isinstance(first, Flip):
        return "coin"
    return f"decide {first.value}" if isinstance(first, Decide) else f"adopt {first.message.value}"


def iterated(n: int, f: int, *, sees_coins: bool) -> list[float]:
    """Return the worst mean number of rounds by value iteration over what the machines do."""
    moves = [
        {tuple(frozenset(each) for each in play) for play in outcomes(n, f, ones)} for ones in range(n + 1)
    ]
    worth = [0.0] * (n + 1)
    for _ in range(5000):
        new = [1 + max(_worth(play, tuple(worth), sees_coins) for play in plays) for plays in moves]
        if np.allclose(new, worth, rtol=1e-13, atol=0):
            break
        worth = new
    return worth


def _worth(play: tuple[frozenset[str], ...], worth: tuple[float, ...], sees_coins: bool) -> float:
    if sees_coins:

        @cache
        def seen(node: int, ones: int, over: bool) -> float:
            if node == len(play):
                return 0.0 if over else worth[ones]
            return max(
                (seen(node + 1, ones, over=False) + seen(node + 1, ones + 1, over=False)) / 2
                if what == "coin"
                else seen(node + 1, ones + int(what[-1]), over=over and what.startswith("decide"))
                for what in play[node]
            )

        return seen(0, 0, over=True)
    best = 0.0
    for made in {tuple(sorted(choice)) for choice in product(*play)}:
        coins = made.count("coin")
        ones = sum(what.endswith("1") for what in made)
        if any(not what.startswith("decide") for what in made):
            best = max(best, sum(binom.pmf(k, coins, 0.5) * worth[ones + k] for k in range(coins + 1)))
    return best


@pytest.mark.parametrize(
    ("n", "f", "sees_coins"), [(3, 1, False), (4, 1, False), (3, 1, True), (4, 1, True), (5, 2, True)]
)
def test_the_worst_is_what_the_machines_can_be_brought_to(n: int, f: int, sees_coins: bool) -> None:
    assert iterated(n, f, sees_coins=sees_coins) == pytest.approx(
        worst_rounds(n, f, sees_coins=sees_coins).tolist(), rel=1e-9
    )


# Properties


@pytest.mark.parametrize(("n", "f"), [(3, 1), (4, 1), (5, 1), (8, 3), (15, 4), (16, 7)])
def test_chance_lies_between_best_and_worst(n: int, f: int) -> None:
    worst = worst_rounds(n, f)
    assert np.all(best_rounds(n) <= random_rounds(n, f) + 1e-12)
    assert np.all(random_rounds(n, f) <= worst + 1e-12)
    assert np.all(worst <= worst_rounds(n, f, sees_coins=True) + 1e-12)


@pytest.mark.parametrize("rounds", [worst_rounds(8, 3), best_rounds(8), random_rounds(8, 3)])
def test_zeros_and_ones_are_alike(rounds: Any) -> None:
    assert rounds.tolist() == pytest.approx(rounds[::-1].tolist())


def test_who_waits_for_all_ends_it_at_once_unless_split_in_halves() -> None:
    for n in range(1, 12):
        assert worst_rounds(n, 0).tolist() == pytest.approx(best_rounds(n).tolist())
        assert random_rounds(n, 0).tolist() == pytest.approx(best_rounds(n).tolist())


def test_halves_toss_coins_until_they_are_not() -> None:
    # half of four coins fall alike with probability 6/16; then all but the last round are lost
    assert best_rounds(4)[2] == pytest.approx(1 + 16 / 10)


@pytest.mark.parametrize(("n", "f"), [(2, 1), (4, 2), (3, -1), (0, 0)])
def test_half_is_too_many(n: int, f: int) -> None:
    for rounds in (worst_rounds, random_rounds):
        with pytest.raises(InputError, match="n > 2f"):
            rounds(n, f)


def test_worst_cases_of_large_systems_are_refused() -> None:
    with pytest.raises(InputError, match="n <= 50"):
        worst_rounds(51, 25)
