"""How n parties divide a pie of one when a quota of them can pass a division: Baron and Ferejohn's closed rule.

Somebody proposes a division, the proposer's vote included; if q parties vote for it, it passes, else everybody's
gains shrink by the factor d, and a new proposer begins. A proposer needs q - 1 votes besides its own and buys the
cheapest, each at d times what its owner could hope for in the next round. What that is depends on how the next
proposer is found:

* by lot, everybody hopes for 1/n, so that a vote costs d/n [1]_;
* in turn, everybody knows who comes next. If q < n there are always q - 1 others who could hope for nothing, since
  they would not be needed then, either: their votes are free, and the first proposer takes all, however patient the
  others are [2]_. Only unanimity makes the proposer pay: d^k for whoever proposes k rounds later.

* one and the same, it takes all: nobody else will ever have anything to give.

These are the stationary equilibria in which parties that are alike are treated alike; every first proposal passes.
With a last round its proposer takes all, and the rounds before it are as above, except for unanimity in turn, where
the end is felt throughout.

References
----------
.. [1] D. P. Baron, J. A. Ferejohn, "Bargaining in legislatures", American Political Science Review 83 (1989) 1181-1206,
       doi:10.2307/1961664.
.. [2] S. N. Ali, B. D. Bernheim, X. Fan, "Predictability and power in legislative bargaining", Review of Economic
       Studies 86 (2019) 500-525, doi:10.1093/restud/rdy007.
"""

import numpy as np
from numpy.typing import NDArray

from ...agents.errors import InputError

__all__ = ["one_proposer", "proposers_by_lot", "proposers_in_turn"]

Floats = NDArray[np.float64]


def proposers_by_lot(n: int, quota: int, discount: float) -> Floats:
    """Return the shares if the next proposer is drawn by lot: 1 - d (q - 1) / n, q - 1 times d / n, and nothing [1]_.

    The partners are q - 1 of the others, all sets of them equally likely. With quota n everybody is one.

    Parameters
    ----------
    n
        Number of parties.
    quota
        Votes that pass a division, the proposer's among them, 1..n.
    discount
        The discount factor d a round, of everybody, in (0, 1].

    Returns
    -------
    (n,) array
        Shares of the proposer, of its partners, and of the others, in this order; they sum to one.

    Raises
    ------
    InputError
        If the quota is not one of 1..n, or the discount factor is outside (0, 1].

    Examples
    --------
    >>> proposers_by_lot(3, 2, 1.0).round(4).tolist()
    [0.6667, 0.3333, 0.0]
    >>> proposers_by_lot(5, 3, 0.8).round(4).tolist()
    [0.68, 0.16, 0.16, 0.0, 0.0]
    """
    _check(n, quota, discount)
    shares = np.zeros(n)
    shares[1:quota] = discount / n
    shares[0] = 1 - discount * (quota - 1) / n
    return shares


def proposers_in_turn(n: int, quota: int, discount: float) -> Floats:
    """Return the shares if proposers take turns: all to the first one [2]_.

    If the quota is n, they are in proportion to 1, d, d^2, ..., d^(n - 1).

    Parameters
    ----------
    n
        Number of parties.
    quota
        Votes that pass a division, the proposer's among them, 1..n.
    discount
        The discount factor d a round, of everybody, in (0, 1].

    Returns
    -------
    (n,) array
        Shares in the order in which the parties propose; they sum to one.

    Raises
    ------
    InputError
        If the quota is not one of 1..n, or the discount factor is outside (0, 1].

    Examples
    --------
    >>> proposers_in_turn(3, 2, 0.9).tolist()
    [1.0, 0.0, 0.0]
    >>> proposers_in_turn(3, 3, 0.5).round(4).tolist()
    [0.5714, 0.2857, 0.1429]
    """
    _check(n, quota, discount)
    if quota < n:
        return one_proposer(n, quota, discount)
    turn: Floats = np.power(discount, np.arange(n))
    shares: Floats = turn / turn.sum()
    return shares


def one_proposer(n: int, quota: int, discount: float) -> Floats:
    """Return the shares if the same party proposes in every round: all to itself.

    Parameters
    ----------
    n
        Number of parties.
    quota
        Votes that pass a division, the proposer's among them, 1..n.
    discount
        The discount factor d a round, of everybody, in (0, 1].

    Returns
    -------
    (n,) array
        Shares of the proposer and of the others; they sum to one.

    Raises
    ------
    InputError
        If the quota is not one of 1..n, or the discount factor is outside (0, 1].

    Examples
    --------
    >>> one_proposer(3, 3, 0.9).tolist()
    [1.0, 0.0, 0.0]
    """
    _check(n, quota, discount)
    shares = np.zeros(n)
    shares[0] = 1
    return shares


def _check(n: int, quota: int, discount: float) -> None:
    if n < 1:
        raise InputError(f"n={n}: there must be a party; use n >= 1")
    if not 1 <= quota <= n:
        raise InputError(f"quota={quota}, n={n}: from 1 to all parties pass a division; use quota=1..{n}")
    if not 0 < discount <= 1:
        raise InputError(
            f"discount={discount:g}: a discount factor is in (0, 1]; give 1 where waiting costs nothing"
        )
