"""Markets whose equilibrium price is 200 (D. Cliff, technical report HPL-97-91, 1997; schedules are reconstructed)."""

import pytest
from accord.models.schedules import equilibrium
from accord.models.valuations.cliff import Cliff


@pytest.mark.parametrize(
    ("kind", "quantity"),
    [("symmetric", 13), ("flat-supply", 13), ("excess-demand", 12), ("excess-supply", 12)],
)
def test_the_equilibrium_price_is_200_in_all(kind: str, quantity: int) -> None:
    found = equilibrium(Cliff(kind=kind).build())
    assert (found.low, found.high, found.quantity) == (200, 200, quantity)


def test_the_symmetric_one_mirrors_itself() -> None:
    schedules = Cliff().build()
    assert (schedules.demand + schedules.supply).tolist() == [400] * 24
    assert schedules.low + schedules.high == 400
