"""How fast a stubborn party captures linear averaging: the spectrum of what is left of W without it.

Those who hold on to one value v are rows of W that change nothing. For the others, x - v shrinks by the
block of W that is theirs: everybody ends at v, at the rate of that block's spectral radius. With
W = I - alpha L the block is I - alpha times the grounded Laplacian [1]_.

References
----------
.. [1] M. Pirani, S. Sundaram, "On the smallest eigenvalue of grounded Laplacian matrices", IEEE Transactions
       on Automatic Control 61 (2016) 509-514, doi:10.1109/TAC.2015.2444191.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from ...models.networks.spectrum import DENSE_LIMIT

__all__ = ["captured_rate"]


def captured_rate(W: csr_array, stubborn: ArrayLike) -> float:  # noqa: N803
    """Return the factor by which the distance to a common value of stubborn nodes shrinks a step.

    Parameters
    ----------
    W : (n, n) CSR
        A weight matrix, its rows summing to one.
    stubborn
        The nodes that never move.

    Returns
    -------
    float
        The spectral radius of W on the other nodes; 1 means that somebody is never captured. For symmetric W
        the Euclidean distance shrinks by at least that factor in every step.

    Examples
    --------
    With equal weights on a complete network of four, each step takes everybody a quarter of the way.

    >>> round(captured_rate(csr_array(np.full((4, 4), 0.25)), [0]), 12)
    0.75
    """
    others = np.setdiff1d(np.arange(W.shape[0]), np.asarray(stubborn))
    if not others.size:
        return 0.0
    block = W[others][:, others]
    symmetric = abs(block - block.T).max() <= 1e-12
    if len(others) <= DENSE_LIMIT:
        dense = block.toarray()
        return float(np.abs(np.linalg.eigvalsh(dense) if symmetric else np.linalg.eigvals(dense)).max())
    from scipy.sparse.linalg import eigs, eigsh

    find = eigsh if symmetric else eigs
    return float(
        np.abs(find(block, k=1, which="LM", v0=np.ones(len(others)), return_eigenvectors=False)).max()
    )
