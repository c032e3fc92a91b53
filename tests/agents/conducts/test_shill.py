"""What a traitor claims for show, case by case."""

import numpy as np
import pytest
from accord.agents.conducts import Claims, conducts
from numpy.typing import ArrayLike


@pytest.mark.parametrize(
    ("conduct", "claimed"),
    [
        ("shill(level=0.5)", [150, 140, 20, 30]),
        ("shill(level=0)", [100, 80, 40, 60]),
        ("shill(level=1)", [200, 200, 0, 0]),
    ],
)
def test_claims(claims: Claims, conduct: str, claimed: ArrayLike) -> None:
    assert np.allclose(conducts.choose(conduct).claim(claims), claimed)


def test_it_never_pays() -> None:
    assert not conducts.choose("shill").honours(np.array([0.0, 0.5, 0.999])).any()
