"""What a traitor keeps that breaks its word."""

import numpy as np
import pytest
from accord.agents.conducts import Claims, conducts
from numpy.typing import ArrayLike


@pytest.mark.parametrize(
    ("conduct", "kept"),
    [
        ("breach", [False, False, False]),
        ("breach(p=0.5)", [False, True, True]),
        ("breach(p=0)", [True, True, True]),
    ],
)
def test_keeps(conduct: str, kept: ArrayLike) -> None:
    luck = np.array([0.0, 0.5, 0.999])
    assert conducts.choose(conduct).honours(luck).tolist() == kept


def test_it_claims_the_truth(claims: Claims) -> None:
    assert (conducts.choose("breach").claim(claims) == claims.truth).all()
