"""What a traitor claims that bluffs, case by case."""

import numpy as np
import pytest
from accord.agents.conducts import Claims, conducts
from numpy.typing import ArrayLike


@pytest.mark.parametrize(
    ("conduct", "claimed"),
    [
        ("bluff(share=0.5)", [50, 40, 120, 130]),
        ("bluff(share=0)", [100, 80, 40, 60]),
        ("bluff(share=1)", [0, 0, 200, 200]),
    ],
)
def test_claims(claims: Claims, conduct: str, claimed: ArrayLike) -> None:
    assert np.allclose(conducts.choose(conduct).claim(claims), claimed)
