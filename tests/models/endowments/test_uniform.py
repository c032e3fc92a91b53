import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.endowments.uniform import Uniform


def test_draws_lie_between_the_ends() -> None:
    drawn = Uniform(low=2, high=4).build(1000, 2, np.random.default_rng(1))
    assert drawn.shape == (1000, 2)
    assert 2 <= drawn.min() < 2.05
    assert 3.95 < drawn.max() < 4
    assert Uniform().is_random


@pytest.mark.parametrize(
    ("ends", "told"), [((4, 2), "low=4 must be less than high=2"), ((-1, 2), "low=-1 must be at least 0")]
)
def test_bounds(ends: tuple[float, float], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Uniform(*ends)
