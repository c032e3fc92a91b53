import numpy as np
import pytest
from accord.models.networks.network import Network
from accord.models.networks.schemes.metropolis import Metropolis
from accord.models.networks.topologies import topologies
from hypothesis import given, settings
from hypothesis import strategies as st

RATES = {  # with 1/max (published with CVX for boyd-8, 0.7743, and boyd-64, 0.9917), with 1/(1 + max)
    "boyd-8": (0.774303, 0.812555),
    "petersen": (0.666667, 0.500000),
    "karate": (0.966497, 0.968764),
    "grid(4, 4)": (0.830076, 0.868641),
    "star(8)": (0.857143, 0.875000),
    "barbell(5, 0)": (0.940312, 0.950260),
    "path(8)": (0.923880, 0.949253),
    "boyd-64": (0.991718, 0.993560),
}


def rate(W):
    return np.abs(np.linalg.eigvalsh(W.toarray() - 1 / W.shape[0])).max()


@pytest.mark.parametrize("name", RATES)
def test_reference_networks(name):
    network = topologies.choose(name).build()
    bare, plus_one = RATES[name]
    assert rate(Metropolis(plus_one=False).matrix(network)) == pytest.approx(bare, abs=1e-6)
    assert rate(Metropolis().matrix(network)) == pytest.approx(plus_one, abs=1e-6)


def test_without_the_one_a_bipartite_regular_network_oscillates():
    cube = topologies.choose("hypercube(3)").build()
    assert rate(Metropolis(plus_one=False).matrix(cube)) == pytest.approx(1)
    assert rate(Metropolis().matrix(cube)) == pytest.approx(1 / 2)


def test_edge_weights_count_by_strength():
    path = Network.from_edges(3, [0, 1], [1, 2], [10.0, 30.0])  # strengths 10, 40, 30
    np.testing.assert_allclose(Metropolis(plus_one=False).neighbour_weights(path), np.array([1, 1, 3, 3]) / 4)
    np.testing.assert_allclose(Metropolis().neighbour_weights(path), [1 / 5, 1 / 5, 3 / 7, 3 / 7])


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10**6), is_weighted=st.booleans(), unit=st.sampled_from([1.0, 1e-6, 1e6]))
def test_it_always_converges_without_negative_weights(seed, is_weighted, unit):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 12))
    tree = [int(rng.integers(node)) for node in range(1, n)]
    more = rng.integers(0, n, (2, n))
    weights = unit * rng.exponential(size=2 * n - 1) if is_weighted else None
    network = Network.from_edges(n, [*range(1, n), *more[0]], [*tree, *more[1]], weights)
    W = Metropolis().matrix(network)
    assert W.data.min() >= 0
    assert W.diagonal().min() > 0
    assert rate(W) < 1
