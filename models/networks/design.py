"""The optimal symmetric weights of a network, by a primal-dual interior-point method.

The fastest averaging matrix W = I - L(w), with L(w) the sum of w_e a_e a_e' over edges, a_e having 1 and
-1 at the edge's ends, solves the semidefinite program

    minimise s  subject to  -s I <= I - J - L(w) <= s I,

with further inequalities where weights have to stay non-negative. Since a_e has two entries, Newton's method
needs nothing but gathers: the Schur complement is the elementwise product of A'XA and A'ZA for either
semidefinite constraint, with X its dual matrix and Z its inverse slack. Hundreds of nodes take seconds.

The answer carries its proof. For any symmetric Y with a_e' Y a_e = 0 on every edge, no weights do better than
<Y, I - J> divided by the sum of the |eigenvalues| of Y; with inequalities, their duals v enter as well.

References
----------
.. [1] L. Xiao, S. Boyd, "Fast linear iterations for distributed averaging", Systems & Control Letters
       53 (2004) 65-78, doi:10.1016/j.sysconle.2004.02.022.
.. [2] C. Helmberg, F. Rendl, R. J. Vanderbei, H. Wolkowicz, "An interior-point method for semidefinite
       programming", SIAM Journal on Optimization 6 (1996) 342-361, doi:10.1137/0806020.
.. [3] S. Mehrotra, "On the implementation of a primal-dual interior point method", SIAM Journal on
       Optimization 2 (1992) 575-601, doi:10.1137/0802028.
"""

# ruff: noqa: N803, N806  (matrices have capital letters)

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array, vstack

from ...agents.errors import InputError
from .network import Network

__all__ = ["Design", "design"]

Array = NDArray[np.float64]

_MOST_NODES, _MOST_EDGES = 2000, 5000  # half a gigabyte, some minutes
_ITERATIONS = 60
_TARGET, _ACCEPTABLE = 1e-8, 1e-6
_SIGNS = np.array([1.0, -1.0])[:, None, None]  # of L(w) in the two slacks s I -+ (I - J - L(w))


@dataclass(frozen=True, eq=False)
class Design:
    """Optimal weights, and how nearly optimal they are proven to be.

    Parameters
    ----------
    neighbour_weights : (2m,)
        In the order of ``network.indices``.
    rate
        rho(W - J), the factor that disagreement keeps a step.
    gap
        How far `rate` lies above a proven lower bound on every rate.
    """

    neighbour_weights: Array = field(repr=False)
    rate: float
    gap: float

    @property
    def condition_number(self) -> float:
        """lambda_n / lambda_2 of the weighted Laplacian, (1 + rate) / (1 - rate)."""
        return (1 + self.rate) / (1 - self.rate)


def design(network: Network, *, nonnegative: Literal["edges", "all"] | None = None) -> Design:
    """Return the symmetric weights with which averaging on a network is fastest.

    Parameters
    ----------
    network
        Connected. Its edge weights are ignored.
    nonnegative
        None lets weights have any sign (the fastest averaging, and the smallest condition number of the
        weighted Laplacian); "edges" keeps edge weights non-negative (the smallest condition number
        under that condition); "all" keeps the diagonal of W non-negative as well (the fastest mixing
        Markov chain).

    Raises
    ------
    InputError
        If the network has more than 2,000 nodes or 5,000 edges.
    ArithmeticError
        If optimality cannot be proven to 1e-6.
    """
    if network.n > _MOST_NODES or network.m > _MOST_EDGES:
        raise InputError(
            f"{network.name}: optimal weights are designed for networks of at most {_MOST_NODES} nodes and "
            f"{_MOST_EDGES} edges, not {network.n} and {network.m}; use metropolis or best-constant"
        )
    if network.m == 0:
        return Design(np.empty(0), 0.0, 0.0)
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, user_api="blas"):  # threads cost more than they give on small matrices
        return _Program(network, nonnegative).solve()


