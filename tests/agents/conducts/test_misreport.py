"""What a traitor claims that misreports, case by case."""

import numpy as np
import pytest
from accord.agents.conducts import Claims, conducts
from numpy.typing import ArrayLike


@pytest.mark.parametrize(
    ("conduct", "claimed"),
    [
        ("misreport(factor=1.25)", [80, 64, 50, 75]),
        ("misreport(factor=0.5)", [200, 160, 20, 30]),  # more eager than it is
        ("misreport(factor=4)", [25, 20, 160, 200]),  # as far as anybody believes it
    ],
)
def test_claims(claims: Claims, conduct: str, claimed: ArrayLike) -> None:
    assert np.allclose(conducts.choose(conduct).claim(claims), claimed)
