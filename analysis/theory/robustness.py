"""How many traitors a network bears under W-MSR: r-robustness and (r, s)-robustness, exactly.

A network is r-robust if of any two disjoint nonempty sets of nodes at least one has a node with r neighbours
outside its set. It is (r, s)-robust if of any two such sets either one consists of such nodes altogether, or
both together have at least s of them.

Both are coNP-hard to decide [3]_. Up to 20 nodes all sets are enumerated: the partner of a set lies in its
complement, so that the minimum over all subsets of every set, n 2^n operations, answers for all pairs.
Larger networks make mixed-integer programs [2]_, which take seconds to minutes at 30 nodes.

References
----------
.. [1] H. J. LeBlanc, H. Zhang, X. Koutsoukos, S. Sundaram, "Resilient asymptotic consensus in robust
       networks", IEEE Journal on Selected Areas in Communications 31 (2013) 766-781,
       doi:10.1109/JSAC.2013.130413.
.. [2] J. Usevitch, D. Panagou, "Determining r- and (r,s)-robustness of digraphs using mixed integer linear
       programming", Automatica 111 (2020) 108586, doi:10.1016/j.automatica.2019.108586.
.. [3] H. Zhang, E. Fata, S. Sundaram, "A notion of robustness in complex networks", IEEE Transactions on
       Control of Network Systems 2 (2015) 310-320, doi:10.1109/TCNS.2015.2413551.
"""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array, eye_array, hstack, kron

from ...agents.errors import InputError
from ...models.networks.laplacian import laplacian
from ...models.networks.network import Network

__all__ = ["is_rs_robust", "largest_s", "r_robustness", "tolerated_traitors"]

ENUMERABLE = 20
"""Up to this many nodes all sets are enumerated; beyond, robustness is a mixed-integer program."""


def r_robustness(network: Network, *, time_limit: float | None = None) -> int:
    """Return the largest r for which the network is r-robust; 0 if it is disconnected.

    Parameters
    ----------
    network
        Edge weights do not matter.
    time_limit
        Seconds, for networks of more than 20 nodes.

    Raises
    ------
    InputError
        If the network has a single node.
    TimeoutError
        If the time limit passes first; it says what is known by then.

    Examples
    --------
    >>> complete = Network.from_edges(5, *np.triu_indices(5, 1))
    >>> r_robustness(complete)
    3
    """
    _at_least_two(network)
    if network.n <= ENUMERABLE:
        reach = np.full(1 << network.n, -1, dtype=np.int8)
        for inside, outside in _outside_neighbours(network):
            reach[inside] = np.maximum(reach[inside], outside)
        return _least_over_pairs(reach, np.maximum)
    return _least_reach(network, time_limit)


def largest_s(network: Network, r: int, *, time_limit: float | None = None) -> int:
    """Return the largest s for which the network is (r, s)-robust; 0 if it is not even r-robust.

    At most n, which is reached where any two sets include one that consists of well-connected nodes only.

    Raises
    ------
    InputError
        If r is below 1, or the network has a single node.
    TimeoutError
        If the time limit (for networks of more than 20 nodes) passes first.
    """
    _at_least_two(network)
    if r < 1:
        raise InputError(f"r={r} must be at least 1: every network is 0-robust")
    if network.n <= ENUMERABLE:
        connected = np.zeros(1 << network.n, dtype=np.int8)  # nodes of the set with r neighbours outside
        for inside, outside in _outside_neighbours(network):
            connected[inside] += outside >= r
        sizes = np.bitwise_count(np.arange(1 << network.n, dtype=np.uint32))
        connected[connected == sizes] = network.n  # such a set satisfies the condition by itself
        return min(_least_over_pairs(connected, np.add), network.n)
    return _least_well_connected(network, r, time_limit)


def is_rs_robust(network: Network, r: int, s: int, *, time_limit: float | None = None) -> bool:
    """Return whether the network is (r, s)-robust; (r, 1) is the same as r-robust."""
    return largest_s(network, r, time_limit=time_limit) >= s


def tolerated_traitors(
    network: Network, *, equivocating: bool = False, time_limit: float | None = None
) -> int:
    """Return the number F of traitors, anywhere in the network, that W-MSR with f = F is proven to bear.

    Parameters
    ----------
    network
        Connected.
    equivocating
        Whether traitors may tell each neighbour something else.
    time_limit
        Seconds for each program, for networks of more than 20 nodes.

    Returns
    -------
    int
        The largest F for which the network is (F + 1, F + 1)-robust: sufficient and necessary against F
        traitors that tell everybody the same [1]_. Against equivocating ones, and where the time limit
        passes, the largest F for which the network is (2F + 1)-robust: sufficient even for F traitors among
        every party's neighbours.

    Raises
    ------
    InputError
        If the network is disconnected or has a single node.
    TimeoutError
        If the time limit passes before r-robustness is known.
    """
    r = r_robustness(network, time_limit=time_limit)
    if r == 0:
        raise InputError(f"{network.name}: disconnected, so no rule agrees; take its giant component")
    traitors = (r - 1) // 2
    try:
        while not equivocating and traitors + 2 <= r:
            if not is_rs_robust(network, traitors + 2, traitors + 2, time_limit=time_limit):
                break
            traitors += 1
    except TimeoutError:
        pass
    return traitors


