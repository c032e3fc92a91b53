"""What a silent traitor quotes, play by play."""

import numpy as np
import pytest
from accord.agents.conducts import View, conducts
from numpy.typing import ArrayLike


@pytest.mark.parametrize(
    ("conduct", "quotes"),
    [
        ("silent", [np.nan, np.nan]),  # nothing at all
    ],
)
def test_plays(view: View, conduct: str, quotes: ArrayLike) -> None:
    assert np.allclose(conducts.choose(conduct).quote(view), quotes, equal_nan=True)
