"""Bargaining where whoever agrees leaves: balanced outcomes, and the messages by which neighbours find them.

A matching with its shares is stable if no two who are linked could both do better with each other, and balanced if the
two ends of each of its links gain the same beyond what either could get elsewhere [1]_. Neighbours find such outcomes
by telling each other their best alternatives [2]_. Where i tells j that it could get a_ij without it, and a link is
worth w, the offer of i to j is

    m_ij = max(w - a_ij, 0) - max(w - a_ij - a_ji, 0) / 2,

and a_ij moves by some part of the way to the best offer that i has from anybody but j. At rest the gain of each party
is its best offer.

What rest means has to be checked. The gains are always stable in that g_i + g_j >= w; but only if they sum to what some
matching is worth is there an outcome with these gains, and that matching is then worth most. They do not where an odd
cycle leaves no outcome stable (three who are linked to each other ask for 1/2 each, and only two can get it), nor where
links of equal worth let everybody hope: where two have a choice among the same three, all ask for 1/2 for ever.
`balanced` tells the two apart, and finds an outcome where there is one.

References
----------
.. [1] J. Kleinberg, E. Tardos, "Balanced outcomes in social exchange networks", STOC 2008, 295-304,
       doi:10.1145/1374376.1374417.
.. [2] Y. Kanoria, M. Bayati, C. Borgs, J. Chayes, A. Montanari, "Fast convergence of natural bargaining dynamics in
       exchange networks", SODA 2011, 1518-1537 (arXiv:1004.2079).
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array

from .links import Links

__all__ = ["Balanced", "balanced", "offers", "pairs"]

Values = NDArray[np.float64]
Nodes = NDArray[np.intp]

_CLOSE = 10  # by so many times the last change messages are taken to be from rest


class Balanced(NamedTuple):
    """Where the messages come to rest.

    Parameters
    ----------
    gains
        What each party asks for, (n,); of a stable outcome what it gets.
    partners
        With whom it has a deal, (n,); -1 with nobody.
    stable
        Whether there is an outcome with these gains, and so a stable and balanced one.
    cycle
        Where no outcome is stable: the nodes of an odd cycle that cannot be matched without loss, in their order.
    rounds
        How often everybody spoke.
    """

    gains: Values
    partners: Nodes
    stable: bool
    cycle: tuple[int, ...]
    rounds: int


def offers(links: Links, told: Values) -> Values:
    """Return what the source of each link offers to its target, (2m,).

    Parameters
    ----------
    links
        Who can deal with whom, and what it is worth.
    told
        What the source of each link tells its target that it could get elsewhere, (2m,); NaN where either is silent
        makes no offer.
    """
    mine, theirs = told, told[links.reverse]
    offered = np.maximum(links.worths - mine, 0.0) - np.maximum(links.worths - mine - theirs, 0.0) / 2
    offered[np.isnan(offered)] = 0.0
    return offered


def balanced(
    links: Links, *, damping: float = 0.9, tolerance: float = 1e-10, rounds: int = 20_000
) -> Balanced:
    """Return a balanced outcome, or why there is none.

    Parameters
    ----------
    links
        Who can deal with whom, and what it is worth.
    damping
        What part of the way messages move in a round, in (0, 1).
    tolerance
        Change of a message that counts as rest, as a part of what the best link is worth.
    rounds
        Rounds at most.

    Examples
    --------
    >>> from accord.models.networks import network
    >>> balanced(Links.of(network("path(n=4)"))).gains.round(4).tolist()
    [0.3333, 0.6667, 0.6667, 0.3333]
    >>> balanced(Links.of(network("ring(n=3)"))).cycle
    (0, 1, 2)
    """
    slack = _CLOSE * tolerance * links.top
    found = _rest(links, np.zeros(2 * links.m), damping, tolerance, rounds)
    if not found.stable:
        cycle, gains = _core(links, slack)
        if cycle:
            return found._replace(cycle=cycle)
        # who starts from a stable outcome only has to balance it
        alternatives = links.greatest_of_others(np.maximum(links.worths - gains[links.targets], 0.0))
        again = _rest(links, alternatives, damping, tolerance, rounds)
        found = again._replace(rounds=found.rounds + again.rounds)
    return found


def _rest(links: Links, alternatives: Values, damping: float, tolerance: float, rounds: int) -> Balanced:
    """Return where messages come to rest from some first ones."""
    made = 0
    while made < rounds:
        made += 1
        received = offers(links, alternatives)[links.reverse]
        change = links.greatest_of_others(received) - alternatives
        if np.abs(change).max(initial=0.0) <= tolerance * links.top:
            break
        alternatives = alternatives + damping * change
    gains = links.greatest(offers(links, alternatives)[links.reverse])
    slack = _CLOSE * tolerance * links.top
    partners = pairs(links, gains, slack)
    worth = links.worths[partners[links.sources] == links.targets].sum() / 2
    return Balanced(gains, partners, bool(gains.sum() <= worth + links.n * slack), (), made)


def pairs(links: Links, asked: Values, slack: float) -> Nodes:
    """Return who deals with whom if everybody asks for so much: the partner of each, (n,), or -1.

    Links are signed that are worth what both ends ask for. Whoever asks for something, and has one such link left,
    signs that; the others are paired for as much as they can be.
    """
    import networkx as nx

    partners = np.full(links.n, -1)
    once = links.once
    low, high = links.sources[once], links.targets[once]
    willing = (asked[low] + asked[high] <= links.worths[once] + slack) & (links.worths[once] > 0)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from(
        zip(low[willing].tolist(), high[willing].tolist(), links.worths[once][willing].tolist(), strict=True)
    )
    waiting = list(graph)  # the blossom algorithm takes too long for thousands, and few are left to it
    while waiting:
        one = waiting.pop()
        if one in graph and len(graph[one]) == 1 and asked[one] > slack:
            (other,) = graph[one]
            waiting += graph[other]
            partners[one], partners[other] = other, one
            graph.remove_nodes_from([one, other])
    for component in nx.connected_components(graph):
        for one, other in nx.max_weight_matching(graph.subgraph(component)):
            partners[one], partners[other] = other, one
    return partners


def _core(links: Links, slack: float) -> tuple[tuple[int, ...], Values]:
    """Return an odd cycle if no outcome is stable, and else no cycle and the gains of a stable one, (n,).

    Outcomes are stable if and only if no fractional matching is worth more than a matching; and fractional ones that
    are worth most are made of whole links and of halves around odd cycles.
    """
    import networkx as nx

    once = links.once
    ends = np.concatenate([links.sources[once], links.targets[once]])
    sides: Any = coo_array(
        (np.ones(2 * links.m), (ends, np.tile(np.arange(links.m), 2))), shape=(links.n, links.m)
    )
    # the simplex method ends in a corner, where everything is 0, 1/2 or 1
    solved: Any = linprog(-links.worths[once], A_ub=sides.tocsr(), b_ub=np.ones(links.n), method="highs-ds")
    halves = once[(solved.x > 0.25) & (solved.x < 0.75)]
    if len(halves):
        partners = pairs(links, np.zeros(links.n), 0.0)
        matched = links.worths[partners[links.sources] == links.targets].sum() / 2
        if -solved.fun > matched + slack:
            graph: nx.Graph[int] = nx.Graph()
            graph.add_edges_from(
                zip(links.sources[halves].tolist(), links.targets[halves].tolist(), strict=True)
            )
            cycle = nx.find_cycle(graph, min(graph))
            return tuple(int(edge[0]) for edge in cycle), np.full(links.n, np.nan)
    return (), -solved.ineqlin.marginals
