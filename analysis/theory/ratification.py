"""Ratification: how many liars a quorum bears, and how likely it is that enough countries approve of a deal.

A quorum of q votes among n parties is safe from f liars if any two quorums share an honest party, 2q - n > f: who votes
once is in no two certificates for different deals. It is live if the n - f honest ones can reach it without them,
q <= n - f. Both can be had together if n > 3f [1]_. Between them there is a choice: a majority is live and hardly safe,
unanimity is safe and a single veto.

References
----------
.. [1] D. Malkhi, M. Reiter, "Byzantine quorum systems", Distributed Computing 11 (1998) 203-213,
       doi:10.1007/s004460050050.
"""

from math import comb

from ...agents.errors import InputError

__all__ = ["approval", "most_borne", "most_safe", "passes"]


def most_safe(n: int, quorum: int) -> int:
    """Return the greatest number of liars who cannot have two deals ratified: 2q - n - 1; -1 if nobody is needed.

    >>> [most_safe(10, quorum) for quorum in (5, 6, 7, 10)]
    [-1, 1, 3, 9]
    """
    return max(2 * quorum - n - 1, -1)


def most_borne(n: int, quorum: int) -> int:
    """Return the greatest number of liars who cannot keep all others from ratifying: n - q.

    >>> [most_borne(10, quorum) for quorum in (6, 7, 10)]
    [4, 3, 0]
    """
    return n - quorum


def approval(levels: int, reservation: float) -> float:
    """Return how likely a country approves of a deal about one issue that others have chosen.

    Its worth of the issue's levels are drawn alike and stretched to [0, 1]: one level is worth 1, one 0, and the
    others are uniform between. With a reservation value r in (0, 1] it is 1/L + (1 - 2/L)(1 - r).

    Parameters
    ----------
    levels
        Number of levels of the issue, L >= 2.
    reservation
        What no deal is worth.

    Examples
    --------
    >>> round(approval(10, 0.25), 9), approval(2, 0.9), approval(10, 0), approval(10, 1.5)
    (0.7, 0.5, 1.0, 0.0)
    """
    if reservation <= 0:
        return 1.0
    return 1 / levels + (1 - 2 / levels) * (1 - reservation) if reservation <= 1 else 0.0


def passes(n: int, quorum: int, p: float, *, silent: int = 0, willing: int = 0) -> float:
    """Return how likely a deal is ratified that its proposer wants, and each of the others with probability p.

    Parameters
    ----------
    n
        Number of parties, the proposer among them.
    quorum
        Votes needed.
    p
        Probability that a party approves, independently.
    silent, willing
        Numbers of liars who never vote, and who vote for anything.

    Raises
    ------
    InputError
        If p is no probability, or there are more liars than others.

    Examples
    --------
    >>> round(passes(10, 7, 0.7), 4), round(passes(10, 7, 0.7, silent=3), 4), passes(10, 10, 1, silent=1)
    (0.7297, 0.1176, 0.0)
    """
    drawn = n - 1 - silent - willing
    if not 0 <= p <= 1:
        raise InputError(f"p={p:g} must be a probability; give one from 0 to 1")
    if drawn < 0:
        raise InputError(
            f"silent={silent}, willing={willing}: the proposer of {n} parties has {n - 1} others; use fewer"
        )
    least = max(0, quorum - 1 - willing)
    enough = range(least, drawn + 1)
    return float(sum(comb(drawn, votes) * p**votes * (1 - p) ** (drawn - votes) for votes in enough))
