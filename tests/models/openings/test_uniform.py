"""Uniform first opinions."""

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.network import Network
from accord.models.openings.uniform import Uniform

PAIR = Network.from_edges(1000, [0], [1])


def test_inside_the_interval_and_all_over_it() -> None:
    drawn = Uniform(-2, 3).opinions(PAIR, np.random.default_rng(1))
    assert drawn.shape == (1000,)
    assert drawn.min() >= -2
    assert drawn.max() < 3
    # mean 0.5, standard error 0.0456; 5 sigma, error rate 6e-7
    assert drawn.mean() == pytest.approx(0.5, abs=0.23)


def test_ends_in_order() -> None:
    with pytest.raises(InputError, match="low=1 must be less than high=1"):
        Uniform(1, 1)
