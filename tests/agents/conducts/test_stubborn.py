"""What a stubborn traitor quotes, play by play."""

from collections.abc import Callable

import numpy as np
import pytest
from accord.agents.conducts import View, conducts
from numpy.typing import ArrayLike


@pytest.mark.parametrize(
    ("conduct", "quotes"),
    [
        ("stubborn", [0.4, 0.4]),  # one's first opinion
        ("stubborn(value=2)", [2.0, 2.0]),  # or the given one
    ],
)
def test_plays(view: View, conduct: str, quotes: ArrayLike) -> None:
    assert np.allclose(conducts.choose(conduct).quote(view), quotes, equal_nan=True)


@pytest.mark.parametrize(
    ("conduct", "value", "said"),
    [
        ("stubborn", 0, 0),  # one's own input
        ("stubborn(value=1)", 0, 1),
        ("stubborn(value=9)", 0, 1),  # the nearest value that anybody argues about
    ],
)
def test_plays_with_messages(
    chatter: Callable, transcript: Callable, letter: Callable, conduct: str, value: int, said: int
) -> None:
    lines = transcript(conduct, chatter(value=value), [(0.5, 1, letter(1 - said))], until=1)
    assert lines == [
        f"0: word({said}, 0) -> 1 2 3 4",
        f"0.5: letter(word({said}, 0)) -> 1",  # whatever was heard
        f"1: word({said}, 1) -> 1 2 3 4",
    ]
