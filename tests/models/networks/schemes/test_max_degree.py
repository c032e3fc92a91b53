import numpy as np
import pytest
from accord.models.networks.network import Network
from accord.models.networks.schemes.max_degree import MaxDegree
from accord.models.networks.topologies import topologies

RATES = {  # with 1/dmax (published with CVX for boyd-8, 0.7793, and boyd-64, 0.9927), with 1/(dmax + 1)
    "boyd-8": (0.779254, 0.816045),
    "petersen": (0.666667, 0.500000),
    "karate": (0.972440, 0.973971),
    "grid(4, 4)": (0.853553, 0.882843),
    "star(8)": (0.857143, 0.875000),
    "barbell(5, 0)": (0.940312, 0.950260),
    "path(8)": (0.923880, 0.949253),
    "boyd-64": (0.992714, 0.994171),
}


def rate(W):
    return np.abs(np.linalg.eigvalsh(W.toarray() - 1 / W.shape[0])).max()


@pytest.mark.parametrize("name", RATES)
def test_reference_networks(name):
    network = topologies.choose(name).build()
    bare, plus_one = RATES[name]
    assert rate(MaxDegree(plus_one=False).matrix(network)) == pytest.approx(bare, abs=1e-6)
    assert rate(MaxDegree().matrix(network)) == pytest.approx(plus_one, abs=1e-6)


def test_without_the_one_an_even_ring_oscillates():
    ring = topologies.choose("ring(8)").build()
    assert rate(MaxDegree(plus_one=False).matrix(ring)) == pytest.approx(1)
    assert rate(MaxDegree().matrix(ring)) < 1


def test_edge_weights_count_by_strength_and_their_unit_does_not_matter():
    path = Network.from_edges(3, [0, 1], [1, 2], [10.0, 30.0])  # strengths 10, 40, 30
    np.testing.assert_allclose(MaxDegree(plus_one=False).neighbour_weights(path), np.array([1, 1, 3, 3]) / 4)
    np.testing.assert_allclose(MaxDegree().neighbour_weights(path), np.array([1, 1, 3, 3]) / 7)
