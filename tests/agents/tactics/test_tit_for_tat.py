"""Tit for tat against the formulas of Faratin, Sierra and Jennings (1998), section 4.3."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from accord.agents.bargaining import View
from accord.agents.profile import Profile
from accord.agents.tactics.tit_for_tat import TitForTat
from accord.models import Negotiation


@pytest.mark.parametrize(
    ("kind", "lag", "heard", "mine", "aspiration"),
    [
        # relative: x[n+1] = x[n-1] y[n-2 lag] / y[n-2 lag+2]
        ("relative", 1, [2, 4], [8], 0.4),
        ("relative", 1, [4, 4], [8], 0.8),  # nothing for nothing
        ("relative", 1, [4, 2], [4], 0.8),  # taken back, asked back
        ("relative", 2, [2, 4, 5], [8], 0.4),  # of the step before the last
        ("relative", 2, [1, 2, 4, 5], [9, 8], 0.4),
        ("relative", 1, [0, 4], [8], 0.8),  # no ratio of nothing
        # absolute: x[n+1] = x[n-1] - (y[n-2 lag+2] - y[n-2 lag])
        ("absolute", 1, [2, 4], [8], 0.6),
        ("absolute", 1, [0, 1], [8], 0.7),
        ("absolute", 1, [4, 2], [8], 1.0),
        ("absolute", 2, [2, 5, 6], [8], 0.5),
        # averaged: x[n+1] = x[n-1] y[n-2 lag] / y[n]
        ("averaged", 1, [2, 4], [8], 0.4),
        ("averaged", 2, [2, 3, 4], [8], 0.4),
        ("averaged", 3, [2, 9, 1, 4], [8], 0.4),  # whatever was between
    ],
)
def test_plays(
    see: Callable[..., View], kind: Any, lag: int, heard: list[int], mine: list[int], aspiration: float
) -> None:
    view = see(heard=heard, mine=mine)
    assert TitForTat(kind=kind, lag=lag).aspiration(view) == pytest.approx(aspiration)


@pytest.mark.parametrize("kind", ["relative", "absolute", "averaged"])
def test_asks_for_the_best_until_it_has_heard_enough(see: Callable[..., View], kind: Any) -> None:
    for heard, mine in ([], []), ([3], [10]), ([3, 4], [10, 10]), ([3, 4, 5], []):
        assert TitForTat(kind=kind, lag=2).bid(see(heard=heard, mine=mine)) == 10


@pytest.mark.parametrize("kind", ["relative", "absolute", "averaged"])
def test_bids_stay_between_reservation_and_best(see: Callable[..., View], kind: Any) -> None:
    assert TitForTat(kind=kind).bid(see(heard=[1, 9], mine=[5], reservation=0.3)) == 3
    assert TitForTat(kind=kind).bid(see(heard=[9, 1], mine=[5])) == 10


def test_a_debt_is_no_ratio(see: Callable[..., View]) -> None:
    view = see(heard=[0, 1], mine=[10])
    poor = view._replace(profile=Profile(np.arange(11) - 5.0, reservation=-9))
    assert TitForTat(kind="relative").aspiration(poor) == 5  # from -5 to -4: it repeats its last bid
    assert TitForTat(kind="absolute").aspiration(poor) == 4


def test_the_absolute_one_halves_the_pie_with_who_concedes_steadily() -> None:
    other = "time-dependent(beta=1)"
    (deal,) = Negotiation(domain="pie", tactic="tit-for-tat", rivals=other, deadline=1000).run().deals
    assert deal.outcome == pytest.approx(50, abs=1)
    (deal,) = Negotiation(domain="pie", tactic="tit-for-tat(kind=relative)", rivals=other).run().deals
    assert deal.outcome < 20  # from .02 to .04 is a step of 100 percent


def test_two_of_them_wait_for_each_other() -> None:
    (deal,) = Negotiation(domain="pie", tactic="tit-for-tat", rivals="tit-for-tat").run().deals
    assert deal.ending == "deadline"
