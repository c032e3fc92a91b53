"""Annealing against the rule of Metropolis."""

from collections.abc import Callable
from math import exp

import pytest
from accord.agents.bargaining import View
from accord.agents.tactics.annealing import Annealing


@pytest.mark.parametrize(
    ("text", "standing", "number", "luck", "agreed"),
    [
        (6, 5, 0, 0.999, True),  # a gain
        (5, 5, 10, 0.999, True),  # no loss
        (4, 5, 0, exp(-0.2) - 1e-9, True),  # a loss of .1 at T = .5
        (4, 5, 0, exp(-0.2) + 1e-9, False),
        (4, 5, 5, exp(-0.4) - 1e-9, True),  # at T = .25
        (4, 5, 5, exp(-0.4) + 1e-9, False),
        (4, 5, 10, 0.0, False),  # no time left, no loss
    ],
)
def test_plays(
    see: Callable[..., View],
    text: int,
    standing: int,
    number: int,
    luck: float,
    agreed: bool,
) -> None:
    assert Annealing(heat=0.5).approves(see(round=number, luck=luck), text, standing) is agreed


def test_its_own_offer_is_the_best(see: Callable[..., View]) -> None:
    assert Annealing().bid(see(round=9)) == 10
