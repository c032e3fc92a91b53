"""What was scheduled and delivered is judged, written here by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from accord.models.delivery import PROPERTIES, Delivery, judged
from accord.models.economic_dispatch import Units, optimum
from accord.models.verdict import Judgement

# at least cost the first, which is cheaper, produces 8 MW and the second 4, both at 9 a MWh
UNITS = Units.of([(0.5, 1, 0, 0, 10), (1, 1, 0, 0, 10), (1, 99, 0, 0, 10)], demand=12)
BEST = [8.0, 4.0, 0.0]


def delivery(powers: Any = BEST, prices: Any = (9, 9, 9), **changes: Any) -> Delivery:
    """Return what came of a dispatch that began with equal shares at marginal costs."""
    return Delivery(
        **{
            "units": UNITS,
            "best": optimum(UNITS),
            "prices": [np.array([5.0, 9.0, 107.0]), np.array(prices, dtype=float)],
            "powers": [np.array([4.0, 4.0, 3.0]), np.array(powers, dtype=float)],
            "kept": np.ones(3, dtype=np.bool_),
            "honest": np.array([0, 1, 2]),
            "tolerance": 1e-6,
            "running": False,
            "at_rest": True,
            **changes,
        }
    )


def judgement(told: Delivery, name: str) -> Judgement:
    return dict(zip((each.name for each in PROPERTIES), judged(told), strict=True))[name]


def test_the_best_there_is() -> None:
    found = judged(delivery())
    assert [(each.status, each.step) for each in found] == [("held", each) for each in (1, None, 1, 1, 1)]
    assert not any(each.vacuous for each in found)


def test_what_was_so_at_first_is_vacuous() -> None:
    told = delivery()
    found = judged(replace(told, prices=told.prices[1:], powers=told.powers[1:]))
    assert [each.status for each in found] == ["held"] * 5
    assert all(each.vacuous for each in found)


def test_prices_of_the_honest_alone_have_to_agree() -> None:
    found = judgement(delivery(prices=(9, 9, 20)), "agreement")
    assert (found.status, found.witnesses, found.reason) == ("violated", (2,), "honest prices are 11 apart")
    assert judgement(delivery(prices=(9, 9, 20), honest=np.array([0, 1])), "agreement").status == "held"


def test_a_schedule_beyond_limits_is_seen() -> None:
    found = judgement(delivery(powers=(12, -1, 1)), "validity")
    assert (found.status, found.step, found.witnesses) == ("violated", 1, (0, 1))


def test_who_delivers_nothing_is_a_witness() -> None:
    told = delivery(kept=np.array([True, False, True]))
    assert told.delivered.tolist() == [8, 0, 0]
    found = judgement(told, "balance")
    assert (found.witnesses, found.reason) == ((1,), "8 MW are delivered, and 12 are demanded")
    assert judgement(told, "optimality").reason == "the demand is not met, so that costs say nothing"


def test_who_produces_otherwise_than_at_least_cost_is_a_witness() -> None:
    told = delivery(powers=(6, 6, 0))
    assert judgement(told, "balance").status == "held"
    found = judgement(told, "optimality")
    assert (found.status, found.witnesses) == ("violated", (0, 1))
    assert found.reason == "it costs 6 an hour more than the least, 60"


@pytest.mark.parametrize("name", ["agreement", "balance", "optimality"])
def test_while_it_runs_nothing_is_violated(name: str) -> None:
    found = judgement(delivery(powers=(6, 6, 5), prices=(9, 9, 20), running=True), name)
    assert found.status == "inconclusive"
    assert found.reason.startswith("so far")


def test_prices_that_move_have_not_come_to_rest() -> None:
    assert judgement(delivery(at_rest=False), "termination").status == "inconclusive"
