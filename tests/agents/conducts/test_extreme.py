"""What a extreme traitor quotes, play by play."""

import numpy as np
import pytest
from accord.agents.conducts import View, conducts
from numpy.typing import ArrayLike


@pytest.mark.parametrize(
    ("conduct", "quotes"),
    [
        ("extreme", [2.0, 2.0]),  # one width above
        ("extreme(reach=2, side=low)", [-2.0, -2.0]),  # or two below
    ],
)
def test_plays(view: View, conduct: str, quotes: ArrayLike) -> None:
    assert np.allclose(conducts.choose(conduct).quote(view), quotes, equal_nan=True)
