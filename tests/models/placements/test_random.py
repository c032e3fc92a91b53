"""Random placement: uniform, and nested over traitor counts."""

from itertools import pairwise

import numpy as np
from accord.models.networks.network import Network
from accord.models.placements.random import Random

PATH = Network.from_edges(6, range(5), range(1, 6))


def test_fewer_traitors_sit_on_some_of_the_same_nodes() -> None:
    draws = [set(Random().candidates(PATH, k, np.random.default_rng(4))[0]) for k in range(7)]
    assert all(few < many for few, many in pairwise(draws))


def test_every_node_is_equally_likely() -> None:
    # 6,000 draws of 2 of 6: each node 2,000 times, standard deviation 36.5; 5 sigma, error rate 4e-6
    rng = np.random.default_rng(1)
    hits = np.bincount(np.concatenate([Random().candidates(PATH, 2, rng)[0] for _ in range(6000)]))
    assert (np.abs(hits - 2000) < 183).all()
