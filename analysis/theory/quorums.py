"""Quorums: how many parties must be heard so that any two sets of so many share enough of them.

Two sets of q1 and q2 of n parties share at least q1 + q2 - n. What they need to share depends on what is feared: one
party where parties only crash; one honest one, so b + 1, where up to b lie but cannot forge what others signed
(*dissemination*); a majority of honest ones, so 2b + 1, where b lie about anything (*masking*) [1]_. Where reads and
writes, or a protocol's two phases, use quorums of their own, only those of different kinds need to meet [2]_, [3]_.

References
----------
.. [1] D. Malkhi, M. Reiter, "Byzantine quorum systems", Distributed Computing 11 (1998) 203-213,
       doi:10.1007/s004460050050.
.. [2] D. K. Gifford, "Weighted voting for replicated data", SOSP 1979, 150-162, doi:10.1145/800215.806583.
.. [3] H. Howard, D. Malkhi, A. Spiegelman, "Flexible Paxos: quorum intersection revisited", OPODIS 2016, LIPIcs 70,
       25:1-25:14, doi:10.4230/LIPIcs.OPODIS.2016.25.
"""

from collections.abc import Callable, Mapping
from math import comb

from ...agents.errors import InputError

__all__ = [
    "QUORUMS",
    "availability",
    "available",
    "dissemination",
    "flexible",
    "majority",
    "masking",
    "overlap",
]


def overlap(n: int, one: int, other: int) -> int:
    """Return the least number of parties that a set of `one` and a set of `other` of n parties share.

    >>> overlap(5, 3, 3), overlap(4, 2, 2)
    (1, 0)
    """
    return max(0, one + other - n)


def majority(n: int) -> int:
    """Return the least quorum of which any two share a party: floor(n / 2) + 1.

    It can be heard without f parties if n >= 2f + 1.

    >>> majority(4), majority(5)
    (3, 3)
    """
    return n // 2 + 1


def dissemination(n: int, b: int) -> int:
    """Return the least quorum of which any two share b + 1 parties: ceil((n + b + 1) / 2).

    It can be heard without b parties if n >= 3b + 1, and is 2b + 1 for n = 3b + 1: the quorum of Byzantine agreement.

    >>> dissemination(4, 1), dissemination(7, 2)
    (3, 5)
    """
    return -(-(n + b + 1) // 2)


def masking(n: int, b: int) -> int:
    """Return the least quorum of which any two share 2b + 1 parties: ceil((n + 2b + 1) / 2).

    It can be heard without b parties if n >= 4b + 1.

    >>> masking(5, 1), masking(9, 2)
    (4, 7)
    """
    return -(-(n + 2 * b + 1) // 2)


def flexible(n: int, other: int) -> int:
    """Return the least quorum that shares a party with every quorum of the other kind, of which `other` is the size.

    >>> flexible(5, 3), flexible(5, 5), flexible(5, 1)
    (3, 1, 5)
    """
    return n - other + 1


def availability(n: int, quorum: int, p: float) -> float:
    """Return the probability that a quorum of n parties is up if each is down with probability p, independently.

    Parameters
    ----------
    n
        Number of parties.
    quorum
        Number that must be up; 1 for what can be read from anybody: 1 - p^n.
    p
        Probability that a party is down.

    Raises
    ------
    InputError
        If p is no probability.

    Examples
    --------
    >>> round(availability(5, 3, 0.1), 5)
    0.99144
    """
    if not 0 <= p <= 1:
        raise InputError(f"p={p:g} must be a probability; give one from 0 to 1")
    return sum(comb(n, up) * (1 - p) ** up * p ** (n - up) for up in range(max(0, quorum), n + 1))


QUORUMS: Mapping[str, Callable[[int, int], int]] = {
    "read-one": lambda n, f: 1,
    "abd": lambda n, f: majority(n),
    "raft": lambda n, f: majority(n),
    "pbft": dissemination,
    "hotstuff": lambda n, f: n - f,
}
"""Servers that must be up for clients to be answered, by protocol; n and f in, a number out."""


def available(protocol: str, n: int, f: int, p: float) -> float | None:
    """Return the probability that clients of a protocol are answered, as `availability` for its quorum.

    Parameters
    ----------
    protocol
        Its name, with parameters or without: those of quorums are taken at their defaults.
    n, f
        Number of servers, and of faulty ones that it is set up to bear.
    p
        Probability that a server is down.

    Returns
    -------
    float or None
        None for a protocol that is not in the table.
    """
    quorum = QUORUMS.get(protocol.partition("(")[0])
    return None if quorum is None else availability(n, quorum(n, f), p)
