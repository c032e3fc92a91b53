"""Evenly spaced first opinions."""

import numpy as np
from accord.models.networks.network import Network
from accord.models.openings.ramp import Ramp


def test_evenly_spaced() -> None:
    path = Network.from_edges(5, range(4), range(1, 5))
    assert Ramp().opinions(path, np.random.default_rng(1)).tolist() == [0, 0.25, 0.5, 0.75, 1]
