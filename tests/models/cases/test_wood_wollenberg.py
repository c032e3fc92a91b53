"""The three-unit system, as the textbook prints it."""

from accord.models.cases.wood_wollenberg import WoodWollenberg


def test_costs_and_limits_are_those_of_the_book() -> None:
    units = WoodWollenberg().build()
    # 561 + 7.92 P + 0.001562 P^2 of the coal-fired unit at its lower limit
    assert units.running_costs(units.low)[0] + units.c[0] == 561 + 7.92 * 150 + 0.001562 * 150**2
    assert (units.n, units.demand, units.low.sum(), units.high.sum()) == (3, 850, 300, 1200)
