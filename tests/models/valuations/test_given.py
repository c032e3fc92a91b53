"""Schedules made in Python."""

import pytest
from accord.agents.errors import InputError
from accord.models.schedules import Schedules
from accord.models.valuations import valuations
from accord.models.valuations.given import Given

MARKET = Schedules(values=((8,), (6, 5)), costs=((3,),), low=0, high=10, name="mine")


def test_schedules_are_taken_as_they_are() -> None:
    valuation = valuations.choose(MARKET)
    assert valuation.build() is MARKET
    assert valuation == Given(MARKET)
    assert hash(valuation) == hash(Given(MARKET))
    assert str(valuation) == f"given(mine#{MARKET.digest[:8]})"
    assert valuation.canonical() == {"name": "given", "sha256": MARKET.digest}


def test_what_is_no_market() -> None:
    for wrong in ([1, 2], None, 7):
        with pytest.raises(InputError, match="is no market: give a name such as 'smith'"):
            Given(wrong)
    with pytest.raises(InputError, match="was made in Python; hand over the object itself again"):
        valuations.choose("given('mine#0123')")
