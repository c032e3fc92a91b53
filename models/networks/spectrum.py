"""The spectrum of a network's Laplacian: how fast opinions can agree on it, and at which step size.

With x <- (I - alpha L) x, the slowest disagreement shrinks by rho(alpha) = max(|1 - alpha lambda_2|,
|1 - alpha lambda_n|) a step. Everything that averaging needs to know follows from the two ends.

References
----------
.. [1] L. Xiao, S. Boyd, "Fast linear iterations for distributed averaging", Systems & Control Letters
       53 (2004) 65-78, doi:10.1016/j.sysconle.2004.02.022.
.. [2] C. C. Paige, "Accuracy and effectiveness of the Lanczos algorithm for the symmetric eigenproblem",
       Linear Algebra and its Applications 34 (1980) 235-258, doi:10.1016/0024-3795(80)90167-6.
.. [3] W. N. Anderson, T. D. Morley, "Eigenvalues of the Laplacian of a graph", Linear and Multilinear
       Algebra 18 (1985) 141-145, doi:10.1080/03081088508817681.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array

from ...agents.errors import InputError
from .laplacian import laplacian
from .network import Network

__all__ = ["Spectrum", "extreme_eigenvalues", "largest_eigenvalue_bound", "spectrum"]

DENSE_LIMIT = 1000
"""Up to this many nodes all eigenvalues are computed, by a dense solver (a quarter of a second)."""

_FACTOR_COST = 1e10  # multiplications: a few seconds
_LANCZOS_STEPS = (300, 50_000)  # before and after a look at the structure
_TOLERANCE = 1e-10


@dataclass(frozen=True)
class Spectrum:
    """The ends of the spectrum of a (weighted) graph Laplacian, and what follows from them.

    Parameters
    ----------
    lambda_2
        The second smallest eigenvalue, or algebraic connectivity; 0 if the network is disconnected.
    lambda_n
        The largest eigenvalue.
    eigenvalues : (n,) or None
        All of them, ascending, for networks of at most 1,000 nodes.
    """

    lambda_2: float
    lambda_n: float
    eigenvalues: NDArray[np.float64] | None = field(default=None, repr=False, compare=False)

    @property
    def condition_number(self) -> float:
        """Ratio kappa = lambda_n / lambda_2; infinite if the network is disconnected."""
        return self.lambda_n / self.lambda_2 if self.lambda_2 > 0 else math.inf

    @property
    def largest_stable_step(self) -> float:
        """The step size 2 / lambda_n at which averaging stops converging; infinite without edges."""
        return 2 / self.lambda_n if self.lambda_n > 0 else math.inf

    @property
    def best_step(self) -> float:
        """The step size 2 / (lambda_2 + lambda_n) at which averaging is fastest."""
        return 2 / (self.lambda_2 + self.lambda_n) if self.lambda_n > 0 else math.inf

    @property
    def best_rate(self) -> float:
        """The factor (kappa - 1) / (kappa + 1) that disagreement keeps a step, at the best step size."""
        if self.lambda_2 <= 0:
            return 1.0
        return (self.lambda_n - self.lambda_2) / (self.lambda_n + self.lambda_2)


def spectrum(network: Network) -> Spectrum:
    """Return the spectrum of the network's (weighted) Laplacian.

    A disconnected network is no error: its lambda_2 is 0, its condition number infinite, its best rate 1.

    Raises
    ------
    InputError
        If the network has a single node, which has no lambda_2.

    Notes
    -----
    Dense up to 1,000 nodes, to rounding. Above, see `extreme_eigenvalues`.

    Examples
    --------
    >>> import networkx
    >>> petersen = spectrum(Network.from_networkx(networkx.petersen_graph()))
    >>> round(petersen.lambda_2, 12), round(petersen.lambda_n, 12), round(petersen.best_rate, 12)
    (2.0, 5.0, 0.428571428571)
    """
    if network.n < 2:
        raise InputError(f"{network.name}: a network of one node has no lambda_2; use two nodes or more")
    if network.n > DENSE_LIMIT:
        return Spectrum(*extreme_eigenvalues(laplacian(network)))
    eigenvalues = np.linalg.eigvalsh(laplacian(network).toarray())
    eigenvalues[: network.components.max() + 1] = 0.0  # the kernel is known exactly: one per component
    eigenvalues = np.maximum(eigenvalues, 0.0)
    return Spectrum(float(eigenvalues[1]), float(eigenvalues[-1]), eigenvalues)


def largest_eigenvalue_bound(matrix: csr_array) -> float:
    """Return an upper bound on the largest eigenvalue of a Laplacian, in one pass over its entries.

    The largest sum of strengths over the two ends of an edge, by Anderson and Morley.
    """
    strength = matrix.diagonal()
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    ends = strength[rows] + strength[matrix.indices]
    return float(ends.max(initial=0.0, where=(rows != matrix.indices) & (matrix.data != 0)))


def extreme_eigenvalues(matrix: csr_array) -> tuple[float, float]:
    """Return the smallest and the largest eigenvalue of a large Laplacian, off the constant vector.

    Parameters
    ----------
    matrix : (n, n) CSR
        Symmetric, its rows summing to zero.

    Returns
    -------
    lambda_2, lambda_n
        To about 1e-10 of each, as long as that is above rounding (1e-16 lambda_n).

    Raises
    ------
    ArithmeticError
        If 50,000 steps do not suffice.

    Notes
    -----
    A network that is *wide* (an expander, random or scale-free) has a large spectral gap, and the Lanczos
    iteration finds both ends quickly; started from a fixed vector, so that results repeat. A network that
    is *narrow* (a ring, a tree, a grid) has a tiny one, but its matrix factors with little fill, so
    inverse iteration finds it. The number of independent cycles, or else the envelope in reverse
    Cuthill-McKee order, tells them apart and bounds the work beforehand.
    """
    from scipy.sparse.csgraph import connected_components
    from threadpoolctl import threadpool_limits

    connected = connected_components(matrix, directed=False)[0] == 1
    with threadpool_limits(1, user_api="blas"):  # threads cost more than they give on single vectors
        for steps in _LANCZOS_STEPS:
            ends = _lanczos(matrix, steps)
            if ends is None and connected and _is_narrow(matrix):
                ends = _by_factors(matrix)
            if ends is not None:
                return (ends[0] if connected else 0.0), ends[1]
    raise ArithmeticError(f"the ends of the spectrum did not settle within {steps} Lanczos steps")


def _start(n: int) -> NDArray[np.float64]:
    vector: NDArray[np.float64] = np.random.default_rng(0).standard_normal(n)
    vector -= vector.mean()
    vector /= np.linalg.norm(vector)
    return vector


def _is_narrow(matrix: csr_array) -> bool:
    from scipy.sparse.csgraph import reverse_cuthill_mckee

    n = matrix.shape[0]
    rows = np.repeat(np.arange(n), np.diff(matrix.indptr))
    if matrix.data[rows != matrix.indices].max(initial=-1.0) > 0:
        return False  # negative weights: factors without pivoting would not be stable
    cycles = (matrix.nnz - n) // 2 - (n - 1)
    if (
        2.0 * cycles
    ) ** 3 / 3 <= _FACTOR_COST:  # nodes of degree 1 and 2 go without fill; fewer than 2 * cycles remain
        return True
    place = np.empty(n, dtype=np.int64)
    place[reverse_cuthill_mckee(matrix, symmetric_mode=True)] = np.arange(n)
    first = np.minimum.reduceat(place[matrix.indices], matrix.indptr[:-1])
    return bool(np.sum((place - first).astype(np.float64) ** 2) <= _FACTOR_COST)


def _by_factors(matrix: csr_array) -> tuple[float, float]:
    """Return both ends by inverse iteration: with the pseudo-inverse, and shifted just above lambda_n."""
    n = matrix.shape[0]
    held = _solver(matrix[:-1, :-1])  # nonsingular with one node held at zero

    def pseudo_inverse(vector: NDArray[np.float64]) -> NDArray[np.float64]:
        solution = np.append(held(vector.ravel()[:-1] - vector.mean()), 0.0)
        solution -= solution.mean()
        return solution

    above = largest_eigenvalue_bound(matrix) * (1 + 1e-8)
    shifted = _solver(above * eye_array(n, format="csr") - matrix)
    return 1 / _largest(pseudo_inverse, n), above - 1 / _largest(shifted, n)


def _solver(matrix: csr_array) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """Factor a positive definite matrix; it needs no pivoting, so the fill is that of its graph."""
    from scipy.sparse.linalg import splu

    factors = splu(
        matrix.tocsc(),
        permc_spec="MMD_AT_PLUS_A",
        diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    )
    return factors.solve


def _largest(multiply: Callable[[NDArray[np.float64]], NDArray[np.float64]], n: int) -> float:
    from scipy.sparse.linalg import LinearOperator, eigsh

    operator = LinearOperator((n, n), matvec=multiply, dtype=np.float64)
    return float(eigsh(operator, k=1, which="LA", v0=_start(n), return_eigenvectors=False)[0])


def _lanczos(matrix: csr_array, limit: int) -> tuple[float, float] | None:
    """Return both ends from one Krylov space, without reorthogonalising; None if they did not settle.

    Lost orthogonality only repeats eigenvalues that were found already, which does the ends no harm [2]_.
    """
    from scipy.linalg import eigh_tridiagonal

    vector = _start(matrix.shape[0])
    previous = np.zeros_like(vector)
    diagonal: list[float] = []
    beside = [0.0]
    scale = 0.0
    look = 10
    for steps in range(1, limit + 1):
        after = matrix @ vector
        after -= beside[-1] * previous
        diagonal.append(float(after @ vector))
        after -= diagonal[-1] * vector
        after -= after.mean()  # rounding lets the constant vector in again
        beside.append(float(np.linalg.norm(after)))
        scale = max(scale, abs(diagonal[-1]))
        exhausted = beside[-1] <= 1e-13 * scale  # the space is invariant: its eigenvalues are exact
        if steps == look or exhausted:
            look = math.ceil(1.2 * look)
            ends, settled = [], True
            for end in (0, steps - 1):
                value, ritz = eigh_tridiagonal(diagonal, beside[1:-1], select="i", select_range=(end, end))
                residual = beside[-1] * abs(ritz[-1, 0])
                settled &= bool(residual <= max(_TOLERANCE * abs(value[0]), 1e-16 * scale))
                ends.append(float(value[0]))
            if settled or exhausted:
                return ends[0], ends[1]
        previous, vector = vector, after / beside[-1]
    return None
