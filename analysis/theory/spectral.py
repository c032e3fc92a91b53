"""How fast linear averaging agrees, from the spectrum of its weight matrix.

With x <- W x the disagreement shrinks, in the long run and for symmetric W in every single step, by at least
the factor rho: the largest |eigenvalue| of W off the constant vector.

References
----------
.. [1] L. Xiao, S. Boyd, "Fast linear iterations for distributed averaging", Systems & Control Letters
       53 (2004) 65-78, doi:10.1016/j.sysconle.2004.02.022.
.. [2] S. Muthukrishnan, B. Ghosh, M. H. Schultz, "First- and second-order diffusive methods for rapid,
       coarse, distributed load balancing", Theory of Computing Systems 31 (1998) 331-354,
       doi:10.1007/s002240000092.
"""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, eye_array

from ...agents.errors import InputError
from ...models.networks.spectrum import DENSE_LIMIT, extreme_eigenvalues

__all__ = ["momentum_rate", "predicted_disagreement", "spectral_rate", "steps_to"]


def spectral_rate(W: csr_array) -> float:  # noqa: N803
    """Return rho, the factor by which linear averaging with W shrinks disagreement a step.

    Parameters
    ----------
    W : (n, n) CSR
        A weight matrix, its rows summing to one.

    Returns
    -------
    float
        For symmetric W the spectral radius of W - J (J has 1/n everywhere); else the second largest
        |eigenvalue|. At least 1 means no agreement.

    Raises
    ------
    InputError
        If rows do not sum to one.

    Notes
    -----
    Dense up to 1,000 nodes; above, the ends of the spectrum only (see
    `accord.models.networks.spectrum.extreme_eigenvalues`), or Arnoldi iteration if W is not symmetric.

    Examples
    --------
    >>> round(spectral_rate(csr_array([[0.75, 0.25], [0.25, 0.75]])), 12)
    0.5
    """
    n = W.shape[0]
    if abs(W.sum(axis=1) - 1).max() > 1e-9:
        raise InputError("a weight matrix has rows that sum to one; divide each row by its sum")
    if abs(W - W.T).max() <= 1e-12:
        if n <= DENSE_LIMIT:
            return float(np.abs(np.linalg.eigvalsh(W.toarray() - 1 / n)).max())
        lowest, largest = extreme_eigenvalues((eye_array(n, format="csr") - W).tocsr())
        return max(abs(1 - lowest), abs(1 - largest))
    if n <= DENSE_LIMIT:
        eigenvalues = np.linalg.eigvals(W.toarray())
    else:
        from scipy.sparse.linalg import eigs

        start = np.random.default_rng(0).random(n)
        eigenvalues = eigs(W, k=2, which="LM", v0=start, return_eigenvectors=False)
    others = np.delete(eigenvalues, np.argmin(abs(eigenvalues - 1)))
    return float(abs(others).max(initial=0.0))


def steps_to(tolerance: float, rate: float) -> float:
    """Return after how many steps disagreement has shrunk to `tolerance` times its start.

    Infinite where the rate is 1 or more. For symmetric W no start takes longer.

    Examples
    --------
    >>> steps_to(1e-6, rate=0.5)
    20
    """
    if not tolerance > 0:
        raise InputError(f"tolerance={tolerance} must be greater than 0; disagreement never vanishes exactly")
    if tolerance >= 1:
        return 0
    if rate >= 1:
        return math.inf
    if rate <= 0:
        return 1
    return math.ceil(math.log(tolerance) / math.log(rate) - 1e-9)  # an exact power needs no extra step


def momentum_rate(rate: float) -> float:
    """Return the rate that momentum makes of a rate: rho / (1 + sqrt(1 - rho^2)).

    It is that of second-order diffusion [2]_, x(k+1) = omega W x(k) + (1 - omega) x(k-1), with the best
    omega = 2 / (1 + sqrt(1 - rho^2)). Where rho = (kappa - 1) / (kappa + 1) it comes to
    (sqrt(kappa) - 1) / (sqrt(kappa) + 1).

    Examples
    --------
    >>> round(momentum_rate(3 / 7), 6)
    0.225148
    """
    if not 0 <= rate <= 1:
        raise InputError(
            f"rate={rate} must lie between 0 and 1: momentum makes nothing converge that does not"
        )
    return rate / (1 + math.sqrt(1 - rate**2))


def predicted_disagreement(initial: float, rate: float, steps: ArrayLike) -> NDArray[np.float64]:
    """Return the bound initial * rate^k on the disagreement after k steps, for each k in `steps`.

    Examples
    --------
    >>> predicted_disagreement(8.0, 0.5, [0, 1, 2, 3])
    array([8., 4., 2., 1.])
    """
    return np.asarray(initial * np.power(float(rate), np.asarray(steps)))
