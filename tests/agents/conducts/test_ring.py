"""What a traitor claims in a ring, case by case."""

import numpy as np
import pytest
from accord.agents.conducts import Claims, conducts
from numpy.typing import ArrayLike


@pytest.mark.parametrize(
    ("conduct", "claimed"),
    [
        ("ring", [100, 0, 40, 200]),  # the best on either side speaks
        ("ring(active=2)", [100, 80, 40, 60]),
    ],
)
def test_claims(claims: Claims, conduct: str, claimed: ArrayLike) -> None:
    assert np.allclose(conducts.choose(conduct).claim(claims), claimed)


def test_of_equals_the_first_speaks(claims: Claims) -> None:
    alike = Claims(np.full(4, 50.0), claims.buys, claims.low, claims.high)
    assert conducts.choose("ring").claim(alike).tolist() == [50, 0, 50, 200]
