"""Zeuthen's strategy against Harsanyi (1956): it ends where the product of gains is greatest."""

from collections.abc import Callable

import numpy as np
import pytest
from accord.agents.bargaining import Answer, View
from accord.agents.profile import Profile
from accord.agents.solutions import nash
from accord.agents.tactics.zeuthen import Zeuthen
from accord.models import Negotiation

PROCEDURES = ["alternating-offers", "monotonic-concession"]


@pytest.mark.parametrize("procedure", PROCEDURES)
@pytest.mark.parametrize(("powers", "share"), [([1, 1], 5.0), ([1, 0.5], 6.7), ([0.5, 1], 3.3)])
def test_a_pie_of_ten_in_tenths(procedure: str, powers: list[float], share: float) -> None:
    # continuous: 5 and 20/3; on the grid 6.7 sqrt(3.3) > 6.6 sqrt(3.4)
    model = Negotiation(
        domain={"name": "pie", "size": 10, "steps": 100, "powers": powers},
        procedure=procedure,
        tactic="zeuthen",
        rivals="zeuthen",
        information="complete",
        deadline=None,
    ).run()
    (deal,), (table,) = model.deals, model.tables
    assert table.space.outcome(deal.outcome) == {"share": pytest.approx(share)}
    assert deal.outcome == nash(table.bargain.utilities)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_random_bargains_end_at_nashs_solution_or_next_to_it(procedure: str) -> None:
    for seed in range(20):
        model = Negotiation(
            domain="random(reservation=0.2)",
            procedure=procedure,
            tactic="zeuthen",
            rivals="zeuthen",
            information="complete",
            deadline=None,
            rng=seed,
        ).run()
        best = nash(model.tables[0].bargain.utilities, model.tables[0].bargain.disagreement)
        gains = model.tables[0].bargain.utilities - 0.2
        products = gains[[model.deals[0].outcome, best]].prod(
            axis=1
        )  # of the deal, and the greatest there is
        assert products[0] >= 0.95 * products[1]


@pytest.mark.parametrize(
    ("heard", "mine", "bid"),
    [
        ([], [], 10),  # the best
        ([0], [], 10),
        ([0], [10], 9),  # both risk all: a step
        (
            [1],
            [10],
            8,
        ),  # risks .9, the other 1: at 9 it would risk 8/9, the other 8/9 as well; at 8 7/8 and 7/9
        ([1], [9], 8),  # 8/9 against 8/9
        ([0], [9], 9),  # risks 1, the other .9: repeats
        ([5], [6], 5),  # risks 1/6, the other 1/5, and nothing lies between: gives in
        ([4], [5], 5),  # risks 1/5, the other 1/6: repeats
    ],
)
def test_plays(see: Callable[..., View], heard: list[int], mine: list[int], bid: int) -> None:
    assert Zeuthen().bid(see(heard=heard, mine=mine)) == bid


def test_takes_the_offer_to_which_it_would_give_in(see: Callable[..., View]) -> None:
    assert Zeuthen().respond(see(heard=[5], mine=[6]), 5) is Answer.ACCEPT


def test_where_nothing_suits_both_it_asks_for_the_best(see: Callable[..., View]) -> None:
    apart = see(heard=[2], mine=[10], reservation=0.6)._replace(
        rivals=(Profile(1 - np.arange(11) / 10, 0.6),)
    )
    assert Zeuthen().bid(apart) == 10
    assert Zeuthen().respond(apart, 2) == 10


@pytest.mark.parametrize(
    ("heard", "mine", "reservation", "bid"),
    [
        ([5], [8], 0.0, 5),  # risks 3/8, the other 3/5, and less than it at 7 and 6, too: gives in
        ([5], [8], 0.4, 8),  # risks 3/4 of what it would gain
        ([5], [6], 0.55, 6),  # risks all
        ([5], [6], 0.6, 6),  # gains nothing by its own offer, but does not give in to less
    ],
)
def test_risks_are_about_gains_over_no_deal(
    see: Callable[..., View], heard: list[int], mine: list[int], reservation: float, bid: int
) -> None:
    assert Zeuthen().bid(see(heard=heard, mine=mine, reservation=reservation)) == bid
