"""Smith's chart 1 (V. L. Smith, Journal of Political Economy 70 (1962) 111-137)."""

from accord.models.schedules import Equilibrium, equilibrium
from accord.models.valuations.smith import Smith


def test_the_numbers_of_chart_1() -> None:
    schedules = Smith().build()
    assert (schedules.buyers, schedules.sellers) == (11, 11)
    assert [units[0] for units in schedules.values] == [3.25 - 0.25 * step for step in range(11)]
    assert [units[0] for units in schedules.costs] == [0.75 + 0.25 * step for step in range(11)]
    assert equilibrium(schedules) == Equilibrium(low=2, high=2, quantity=6, gainful=5, surplus=7.5)
