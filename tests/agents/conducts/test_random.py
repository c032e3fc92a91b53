"""What a random traitor quotes, play by play."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from accord.agents.conducts import View, conducts
from numpy.typing import ArrayLike


@pytest.mark.parametrize(
    ("conduct", "quotes"),
    [
        ("random", [0.1, 0.9]),  # uniform on the hull
        ("random(reach=1)", [-0.7, 1.7]),  # or on the hull stretched
    ],
)
def test_plays(view: View, conduct: str, quotes: ArrayLike) -> None:
    assert np.allclose(conducts.choose(conduct).quote(view), quotes, equal_nan=True)


def test_plays_with_messages(chatter: Callable, transcript: Callable) -> None:
    lines = transcript("random", chatter(), coins=[3, 0, 2, 1], until=0)
    assert lines == ["0: over -> 1", "0: word(0, 0) -> 2", "0: letter(word(1, 7)) -> 3", "0: word(1, 0) -> 4"]


def test_with_nothing_to_say_it_is_silent(chatter: Callable, transcript: Callable) -> None:
    assert transcript("random", replace(chatter(), alphabet=())) == []
