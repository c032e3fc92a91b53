"""What an equivocating traitor quotes, play by play."""

from collections.abc import Callable

import numpy as np
import pytest
from accord.agents.conducts import View, conducts
from numpy.typing import ArrayLike


@pytest.mark.parametrize(
    ("conduct", "quotes"),
    [
        ("equivocating", [0.0, 1.0]),  # another value to each
        ("equivocating(reach=0.5)", [-0.5, 1.5]),  # or beyond the hull
    ],
)
def test_plays(view: View, conduct: str, quotes: ArrayLike) -> None:
    assert np.allclose(conducts.choose(conduct).quote(view), quotes, equal_nan=True)


def test_plays_with_messages(chatter: Callable, transcript: Callable, letter: Callable) -> None:
    lines = transcript("equivocating", chatter(coalition=(0, 2)), [(0.5, 1, letter(1))], until=1)
    assert lines == [
        *("0: word(0, 0) -> 1 2", "0: word(1, 0) -> 3 4"),
        "0.5: letter(word(1, 0)) -> 1",  # both copies heard it; only one has 1 in its audience
        *("1: word(0, 1) -> 1 2", "1: word(1, 1) -> 3 4"),
    ]
