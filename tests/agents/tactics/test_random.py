"""Anything acceptable, with equal chances."""

from collections.abc import Callable

import numpy as np
import pytest
from accord.agents.bargaining import View
from accord.agents.tactics.random import Random


@pytest.mark.parametrize(
    ("luck", "reservation", "bid"),
    [(0.0, 0.0, 10), (0.999, 0.0, 0), (0.0, 0.75, 10), (0.34, 0.75, 9), (0.999, 0.75, 8), (0.5, 1.0, 10)],
)
def test_plays(see: Callable[..., View], luck: float, reservation: float, bid: int) -> None:
    assert Random().bid(see(luck=luck, reservation=reservation)) == bid


def test_every_acceptable_outcome_has_the_same_chance(see: Callable[..., View]) -> None:
    lucks = (np.arange(700) + 0.5) / 700
    bids = [Random().bid(see(luck=luck, reservation=0.35)) for luck in lucks]
    assert np.bincount(bids).tolist() == [0, 0, 0, 0, *[100] * 7]
