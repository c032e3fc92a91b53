"""Hubs first, equals by id."""

import numpy as np
from accord.models.networks.network import Network
from accord.models.placements.highest_degree import HighestDegree


def test_hubs_first_equals_by_id() -> None:
    tail = Network.from_edges(5, [2, 2, 2, 3], [0, 1, 3, 4])  # degrees 1, 1, 3, 2, 1
    assert HighestDegree().candidates(tail, 4, np.random.default_rng(1)).tolist() == [[2, 3, 0, 1]]
