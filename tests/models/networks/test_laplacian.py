import networkx as nx
import numpy as np
import pytest
from accord.models.networks.laplacian import laplacian, strengths, with_diagonal
from accord.models.networks.network import Network
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.fixture
def weighted():
    """Two components and an isolated node, weighted."""
    return Network.from_edges(6, [0, 3, 1], [3, 2, 4], [2.0, 0.5, 4.0])


def test_laplacian_is_strengths_minus_adjacency(weighted):
    expected = np.diag([2.0, 4.0, 0.5, 2.5, 4.0, 0.0]) - weighted.adjacency.toarray()
    np.testing.assert_array_equal(laplacian(weighted).toarray(), expected)
    np.testing.assert_array_equal(strengths(weighted), np.diag(expected))


def test_networkx_has_the_same_laplacian():
    graph = nx.karate_club_graph()
    theirs = nx.laplacian_matrix(graph).toarray()
    np.testing.assert_array_equal(laplacian(Network.from_networkx(graph)).toarray(), theirs)


def test_strengths_of_an_unweighted_network_are_its_degrees():
    network = Network.from_edges(4, [0, 0], [1, 2])
    np.testing.assert_array_equal(strengths(network), [2, 1, 1, 0])
    assert strengths(network).dtype == np.float64


@settings(deadline=None, max_examples=50)
@given(n=st.integers(1, 8), data=st.data())
def test_with_diagonal_puts_everything_where_it_belongs(n, data):
    pairs = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))
    edges = data.draw(st.lists(pairs, max_size=12))
    network = Network.from_edges(n, [u for u, _ in edges], [v for _, v in edges])
    entries, diagonal = 1.0 + np.arange(2 * network.m), -1.0 - np.arange(n)
    matrix = with_diagonal(network, entries, diagonal)
    expected = np.diag(diagonal)
    expected[network.rows, network.indices] = entries
    np.testing.assert_array_equal(matrix.toarray(), expected)
    assert matrix.indices.dtype == matrix.indptr.dtype == np.int32
    for start, end in zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True):
        assert (np.diff(matrix.indices[start:end]) > 0).all()  # sorted, and nothing twice
