"""Units written down on the spot."""

import pytest
from accord.agents.errors import InputError
from accord.models.cases import cases
from accord.models.cases.given import Given

UNITS = [(0.01, 2, 0, 0, 100), (0.02, 1, 5, 0, 100)]


def test_it_can_be_typed() -> None:
    case = cases.choose("given(units=[[0.01, 2, 0, 0, 100], [0.02, 1, 5, 0, 100]], demand=120)")
    assert case == Given(units=UNITS, demand=120)
    assert case.build().c.tolist() == [0, 5]


def test_what_cannot_be_is_told_at_once() -> None:
    with pytest.raises(InputError, match="given: demand=900 MW cannot be met"):
        Given(units=UNITS, demand=900)
