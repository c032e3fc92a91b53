"""What a drift traitor quotes, play by play."""

import numpy as np
import pytest
from accord.agents.conducts import View, conducts
from numpy.typing import ArrayLike


@pytest.mark.parametrize(
    ("conduct", "quotes"),
    [
        ("drift(rate=0.1)", [0.7, 0.7]),  # three steps away from the first opinion
        ("drift(rate=0, swing=2)", np.full(2, 0.4 + 2 * np.sin(3))),  # or on a sine
    ],
)
def test_plays(view: View, conduct: str, quotes: ArrayLike) -> None:
    assert np.allclose(conducts.choose(conduct).quote(view), quotes, equal_nan=True)
