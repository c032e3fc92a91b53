"""What agreement costs: how many messages a protocol sends, exactly, and how many message delays it takes.

Conventions. Counted is what is sent from one party to another: messages to oneself never leave it and are left out, a
broadcast to all counts n - 1. Runs are without traitors, all parties put in the same value, and every message arrives
within a round; f is the number of traitors that the protocol is set up to bear. Published counts differ by
such conventions: with messages to oneself Bracha's broadcast sends n(2n + 1).

Of a ledger, n servers strong, it is the cost of one command more, where a client asks for one after another: from its
request to the answer that it believes, request and replies included, and everything that the command gave rise to. What
goes on whether or not somebody asks for something is left out: elections and heartbeats, and checkpoints, which PBFT
makes every so many commands, of n(n - 1) messages each.

References
----------
.. [1] L. Lamport, R. Shostak, M. Pease, "The Byzantine generals problem", ACM Transactions on Programming
       Languages and Systems 4 (1982) 382-401, doi:10.1145/357172.357176.
.. [2] D. Dolev, H. R. Strong, "Authenticated algorithms for Byzantine agreement", SIAM Journal on Computing 12
       (1983) 656-666, doi:10.1137/0212045.
.. [3] P. Berman, J. A. Garay, K. J. Perry, "Towards optimal distributed consensus", FOCS 1989, 410-415,
       doi:10.1109/SFCS.1989.63511.
.. [4] M. Ben-Or, "Another advantage of free choice: completely asynchronous agreement protocols", PODC 1983, 27-30,
       doi:10.1145/800221.806707.
.. [5] G. Bracha, "Asynchronous Byzantine agreement protocols", Information and Computation 75 (1987) 130-143,
       doi:10.1016/0890-5401(87)90054-X.
.. [6] D. Dolev, N. A. Lynch, S. S. Pinter, E. W. Stark, W. E. Weihl, "Reaching approximate agreement in the
       presence of faults", Journal of the ACM 33 (1986) 499-516, doi:10.1145/5925.5931.
.. [7] L. Lamport, "The part-time parliament", ACM Transactions on Computer Systems 16 (1998) 133-169,
       doi:10.1145/279227.279229.
.. [8] J. N. Gray, "Notes on data base operating systems", in: Operating Systems, LNCS 60 (1978) 393-481,
       doi:10.1007/3-540-08755-9_9.
.. [9] D. Ongaro, J. Ousterhout, "In search of an understandable consensus algorithm", USENIX ATC 2014, 305-319.
.. [10] M. Castro, B. Liskov, "Practical Byzantine fault tolerance", OSDI 1999, 173-186.
.. [11] M. Yin, D. Malkhi, M. K. Reiter, G. Golan Gueta, I. Abraham, "HotStuff: BFT consensus with linearity and
       responsiveness", PODC 2019, 347-356, doi:10.1145/3293611.3331591.
.. [12] M. K. Reiter, "Secure agreement protocols: reliable and atomic group multicast in Rampart", CCS 1994, 68-80,
        doi:10.1145/191177.191194.
"""

from collections.abc import Callable, Mapping
from itertools import accumulate
from math import ceil, log
from operator import mul

__all__ = [
    "DELAYS",
    "MESSAGES",
    "approximate",
    "approximate_rounds",
    "ben_or",
    "berman_garay_perry",
    "bracha",
    "delays",
    "dolev_strong",
    "hotstuff",
    "messages",
    "oral_messages",
    "paxos",
    "pbft",
    "phase_king",
    "raft",
    "ratification",
    "signed_messages",
    "two_phase_commit",
]


def oral_messages(n: int, m: int) -> int:
    """Return the messages of OM(m): the sum over k = 0..m of (n - 1)(n - 2)...(n - 1 - k) [1]_.

    >>> oral_messages(4, 1), oral_messages(7, 2)
    (9, 156)
    """
    return sum(accumulate((n - 1 - k for k in range(m + 1)), mul))


def signed_messages(n: int, m: int) -> int:
    """Return the messages of SM(m): everybody passes the order on to who has not signed it, (n - 1)^2 [1]_."""
    return (n - 1) ** 2 if m else n - 1


def dolev_strong(n: int, f: int) -> int:
    """Return the messages of a Dolev-Strong broadcast: everybody sends the value to all, n(n - 1) [2]_."""
    return n * (n - 1) if f else n - 1


def phase_king(n: int, f: int) -> int:
    """Return the messages of the phase king in two rounds: in f + 1 phases all to all, and the king to all [3]_."""
    return (f + 1) * (n - 1) * (n + 1)


def berman_garay_perry(n: int, f: int) -> int:
    """Return the messages of the phase king in three rounds: in f + 1 phases twice all to all, and the king [3]_."""
    return (f + 1) * (n - 1) * (2 * n + 1)


def ben_or(n: int, rounds: int = 1) -> int:
    """Return the messages of Ben-Or's consensus, all deciding in a round: twice all to all, and once more after [4]_.

    Equal inputs are decided in the first round.
    """
    return 2 * n * (n - 1) * (rounds + 1)


