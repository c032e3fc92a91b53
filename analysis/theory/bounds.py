"""Proven bounds: with how many parties a protocol bears how many traitors.

These are the bounds of the literature. They stand apart from what protocols claim of themselves (`Protocol.least`),
so that each can be checked against the other.

References
----------
.. [1] L. Lamport, R. Shostak, M. Pease, "The Byzantine generals problem", ACM Transactions on Programming
       Languages and Systems 4 (1982) 382-401, doi:10.1145/357172.357176.
.. [2] D. Dolev, H. R. Strong, "Authenticated algorithms for Byzantine agreement", SIAM Journal on Computing 12
       (1983) 656-666, doi:10.1137/0212045.
.. [3] P. Berman, J. A. Garay, K. J. Perry, "Towards optimal distributed consensus", 30th Annual Symposium on
       Foundations of Computer Science (1989) 410-415, doi:10.1109/SFCS.1989.63511.
.. [4] M. Ben-Or, "Another advantage of free choice: completely asynchronous agreement protocols", PODC 1983, 27-30,
       doi:10.1145/800221.806707.
.. [5] G. Bracha, "Asynchronous Byzantine agreement protocols", Information and Computation 75 (1987) 130-143,
       doi:10.1016/0890-5401(87)90054-X.
.. [6] D. Dolev, N. A. Lynch, S. S. Pinter, E. W. Stark, W. E. Weihl, "Reaching approximate agreement in the
       presence of faults", Journal of the ACM 33 (1986) 499-516, doi:10.1145/5925.5931.
.. [7] L. Lamport, "The part-time parliament", ACM Transactions on Computer Systems 16 (1998) 133-169,
       doi:10.1145/279227.279229.
.. [8] D. Skeen, "Nonblocking commit protocols", SIGMOD 1981, 133-142, doi:10.1145/582318.582339.
.. [9] H. Attiya, A. Bar-Noy, D. Dolev, "Sharing memory robustly in message-passing systems", Journal of the ACM 42
       (1995) 124-142, doi:10.1145/200836.200869.
.. [10] D. Malkhi, M. Reiter, "Byzantine quorum systems", Distributed Computing 11 (1998) 203-213,
        doi:10.1007/s004460050050.
"""

from collections.abc import Callable, Mapping

__all__ = ["LEAST_PARTIES", "least_parties"]

LEAST_PARTIES: Mapping[str, Callable[[int], int]] = {
    "oral-messages": lambda f: 3 * f + 1,  # [1]_, necessary as well without signatures
    "signed-messages": lambda f: f + 2,  # [1]_: with fewer there is nothing to agree on
    "dolev-strong": lambda f: f + 2,  # [2]_, likewise
    "phase-king": lambda f: 4 * f + 1,  # [3]_, the variant of two rounds
    "berman-garay-perry": lambda f: 3 * f + 1,  # [3]_, the variant of three rounds
    "ben-or": lambda f: 2 * f + 1,  # [4]_, crashes
    "ben-or-byzantine": lambda f: 5 * f + 1,  # [4]_
    "bracha": lambda f: 3 * f + 1,  # [5]_
    "approximate": lambda f: 3 * f + 1,  # [6]_, synchronous
    "paxos": lambda f: 2 * f + 1,  # [7]_, crashes
    "abd": lambda f: 2 * f + 1,  # [9]_, crashes
    "dissemination": lambda f: 3 * f + 1,  # [10]_, with signatures
    "masking": lambda f: 4 * f + 1,  # [10]_
    "ratification": lambda f: 3 * f + 1,  # [10]_: its certificates are dissemination quorums
    "two-phase-commit": lambda f: f + 1,  # [8]_, crashes; safe however many, but it blocks
}
"""The least number of parties with which a protocol is proven to bear f faulty ones, by its name."""


def least_parties(protocol: str, f: int) -> int | None:
    """Return the least number of parties with which a protocol is proven to bear f faulty ones.

    Parameters
    ----------
    protocol
        Its text form; parameters, which may weaken it, do not change what was proven of it.
    f
        Number of faulty parties, of the worst kind that the protocol is for.

    Returns
    -------
    int or None
        None for a protocol that is not in the table.

    Examples
    --------
    >>> least_parties("phase-king(keep=3)", 2), least_parties("my-own", 2)
    (9, None)
    """
    bound = LEAST_PARTIES.get(protocol.partition("(")[0].strip())
    return None if bound is None else bound(f)
