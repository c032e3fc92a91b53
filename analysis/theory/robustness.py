"""How many traitors a network bears under W-MSR: r-robustness and (r, s)-robustness, exactly.

A set of nodes is r-reachable if one of its nodes has at least r neighbours outside. A network is r-robust if of any
two disjoint nonempty sets of nodes at least one is r-reachable. It is (r, s)-robust if of any two such sets one
consists of nodes with r neighbours outside altogether, or both together have at least s of them.

Both are coNP-hard to decide. Up to 20 nodes all sets are enumerated: the best partner of a set lies in its
complement, so that one pass over subsets (minimum over all subsets of a set, n 2^n operations) answers for all pairs.
Larger networks are mixed-integer programs, which take seconds to minutes at 30 nodes and may not end at 100.

References
----------
.. [1] H. J. LeBlanc, H. Zhang, X. Koutsoukos, S. Sundaram, "Resilient asymptotic consensus in robust
       networks", IEEE Journal on Selected Areas in Communications 31 (2013) 766-781,
       doi:10.1109/JSAC.2013.130413.
.. [2] J. Usevitch, D. Panagou, "Determining r- and (r,s)-robustness of digraphs using mixed integer linear
       programming", Automatica 111 (2020) 108586, doi:10.1016/j.automatica.2019.108586.
"""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_array, csr_array, diags_array, eye_array

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
        The largest F for which the network is (F + 1, F + 1)-robust: sufficient against traitors that tell everybody
        the same, and necessary, since F + 1 of them find sets to keep apart. Against equivocating ones, and
        where the time limit passes, the largest F for which the network is (2F + 1)-robust, which
        suffices even for F traitors among the neighbours of every party.

    Raises
    ------
    InputError
        If the network is disconnected or has a single node.
    TimeoutError
        If the time limit passes before r-robustness is known.
    """
    r = r_robustness(network, time_limit=time_limit)
    if r == 0:
        raise InputError(f"{network.name}: a disconnected network agrees under no rule; take its giant component")
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


def _outside_neighbours(network: Network):  # type: ignore[no-untyped-def]
    """Yield, for each node, the sets that hold it, as bit masks, and its number of neighbours outside each."""
    sets = np.arange(1 << network.n, dtype=np.uint32)
    for node in range(network.n):
        inside = (sets >> np.uint32(node)) & np.uint32(1) == 1
        neighbours = np.uint32(np.bitwise_or.reduce(1 << network.neighbours(node).astype(np.int64), initial=0))
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
    """Minimise t so that no node of either set has more than t neighbours outside its set."""
    n = network.n
    L = laplacian(_unweighted(network))  # (L x)_i counts the neighbours outside, for x the indicator of a set with i
    t = csr_array(-np.ones((n, 1)))
    outside = block_array([[L, None, t], [None, L, t]])
    columns = np.zeros(n)
    return _solve(
        network,
        cost=np.append(np.zeros(2 * n), 1.0),
        rows=[(outside, -np.inf, 0.0), *_two_sets(n, extra=1)],
        integral=np.append(np.ones(2 * n), 0),
        upper=np.append(np.ones(2 * n), n),
        time_limit=time_limit,
    )
