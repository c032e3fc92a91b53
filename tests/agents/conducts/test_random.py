"""What a random traitor quotes, play by play."""

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
