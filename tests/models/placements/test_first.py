"""Traitors on the first nodes."""

import numpy as np
from accord.models.networks.network import Network
from accord.models.placements.first import First


def test_the_first_ids() -> None:
    line = Network.from_edges(5, [0, 1, 2, 3], [1, 2, 3, 4])
    candidates = First().candidates(line, 2, np.random.default_rng(1))
    assert candidates.tolist() == [[0, 1]]
    assert First().candidates(line, 0, np.random.default_rng(1)).shape == (1, 0)
