"""Normal first opinions."""

import numpy as np
import pytest
from accord.models.networks.network import Network
from accord.models.openings.normal import Normal


def test_mean_and_spread() -> None:
    drawn = Normal(5, 2).opinions(Network.from_edges(10_000, [0], [1]), np.random.default_rng(1))
    # standard errors 0.02 and 0.014; 5 sigma, error rate 6e-7 each
    assert drawn.mean() == pytest.approx(5, abs=0.1)
    assert drawn.std() == pytest.approx(2, abs=0.07)
