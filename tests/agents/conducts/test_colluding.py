"""What a colluding traitor quotes, play by play."""

from collections.abc import Callable

import numpy as np
import pytest
from accord.agents.conducts import View, conducts
from numpy.typing import ArrayLike


@pytest.mark.parametrize(
    ("conduct", "quotes"),
    [
        ("colluding", [0.2, 0.8]),  # each camp hears its own end
    ],
)
def test_plays(view: View, conduct: str, quotes: ArrayLike) -> None:
    assert np.allclose(conducts.choose(conduct).quote(view), quotes, equal_nan=True)


def test_plays_with_messages(chatter: Callable, transcript: Callable) -> None:
    # the honest are parted in the middle, and each copy tells its like in the other traitor what it says
    lines = transcript("colluding", chatter(coalition=(0, 2)), until=0)
    assert lines == [
        *("0: word(0, 0) -> 1", "0: aside(0, word(0, 0)) -> 2"),
        *("0: word(1, 0) -> 3 4", "0: aside(1, word(1, 0)) -> 2"),
    ]
