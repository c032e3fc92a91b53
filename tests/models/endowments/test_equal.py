import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.endowments.equal import Equal


def test_everybody_has_the_same() -> None:
    assert Equal(3).build(2, 2, np.random.default_rng(1)).tolist() == [[3, 3], [3, 3]]
    assert not Equal().is_random


def test_there_is_something() -> None:
    with pytest.raises(InputError, match="amount=0 must be greater than 0"):
        Equal(0)
