"""The graph Laplacian L = D - A, and how a matrix on a network's edges gets its diagonal.

Both work on the network's own arrays: no conversion, no sorting, no objects per edge.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from .network import Network

__all__ = ["laplacian", "strengths", "with_diagonal"]


def strengths(network: Network) -> NDArray[np.float64]:
    """Return the sum of edge weights at each node, (n,); the degrees where every edge weighs 1."""
    if network.edge_weights is None:
        return network.degrees.astype(np.float64)
    return np.asarray(network.adjacency.sum(axis=1), dtype=np.float64)


def laplacian(network: Network) -> csr_array:
    """Return the (weighted) graph Laplacian, (n, n) float64 CSR: strengths minus adjacency.

    Examples
    --------
    >>> laplacian(Network.from_edges(3, [0, 1], [1, 2])).toarray()
    array([[ 1., -1.,  0.],
           [-1.,  2., -1.],
           [ 0., -1.,  1.]])
    """
    return with_diagonal(network, -network.adjacency.data, strengths(network))


def with_diagonal(network: Network, entries: NDArray[np.float64], diagonal: NDArray[np.float64]) -> csr_array:
    """Return the (n, n) CSR matrix with the given entries on the network's edges and diagonal.

    Parameters
    ----------
    network
        Whose sparsity it has.
    entries : (2m,)
        In the order of ``network.indices``.
    diagonal : (n,)
    """
    n = network.n
    nodes = np.arange(n, dtype=np.int32)
    below = np.zeros(len(network.indices) + 1, dtype=np.int32)
    np.cumsum(network.indices < network.rows, dtype=np.int32, out=below[1:])
    starts, ends = network.indptr[:-1], network.indptr[1:]
    place = starts + below[ends] - below[starts]  # behind the neighbours of smaller id
    matrix = csr_array(
        (
            np.insert(entries, place, diagonal),
            np.insert(network.indices, place, nodes),
            network.indptr + np.arange(n + 1, dtype=np.int32),
        ),
        shape=(n, n),
    )
    matrix.has_canonical_format = True  # by construction; nobody needs to look again
    return matrix
