import numpy as np
import pytest
from accord.models.networks.network import Network
from accord.models.networks.schemes.uniform import Uniform
from accord.models.networks.topologies import topologies


def limit(network, opinions):
    return np.linalg.matrix_power(Uniform().matrix(network).toarray(), 4000) @ opinions


def test_neighbours_and_oneself_count_the_same():
    star = topologies.choose("star(4)").build()
    expected = [[1 / 4] * 4, [1 / 2, 1 / 2, 0, 0], [1 / 2, 0, 1 / 2, 0], [1 / 2, 0, 0, 1 / 2]]
    np.testing.assert_allclose(Uniform().matrix(star).toarray(), expected)


@pytest.mark.parametrize("name", ["karate", "star(8)", "ring(6)", "hypercube(3)"])
def test_influence_is_proportional_to_one_plus_degree(name):
    network = topologies.choose(name).build()
    opinions = np.random.default_rng(2).random(network.n)
    expected = np.average(opinions, weights=1 + network.degrees)
    np.testing.assert_allclose(limit(network, opinions), expected, atol=1e-9)


def test_one_keeps_the_same_for_oneself_on_a_weighted_network():
    path = Network.from_edges(3, [0, 1], [1, 2], [10.0, 30.0])
    expected = [[1 / 2, 1 / 2, 0], [1 / 6, 1 / 3, 1 / 2], [0, 1 / 2, 1 / 2]]
    np.testing.assert_allclose(Uniform().matrix(path).toarray(), expected)