class _Program:
    """The semidefinite program of one network, and the state of its solver.

    The primal variables are the edge weights w and s, with slack matrices S (2, n, n), their inverses Z, and
    slacks g (p,) of the linear inequalities; the dual ones are X (2, n, n) and v (p,). Slacks and duals stay
    positive (definite) throughout, so that w is feasible at any time.
    """

    def __init__(self, network: Network, nonnegative: Literal["edges", "all"] | None) -> None:
        n, m = network.n, network.m
        self.network = network
        self.head, self.tail, _ = network.edge_list
        self.identity = np.eye(n)
        self.centring = self.identity - 1 / n
        ends = np.concatenate([self.head, self.tail])
        incidence = csr_array((np.ones(2 * m), (ends, np.tile(np.arange(m), 2))), shape=(n, m))
        self.incidence = incidence
        # the Gram matrix of the a_e a_e' is 2 I + B'B, with B the unsigned incidence: inverted by Woodbury
        self.woodbury = np.linalg.inv(2 * self.identity + (incidence @ incidence.T).toarray())
        blocks, constants = [csr_array((0, m))], [np.empty(0)]
        if nonnegative is not None:
            blocks.append(eye_array(m, format="csr"))
            constants.append(np.zeros(m))
        if nonnegative == "all":
            blocks.append(-incidence)
            constants.append(np.ones(n))
        self.linear: csr_array = vstack(blocks, format="csr")
        self.constant = np.concatenate(constants)

        degrees = network.degrees
        self.w = 1 / (1.0 + np.maximum(degrees[self.head], degrees[self.tail]))  # strictly feasible
        self.s = 1.1 * self.rate() + 0.1
        self.slacken()
        self.X = self.Z / np.trace(self.Z, axis1=1, axis2=2).sum()
        self.v = 1 / self.g / np.trace(self.Z, axis1=1, axis2=2).sum()

    def solve(self) -> Design:
        """Follow the central path, predicting and correcting, until the bound meets the value."""
        bound = 0.0
        for _ in range(_ITERATIONS):
            bound = max(bound, self.lower_bound())
            if self.s - bound <= _TARGET:
                break
            try:
                self.step()
            except np.linalg.LinAlgError:  # the end of double precision
                break
        rate = self.rate()
        if rate - bound > _ACCEPTABLE:
            raise ArithmeticError(
                f"{self.network.name}: weights of rate {rate} are only proven above {bound}"
            )
        return Design(self.both_ways(), rate, rate - bound)

    def step(self) -> None:
        from scipy.linalg import cho_factor, cho_solve

        factor = cho_factor(self.schur_complement(), lower=True, overwrite_a=True)
        goal = np.append(np.zeros(len(self.w)), 1.0)
        value = self.complementarity(self.X, self.S, self.v, self.g)

        def towards(target: float, correction: Array, linear_correction: Array) -> tuple[Array, ...]:
            """Return the Newton direction to complementarity `target`, in w and s, S, g, X, v."""
            X = target * self.Z - self.X - correction
            v = (target - linear_correction) / self.g - self.v
            change = cho_solve(factor, self.adjoint(X + self.X, v + self.v) - goal)
            S, g = (
                _SIGNS * self.laplacian(change[:-1]) + change[-1] * self.identity,
                self.linear @ change[:-1],
            )
            return change, S, g, X - _symmetric(self.X @ S @ self.Z), v - self.v / self.g * g

        _, S, g, X, v = towards(0.0, np.zeros_like(self.X), np.zeros_like(self.g))
        dual, primal = _longest(self.X, X, self.v, v), _longest(self.S, S, self.g, g)
        predicted = self.complementarity(
            self.X + dual * X, self.S + primal * S, self.v + dual * v, self.g + primal * g
        )
        target = value * np.clip(predicted / value, 0.01, 1.0) ** 3
        change, S, g, X, v = towards(target, _symmetric(X @ S @ self.Z), v * g)
        dual, primal = _longest(self.X, X, self.v, v), _longest(self.S, S, self.g, g)
        self.X, self.v = self.X + dual * X, self.v + dual * v
        self.w, self.s = self.w + primal * change[:-1], self.s + primal * change[-1]
        self.slacken()

    def slacken(self) -> None:
        """Recompute slacks and inverses from w and s."""
        self.S = self.s * self.identity + _SIGNS * (self.laplacian(self.w) - self.centring)
        self.g = self.linear @ self.w + self.constant
        self.Z = _symmetric(np.linalg.inv(self.S).astype(np.float64, copy=False))

    def rate(self) -> float:
        """Return rho(W - J)."""
        return float(np.abs(np.linalg.eigvalsh(self.centring - self.laplacian(self.w))).max())

    def laplacian(self, w: Array) -> Array:
        """Return L(w), (n, n)."""
        matrix = np.zeros_like(self.identity)
        matrix[self.head, self.tail] = matrix[self.tail, self.head] = -w
        np.fill_diagonal(matrix, -matrix.sum(axis=0))
        return matrix

    def on_edges(self, matrix: Array) -> Array:
        """Return a_e' M a_e for every edge e, (m,)."""
        i, j = self.head, self.tail
        return matrix[i, i] + matrix[j, j] - matrix[i, j] - matrix[j, i]

    def between_edges(self, matrix: Array) -> Array:
        """Return a_e' M a_f for every pair of edges, (m, m), of a symmetric M."""
        half = np.ascontiguousarray((matrix[self.head] - matrix[self.tail]).T)
        return half[self.head] - half[self.tail]

    def adjoint(self, X: Array, v: Array) -> Array:
        """Return the coefficients of w and s in <X, S> + <v, g>, (m + 1,)."""
        on_edges = self.on_edges(X[0] - X[1]) + self.linear.T @ v
        return np.append(on_edges, np.trace(X, axis1=1, axis2=2).sum())

    def complementarity(self, X: Array, S: Array, v: Array, g: Array) -> float:
        """Return the mean product of slacks and duals: zero at the optimum."""
        return float((np.vdot(X, S) + v @ g) / (2 * self.network.n + len(g)))

    def schur_complement(self) -> Array:
        m = len(self.w)
        matrix = np.empty((m + 1, m + 1))
        matrix[:m, :m] = (self.linear.T @ (self.linear * (self.v / self.g)[:, None])).toarray()
        for X, Z in zip(self.X, self.Z, strict=True):
            matrix[:m, :m] += self.between_edges(X) * self.between_edges(Z)
        products = self.X @ self.Z
        matrix[m, :m] = matrix[:m, m] = self.on_edges(products[0] - products[1])
        matrix[m, m] = np.trace(products, axis1=1, axis2=2).sum()
        matrix[np.diag_indices(m + 1)] *= 1 + 1e-14
        return matrix

    def lower_bound(self) -> float:
        """Return a bound that no weights can beat, from the dual matrices made exactly feasible."""
        Y = self.X[0] - self.X[1]
        excess = self.on_edges(Y) + self.linear.T @ self.v
        multipliers = (excess - self.incidence.T @ (self.woodbury @ (self.incidence @ excess))) / 2
        Y = Y - self.laplacian(multipliers)
        worth = np.vdot(Y, self.centring) - self.v @ self.constant
        total = np.abs(np.linalg.eigvalsh(Y)).sum()
        return float(worth / total) if total > 0 else 0.0

    def both_ways(self) -> Array:
        """Return the edge weights in the order of the network's `indices`."""
        n, rows, columns = self.network.n, self.network.rows.astype(np.int64), self.network.indices
        edges = self.head.astype(np.int64) * n + self.tail
        place = np.searchsorted(edges, np.minimum(rows, columns) * n + np.maximum(rows, columns))
        return self.w[place]


def _symmetric(matrices: Array) -> Array:
    return (matrices + matrices.transpose(0, 2, 1)) / 2


def _longest(matrices: Array, changes: Array, numbers: Array, shifts: Array) -> float:
    """Return a step, at most 1, that keeps the matrices positive definite and the numbers positive."""
    shrinking = shifts < 0
    step = min(1.0, float(np.min(-numbers[shrinking] / shifts[shrinking], initial=np.inf)) * 0.999)
    for matrix, change in zip(matrices, changes, strict=True):
        while not _is_positive_definite(matrix + step * change):
            step *= 0.8
            if step < 1e-8:
                raise np.linalg.LinAlgError("no step left")
    return step if step == 1 else 0.95 * step


def _is_positive_definite(matrix: Array) -> bool:
    try:
        np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        return False
    return True