def bracha(n: int) -> int:
    """Return the messages of a reliable broadcast: the sender to all, and twice all to all [5]_.

    >>> bracha(4)
    27
    """
    return (n - 1) * (2 * n + 1)


def ratification(n: int) -> int:
    """Return the messages of a ratification: proposals, votes, and a certificate from all to all [12]_.

    >>> ratification(4)
    18
    """
    return (n - 1) * (n + 2)


def approximate_rounds(n: int, f: int, epsilon: float = 0.01) -> int:
    """Return the rounds of approximate agreement of inputs in [0, 1].

    Each shrinks the range to 1/c, c = (n - 2f - 1) // f + 1; they are made until that is at most epsilon [6]_.

    >>> approximate_rounds(7, 2)
    7
    """
    return ceil(log(1 / epsilon) / log((n - 2 * f - 1) // f + 1)) if f else 1


def approximate(n: int, f: int, epsilon: float = 0.01) -> int:
    """Return the messages of approximate agreement of inputs in [0, 1]: all to all in every round [6]_."""
    return approximate_rounds(n, f, epsilon) * n * (n - 1)


def paxos(n: int) -> int:
    """Return the messages of a first ballot that succeeds: prepare, promise and accept, and all tell all [7]_."""
    return (n - 1) * (n + 3)


def two_phase_commit(n: int) -> int:
    """Return the messages of a commit: to each participant a request and an outcome, from each a vote [8]_."""
    return 3 * (n - 1)


def raft(n: int) -> int:
    """Return the messages of a command: the entry to each follower and an answer from each; request and reply [9]_.

    >>> raft(5)
    10
    """
    return 2 * (n - 1) + 2


def pbft(n: int) -> int:
    """Return the messages of a command: 1 + (n - 1) + (n - 1)^2 + n(n - 1) + n = 2n^2 - n + 1 [10]_.

    That is the request; the primary's pre-prepare; a prepare from each of the others to all; a commit from all to all;
    a reply from all.

    >>> pbft(4), pbft(7), pbft(10)
    (29, 92, 191)
    """
    return 2 * n * n - n + 1


def hotstuff(n: int) -> int:
    """Return the messages of a command: four proposals to all with a vote from each, n requests, n replies [11]_.

    The command's block and three more, without commands: the last of them carries the third certificate in a row. The
    votes for it are sent as well, and the leader's own to itself; so 8(n - 1) + 2n.

    >>> hotstuff(4)
    32
    """
    return 8 * (n - 1) + 2 * n


MESSAGES: Mapping[str, Callable[[int, int], int]] = {
    "oral-messages": oral_messages,
    "signed-messages": signed_messages,
    "dolev-strong": dolev_strong,
    "phase-king": phase_king,
    "berman-garay-perry": berman_garay_perry,
    "ben-or": lambda n, f: ben_or(n),
    "ben-or-byzantine": lambda n, f: ben_or(n),
    "bracha": lambda n, f: bracha(n),
    "ratification": lambda n, f: ratification(n),
    "approximate": approximate,
    "paxos": lambda n, f: paxos(n),
    "two-phase-commit": lambda n, f: two_phase_commit(n),
    "raft": lambda n, f: raft(n),
    "pbft": lambda n, f: pbft(n),
    "hotstuff": lambda n, f: hotstuff(n),
}
"""Messages of a run without traitors and with equal inputs, or of a command, by protocol; n and f in, a number out."""


def messages(protocol: str, n: int, f: int) -> int | None:
    """Return the messages of a run without traitors and with equal inputs; in a ledger, of a command.

    Parameters
    ----------
    protocol
        Its name; with parameters that differ from their defaults it is another protocol, of which nothing is said.
    n, f
        Number of parties, and of traitors that it is set up to bear; n at or above the protocol's bound.

    Returns
    -------
    int or None
        None for a protocol that is not in the table.
    """
    count = MESSAGES.get(protocol)
    return None if count is None else count(n, f)


DELAYS: Mapping[str, Callable[[int, int], int]] = {
    "oral-messages": lambda n, f: f + 1,
    "signed-messages": lambda n, f: f + 1,
    "dolev-strong": lambda n, f: f + 1,
    "phase-king": lambda n, f: 2 * (f + 1),
    "berman-garay-perry": lambda n, f: 3 * (f + 1),
    "ben-or": lambda n, f: 2,
    "ben-or-byzantine": lambda n, f: 2,
    "bracha": lambda n, f: 3 if f else 2,  # without traitors one ready, one's own, delivers
    "ratification": lambda n, f: 3,
    "approximate": approximate_rounds,
    "paxos": lambda n, f: 4,
    "two-phase-commit": lambda n, f: 3,
    "raft": lambda n, f: 4,
    "pbft": lambda n, f: 5,
    "hotstuff": lambda n, f: (
        9 if f else 8
    ),  # the leader, which knows a delay before the others, is believed alone
}
"""Message delays until all have decided, or until the client has its answer (n >= 4), in the same runs, by protocol."""


def delays(protocol: str, n: int, f: int) -> int | None:
    """Return the message delays until all have decided, or the client has its answer; in the runs of `messages`."""
    count = DELAYS.get(protocol)
    return None if count is None else count(n, f)
