"""Linear averaging mode by mode: the disagreement at any step, from the spectrum and the first opinions.

With symmetric W and its orthonormal eigenvectors v_i, the opinions after k steps are the sum of
lambda_i^k (v_i . x) v_i. The mode of the average stays; the others are the disagreement [1]_.

References
----------
.. [1] L. Xiao, S. Boyd, "Fast linear iterations for distributed averaging", Systems & Control Letters
       53 (2004) 65-78, doi:10.1016/j.sysconle.2004.02.022.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from ...agents.errors import InputError

__all__ = ["modal_disagreement"]


def modal_disagreement(W: csr_array, opinions: ArrayLike, steps: ArrayLike) -> NDArray[np.float64]:  # noqa: N803
    """Return the Euclidean norm of the opinions' deviation from their mean after some numbers of steps.

    Parameters
    ----------
    W : (n, n) CSR
        A symmetric weight matrix, its rows summing to one. All of its eigenvectors are computed.
    opinions : (n,)
        The first opinions.
    steps
        Whole numbers.

    Returns
    -------
    Of the shape of `steps`.

    Raises
    ------
    InputError
        If W is not symmetric.

    Examples
    --------
    >>> modal_disagreement(csr_array([[0.75, 0.25], [0.25, 0.75]]), [0.0, 2.0], [0, 1, 2]) / 2**0.5
    array([1.  , 0.5 , 0.25])
    """
    if abs(W - W.T).max() > 1e-12:
        raise InputError(
            "modes are orthogonal only where the weight matrix is symmetric; use a symmetric scheme"
        )
    n = W.shape[0]
    deviation = np.asarray(opinions, dtype=float)
    deviation = deviation - deviation.mean()
    # without the mode of the average, whose share of the deviation is rounding
    values, vectors = np.linalg.eigh(W.toarray() - 1 / n)
    shares = (vectors.T @ deviation) ** 2
    powers = np.power.outer(np.abs(values), 2.0 * np.asarray(steps))
    found: NDArray[np.float64] = np.sqrt(np.tensordot(shares, powers, axes=1))
    return found
