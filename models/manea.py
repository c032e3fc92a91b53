"""Bargaining where whoever leaves is replaced: Manea's stationary equilibrium, and its limit for patient parties.

In each period one of the m links is drawn, all equally likely, and one of its ends, by a fair coin, to propose how to
share what it is worth; whoever agrees leaves, and somebody like it takes its place. All equilibria pay the same [1]_:
with a discount factor d, and u = d v for what waiting is worth to a party that may hope for v,

    (1 - d) v_i = 1/(2m) sum over links ij of max(w_ij - u_i - u_j, 0).

Times 2m that is the gradient of a strictly convex function of u, lambda/2 |u|^2 + 1/2 sum over links of
max(w_ij - u_i - u_j, 0)^2 with lambda = 2m (1 - d) / d. So it is solved by Newton's method, and as d goes to 1 it tends
to the shortest of all vectors with u_i + u_j >= w_ij on every link.

Where all links are worth the same, Manea finds the limit by counting [1]_. Of all sets M of nodes no two of which are
linked, take the largest that has fewest partners L for its size, the shortage ratio r = |L| / |M|: each of M gets
r / (1 + r), each partner the rest. Leave them out, and begin again, until r >= 1: the others get 1/2. To allow for sets
that are linked in themselves changes nothing, as leaving out who is a partner of the set makes a ratio below 1 smaller;
and so the set is a minimum cut.

References
----------
.. [1] M. Manea, "Bargaining in stationary networks", American Economic Review 101 (2011) 2042-2080,
       doi:10.1257/aer.101.5.2042.
.. [2] T. Nguyen, "Coalitional bargaining in networks", Operations Research 63 (2015) 501-511 (equilibria with
       replacement as solutions of a convex programme).
"""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, eye_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow
from scipy.sparse.linalg import spsolve

from ..agents.errors import InputError
from .links import Links

__all__ = ["equilibrium", "limit_shares"]

Values = NDArray[np.float64]
_HALVINGS = 60  # of a Newton step; more would not move a double


def equilibrium(links: Links, discount: float) -> Values:
    """Return what each party may hope for in the stationary equilibrium, before a link is drawn, (n,).

    Parameters
    ----------
    links
        Who can deal with whom, and what it is worth.
    discount
        The discount factor a period, in (0, 1).

    Raises
    ------
    InputError
        If the discount factor is outside (0, 1).

    Examples
    --------
    >>> from accord.models.networks import network
    >>> equilibrium(Links.of(network("path(n=3)")), 0.99).round(3).tolist()
    [0.332, 0.664, 0.332]
    """
    if not 0 < discount < 1:
        raise InputError(
            f"discount={discount:g}: parties must be patient, but not for ever; use 0 < discount < 1"
        )
    price = 2 * links.m * (1 - discount) / discount

    def left(waiting: Values) -> Values:
        return np.maximum(links.worths - waiting[links.sources] - waiting[links.targets], 0.0)

    def height(waiting: Values) -> float:
        return float(price * waiting @ waiting + (left(waiting) ** 2).sum() / 2)

    waiting = np.zeros(links.n)
    while links.m:
        gain = left(waiting)
        slope = price * waiting - np.bincount(links.sources, gain, links.n)
        agreed = gain > 0
        ends = links.sources[agreed], links.targets[agreed]
        pairs = coo_array((np.ones(len(ends[0])), ends), shape=(links.n, links.n))
        degree = np.bincount(ends[0], minlength=links.n)
        matrix = pairs + eye_array(links.n).multiply(price + degree)
        step = -np.asarray(spsolve(csr_array(matrix).tocsc(), slope))
        here, scale = height(waiting), 1.0
        for _ in range(_HALVINGS):
            if height(waiting + scale * step) < here:
                break
            scale /= 2
        else:
            break  # rounding is all that is left
        waiting = waiting + scale * step
    return np.maximum(waiting, 0.0) / discount


def limit_shares(links: Links) -> tuple[Fraction, ...]:
    """Return what each party gets of a deal as parties become patient, exactly; nothing without a link.

    Parameters
    ----------
    links
        Who can deal with whom; all links are worth the same.

    Raises
    ------
    InputError
        If links are worth different amounts: the limit is then no matter of counting; see `equilibrium`.

    Examples
    --------
    >>> from accord.models.networks import network
    >>> [str(share) for share in limit_shares(Links.of(network("path(n=5)")))]
    ['2/5', '3/5', '2/5', '3/5', '2/5']
    """
    if links.m and links.worths.min() < links.top:
        raise InputError(
            f"links are worth {links.worths.min():g} to {links.top:g}: shares in the limit are counted where all are "
            "worth the same; use a discount factor below 1, or a network without weights"
        )
    shares = [Fraction(0)] * links.n
    left = np.zeros(links.n, dtype=bool)
    left[links.linked] = True
    while left.any():
        strangers, partners = _scarcest(links, left)
        if not len(strangers):
            for node in np.flatnonzero(left).tolist():
                shares[node] = Fraction(1, 2)
            break
        for node in strangers.tolist():
            shares[node] = Fraction(len(partners), len(partners) + len(strangers))
        for node in partners.tolist():
            shares[node] = Fraction(len(strangers), len(partners) + len(strangers))
        left[strangers] = left[partners] = False
    return tuple(shares)


def _scarcest(links: Links, left: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the largest set with fewest partners for its size among those who are left, and its partners.

    Empty where no set has fewer partners than members.
    """
    ids = np.flatnonzero(left)
    inside = left[links.sources] & left[links.targets]
    place = np.cumsum(left) - 1
    ends = place[links.sources[inside]], place[links.targets[inside]]
    found = np.arange(0)
    shortage = Fraction(1)
    while True:
        members, partners = _cheapest(ends, len(ids), shortage)
        ratio = Fraction(len(partners), len(members)) if len(members) else Fraction(1)
        if ratio == shortage:
            return (ids[members], ids[partners]) if ratio < 1 else (found, found)
        shortage = ratio


def _cheapest(
    ends: tuple[NDArray[np.intp], NDArray[np.intp]], n: int, price: Fraction
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the largest set with the least of |partners| - price |set|, and its partners: a minimum cut.

    Every node stands on the left as a member, and on the right as a partner. Its member is cut from the source at the
    price, its partner from the sink at 1 (both times the price's denominator), and a link is never cut.
    """
    worth, cost = price.numerator, price.denominator
    nodes = np.arange(n)
    source, sink = 2 * n, 2 * n + 1
    tails = np.concatenate([np.full(n, source), ends[0], n + nodes])
    heads = np.concatenate([nodes, n + ends[1], np.full(n, sink)])
    never = worth * n + 1
    room = np.concatenate([np.full(n, worth), np.full(len(ends[0]), never), np.full(n, cost)])
    capacity = csr_array((room.astype(np.int32), (tails, heads)), shape=(2 * n + 2, 2 * n + 2))
    spare = csr_array(capacity - maximum_flow(capacity, source, sink).flow)
    spare.eliminate_zeros()
    reaching = breadth_first_order(csr_array(spare.T), sink, return_predecessors=False)
    kept = np.ones(2 * n + 2, dtype=bool)
    kept[reaching] = False
    members = np.flatnonzero(kept[:n])
    partners = np.unique(ends[1][kept[ends[0]]])
    return members, partners