def _at_least_two(network: Network) -> None:
    if network.n < 2:
        raise InputError(f"{network.name}: robustness compares two sets of nodes; use two nodes or more")


def _outside_neighbours(network: Network) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.int8]]]:
    """Yield, for each node, the sets that hold it (bit masks) and its number of neighbours outside each."""
    sets = np.arange(1 << network.n, dtype=np.uint32)
    for node in range(network.n):
        inside = (sets >> np.uint32(node)) & np.uint32(1) == 1
        neighbours = np.uint32(
            np.bitwise_or.reduce(1 << network.neighbours(node).astype(np.int64), initial=0)
        )
        yield inside, np.bitwise_count(neighbours & ~sets[inside]).astype(np.int8)


def _least_over_pairs(worth: NDArray[np.int8], combine: np.ufunc) -> int:
    """Return the least of combine(worth[S], worth[T]) over disjoint nonempty sets S and T."""
    best = worth.copy()
    best[0] = np.iinfo(np.int8).max // 2  # the empty set is no partner
    for bit in range(len(best).bit_length() - 1):
        halves = best.reshape(-1, 2, 1 << bit)
        np.minimum(halves[:, 1], halves[:, 0], out=halves[:, 1])
    complement = best[::-1]
    return int(combine(worth[1:-1], complement[1:-1]).min())


def _least_reach(network: Network, time_limit: float | None) -> int:
    """Choose two sets so that the most neighbours that one of their nodes has outside its set are fewest."""
    n = network.n
    outside = _outside_counts(network)
    most = csr_array(np.ones((2 * n, 1)))
    rows = [(hstack([outside, -most]), -np.inf, 0.0)]
    return _minimise(network, np.append(np.zeros(2 * n), 1), np.append(np.ones(2 * n), n), rows, time_limit)


def _least_well_connected(network: Network, r: int, time_limit: float | None) -> int:
    """Choose two sets, neither all of nodes with r neighbours outside, with the fewest such nodes in all."""
    n = network.n
    outside, pair = _outside_counts(network), eye_array(2)
    surplus = kron(pair, diags_array(np.maximum(network.degrees - (r - 1.0), 0)))
    size = kron(pair, np.ones((1, n)))
    rows = [
        (hstack([outside, -surplus]), -np.inf, r - 1.0),  # who has r outside is counted
        (hstack([size, -size]), 1.0, np.inf),  # somebody in each set is not
    ]
    return _minimise(network, np.repeat([0.0, 1.0], 2 * n), np.ones(4 * n), rows, time_limit)


def _outside_counts(network: Network) -> csr_array:
    """Return the matrix that makes of two sets' indicators each member's count of neighbours outside.

    It is the Laplacian, twice; those who are not members get a number that is not positive.
    """
    return kron(eye_array(2), laplacian(replace(network, edge_weights=None)), format="csr")


def _minimise(
    network: Network,
    cost: NDArray[np.float64],
    largest: NDArray[np.float64],
    rows: list[tuple[Any, float, float]],
    time_limit: float | None,
) -> int:
    """Minimise over integers from 0 to `largest`, the first 2n indicating two disjoint nonempty sets.

    Each of `rows` is a matrix with the bounds between which its products lie. Returns n where no two sets
    satisfy them.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    n = network.n
    rest = csr_array((n, len(cost) - 2 * n))
    disjoint = (hstack([eye_array(n), eye_array(n), rest]), -np.inf, 1.0)
    nonempty = (hstack([kron(eye_array(2), np.ones((1, n))), rest[:2]]), 1.0, np.inf)
    found = milp(
        cost,
        integrality=np.ones(len(cost), dtype=np.int8),
        bounds=Bounds(0, largest),
        constraints=[LinearConstraint(*row) for row in (disjoint, nonempty, *rows)],
        options={} if time_limit is None else {"time_limit": time_limit},
    )
    if found.status == 0:
        return round(found.fun)
    if found.status == 2:
        return n
    least = 0 if found.mip_dual_bound is None else max(0, math.ceil(found.mip_dual_bound - 1e-6))
    raise TimeoutError(
        f"{network.name}: robustness is undecided after {time_limit} s (at least {least}); allow more "
        "time_limit, or use a network of at most 20 nodes"
    )
