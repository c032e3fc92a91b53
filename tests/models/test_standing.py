"""What theory says of a bargain, and how a deal stands to it."""

from math import hypot, isnan, nan
from typing import Any

import numpy as np
import pytest
from accord.agents.outcomes import Integer, Space
from accord.agents.profile import Profile
from accord.agents.tactics.stubborn import Stubborn
from accord.models.bargain import Bargain
from accord.models.deal import Ending
from accord.models.standing import POINTS, gained, standing
from accord.models.table import Table

# Nash 1 (product .42), Kalai-Smorodinsky and egalitarian 2 (least .5), utilitarian 0 (sum 1.35)
UTILITIES = [[1.0, 0.35], [0.7, 0.6], [0.62, 0.64], [0.2, 0.2], [0.0, 0.7]]


def bargain(reservation: float = 0.0, discount: float = 1.0, utilities: Any = UTILITIES) -> Bargain:
    space = Space([Integer(name="place", low=0, high=len(utilities) - 1)])
    return Bargain(space, [Profile(column, reservation, discount) for column in zip(*utilities, strict=True)])


def table(outcome: int | None, number: int = 0, **settings: Any) -> Table:
    made = Table(
        (0, 1), bargain(**settings), (Stubborn(), Stubborn()), deadline=9, informed=False, luck=lambda: 0.0
    )
    made.closed(Ending.DEADLINE if outcome is None else Ending.AGREED, number, outcome)
    return made


def test_frontier_and_solutions_as_points() -> None:
    theory = standing(bargain())
    assert theory.frontier.tolist() == [UTILITIES[0], UTILITIES[1], UTILITIES[2], UTILITIES[4]]
    points = dict(zip(POINTS, theory.points, strict=True))
    assert points["nash"] is not None
    assert points["nash"].tolist() == UTILITIES[1]
    assert points["egalitarian"] is not None
    assert points["egalitarian"].tolist() == UTILITIES[2]
    assert points["utilitarian"] is not None
    assert points["utilitarian"].tolist() == UTILITIES[0]
    assert theory.zone
    assert theory.opposition == pytest.approx(min(hypot(1 - a, 1 - b / 0.7) for a, b in UTILITIES))


def test_a_deal_beside_theory() -> None:
    told = gained(table(3))
    assert told["frontier_distance"] == pytest.approx(hypot(0.2, 0.5))
    assert told["nash_distance"] == pytest.approx(hypot(0.5, 0.4))
    assert told["utilitarian_distance"] == pytest.approx(hypot(0.8, 0.15))
    assert told["efficiency"] == pytest.approx(0.4 / 1.35)
    assert (told["utility"], told["rival_utility"], told["welfare"]) == (0.2, 0.2, 0.4)
    assert (told["nash_product"], told["share"]) == (pytest.approx(0.04), 0.5)
    assert gained(table(1))["nash_distance"] == gained(table(1))["frontier_distance"] == 0


def test_gains_are_counted_from_no_deal_and_fade() -> None:
    told = gained(table(1, number=2, reservation=0.1, discount=0.9))
    assert told["utility"] == pytest.approx(0.7 * 0.81)
    assert told["nash_product"] == pytest.approx((0.7 * 0.81 - 0.1) * (0.6 * 0.81 - 0.1))
    assert told["share"] == pytest.approx((0.7 * 0.81 - 0.1) / (1.3 * 0.81 - 0.2))
    assert told["efficiency"] == pytest.approx(1.3 / 1.35)  # of the deal itself, whenever it came


def test_without_a_deal_there_is_no_deal_to_measure() -> None:
    told = gained(table(None, reservation=0.3))
    assert (told["utility"], told["rival_utility"], told["welfare"], told["nash_product"]) == (
        0.3,
        0.3,
        0.6,
        0,
    )
    missing = {name for name, value in told.items() if isnan(value)}
    assert missing == {"share", "efficiency", "frontier_distance", *(f"{name}_distance" for name in POINTS)}


def test_without_a_zone_only_the_greatest_sum_is_left() -> None:
    theory = standing(bargain(reservation=0.9))
    assert not theory.zone
    assert [point is None for point in theory.points] == [True, True, True, False]
    assert isnan(gained(table(0, reservation=0.9))["nash_distance"])


def test_worthless_outcomes_have_no_efficiency() -> None:
    worthless = Bargain(
        Space([Integer(name="place", low=0, high=1)]), [Profile([0.0, 0.0]), Profile([0.0, 0.0])]
    )
    made = Table((0, 1), worthless, (Stubborn(), Stubborn()), deadline=9, informed=False, luck=lambda: nan)
    made.closed(Ending.AGREED, 0, 1)
    told = gained(made)
    assert isnan(told["efficiency"])
    assert isnan(told["share"])
    assert not np.isnan(told["frontier_distance"])
