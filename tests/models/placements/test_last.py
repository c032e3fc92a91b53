"""Traitors on the last nodes."""

import numpy as np
from accord.models.networks.network import Network
from accord.models.placements.last import Last


def test_the_last_ids() -> None:
    line = Network.from_edges(5, [0, 1, 2, 3], [1, 2, 3, 4])
    candidates = Last().candidates(line, 2, np.random.default_rng(1))
    assert candidates.tolist() == [[3, 4]]
    assert Last().candidates(line, 0, np.random.default_rng(1)).shape == (1, 0)
