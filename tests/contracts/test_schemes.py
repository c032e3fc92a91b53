"""What holds for every weight scheme of the catalogue, on every kind of network."""

import pickle

import numpy as np
import pytest
from accord.models.networks.network import Network
from accord.models.networks.schemes import Scheme, schemes
from accord.models.networks.topologies import topologies

CHOICES = [
    "constant(alpha=0.05)",
    "best-constant",
    "max-degree",
    "max-degree(plus_one=false)",
    "metropolis",
    "metropolis(plus_one=false)",
    "uniform",
    "fastest",
    "fastest(nonnegative=true)",
    "best-condition",
    "best-condition(nonnegative=true)",
]


def weighted():
    network = topologies.choose("boyd-8").build()
    heads, tails, _ = network.edge_list
    return Network.from_edges(8, heads, tails, np.linspace(0.2, 3.0, 13))


NETWORKS = {
    "karate": topologies.choose("karate").build(),
    "star": topologies.choose("star(8)").build(),
    "pair": Network.from_edges(2, [0], [1]),
    "weighted": weighted(),
}


def test_no_scheme_is_left_out():
    assert {choice.partition("(")[0] for choice in CHOICES} == set(schemes)


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS.keys())
@pytest.mark.parametrize("choice", CHOICES)
def test_contract(choice, network):
    scheme = schemes.choose(choice)
    W = scheme.matrix(network)
    assert W.format == "csr"
    assert (W.shape, W.dtype) == ((network.n, network.n), np.float64)
    assert W.indices.dtype == W.indptr.dtype == np.int32
    assert W.has_sorted_indices
    assert W.nnz == 2 * network.m + network.n  # the edges, both ways, and the diagonal
    np.testing.assert_allclose(W.sum(axis=1), 1, rtol=0, atol=1e-14)
    pattern = W.toarray() * (1 - np.eye(network.n)) != 0
    assert not pattern[network.adjacency.toarray() == 0].any()

    asymmetry = abs(W - W.T).max()
    drift = abs(W.sum(axis=0) - 1).max()
    if scheme.is_symmetric:
        assert asymmetry <= 1e-15
    if scheme.conserves_average:
        assert drift <= 1e-14
    if network is NETWORKS["karate"]:  # and not claimed less than is so
        assert (asymmetry > 1e-3, drift > 1e-3) == (not scheme.is_symmetric, not scheme.conserves_average)


@pytest.mark.parametrize("choice", CHOICES)
def test_agreement_on_a_fixed_point(choice):
    W = schemes.choose(choice).matrix(NETWORKS["karate"])
    np.testing.assert_allclose(W @ np.full(34, 3.5), 3.5)


@pytest.mark.parametrize("choice", CHOICES)
def test_schemes_travel_as_text_and_pickle(choice):
    scheme = schemes.choose(choice)
    assert schemes.choose(str(scheme)) == scheme == pickle.loads(pickle.dumps(scheme))


@pytest.mark.parametrize("choice", CHOICES)
def test_a_single_node_keeps_its_opinion(choice):
    assert schemes.choose(choice).matrix(Network.from_edges(1, [], [])).toarray() == [[1.0]]


@pytest.mark.parametrize("choice", CHOICES)
def test_an_isolated_node_keeps_its_opinion_or_is_refused(choice):
    network = Network.from_edges(3, [0], [2])
    if choice.startswith(("best", "fastest")):
        with pytest.raises(ValueError, match=r"has 2 components.*giant component"):
            schemes.choose(choice).matrix(network)
    else:
        np.testing.assert_array_equal(schemes.choose(choice).matrix(network).toarray()[1], [0, 1, 0])


def test_a_scheme_of_ones_own_needs_one_method():
    class Timid(Scheme):
        def neighbour_weights(self, network):
            return np.full(len(network.indices), 0.01)

    W = Timid().matrix(NETWORKS["pair"])
    np.testing.assert_allclose(W.toarray(), [[0.99, 0.01], [0.01, 0.99]])
    assert str(Timid()) == "timid"
