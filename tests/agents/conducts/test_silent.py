"""What a silent traitor quotes, play by play."""

from collections.abc import Callable

import numpy as np
import pytest
from accord.agents.conducts import View, conducts
from accord.agents.protocols import Faults
from numpy.typing import ArrayLike


@pytest.mark.parametrize(
    ("conduct", "quotes"),
    [
        ("silent", [np.nan, np.nan]),  # nothing at all
    ],
)
def test_plays(view: View, conduct: str, quotes: ArrayLike) -> None:
    assert np.allclose(conducts.choose(conduct).quote(view), quotes, equal_nan=True)


def test_plays_with_messages(chatter: Callable, transcript: Callable, letter: Callable) -> None:
    assert transcript("silent", chatter(), [(0.5, 1, letter(1))]) == []
    assert conducts.choose("silent").faults is Faults.CRASH
