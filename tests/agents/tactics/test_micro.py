"""MiCRO: a new offer for each new one, after de Jonge (2022), section 4."""

from collections.abc import Callable

import numpy as np
import pytest
from accord.agents.bargaining import Answer, View
from accord.agents.solutions import pareto
from accord.agents.tactics.micro import Micro
from accord.models import Negotiation


@pytest.mark.parametrize(
    ("heard", "mine", "luck", "bid"),
    [
        ([], [], 0.0, 10),  # the first offer is the best
        ([3], [], 0.0, 10),
        ([3], [10], 0.0, 9),  # as many heard as made: the next
        ([], [10], 0.9, 10),  # one more made than heard: one of those made
        ([3, 3], [10, 9], 0.0, 10),  # the same again is nothing new
        ([3, 3], [10, 9], 0.5, 9),
        ([3, 4], [10, 9], 0.5, 8),
        ([3, 4], [10, 9, 10], 0.5, 8),  # what it repeated does not count either
        ([0, 1, 2, 3, 4, 5], [10, 9], 0.0, 8),  # one at a time
    ],
)
def test_plays(see: Callable[..., View], heard: list[int], mine: list[int], luck: float, bid: int) -> None:
    assert Micro().bid(see(heard=heard, mine=mine, luck=luck)) == bid


def test_goes_no_further_than_its_reservation(see: Callable[..., View]) -> None:
    view = see(heard=[0, 1, 2], mine=[10, 9, 8], reservation=0.75, luck=0.99)
    assert Micro().bid(view) == 8
    assert Micro().respond(view, 7) == 8
    assert Micro().respond(view, 8) is Answer.ACCEPT


@pytest.mark.parametrize(
    ("heard", "mine", "offer", "taken"),
    [
        ([9], [10], 9, True),  # the next one due is 9
        ([8], [10], 8, False),
        ([8, 8], [10, 9], 8, False),  # none due: the least it has offered is 9,
        ([9, 9], [10, 9], 9, True),  # though luck would have it ask for 10 again
    ],
)
def test_takes_the_least_that_it_is_ready_to_offer(
    see: Callable[..., View], heard: list[int], mine: list[int], offer: int, taken: bool
) -> None:
    answer = Micro().respond(see(heard=heard, mine=mine), offer)
    assert (answer is Answer.ACCEPT) is taken


def test_against_itself_it_halves_a_pie_and_against_a_hardliner_it_waits() -> None:
    (deal,) = Negotiation(domain="pie(steps=10)", tactic="micro", rivals="micro", rng=1).run().deals
    assert (deal.outcome, deal.round) == (5, 10)
    model = Negotiation(domain="pie(steps=10)", tactic="micro", rivals="stubborn", rng=1).run()
    assert set(model.tables[0].mine[0]) == {10, 9}  # for the one offer that it heard


def test_against_itself_it_ends_on_the_frontier_or_next_to_it() -> None:
    for seed in range(20):
        model = Negotiation(tactic="micro", rivals="micro", deadline=None, max_steps=3000, rng=seed).run()
        (table,), (deal,) = model.tables, model.deals
        frontier = table.bargain.utilities[pareto(table.bargain.utilities)]
        assert np.linalg.norm(frontier - table.bargain.utilities[deal.outcome], axis=1).min() < 0.05
