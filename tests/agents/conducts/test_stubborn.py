"""What a stubborn traitor quotes, play by play."""

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
