"""Continuation values: what the members of a legislature may hope for if a proposal fails.

What a member may hope for is the price of its vote: it votes for whatever gives it no less. A proposer buys the
cheapest votes that it needs, of those whom it can talk to; votes that cost nothing it gets from everybody. Of votes
that cost the same each is as likely to be bought. With a last round, in which nobody may hope for anything,
values follow by going backwards from it. Without, they are those of the stationary equilibrium in which members that
are alike are treated alike; it is known where everybody can talk to everybody [1]_ [2]_.

References
----------
.. [1] D. P. Baron, J. A. Ferejohn, "Bargaining in legislatures", American Political Science Review 83 (1989) 1181-1206,
       doi:10.2307/1961664.
.. [2] S. N. Ali, B. D. Bernheim, X. Fan, "Predictability and power in legislative bargaining", Review of Economic
       Studies 86 (2019) 500-525, doi:10.1093/restud/rdy007.
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..agents.errors import InputError
from .networks.network import Network
from .networks.routes import is_complete

__all__ = ["Continuation", "Purchase", "Recognition", "purchase"]

_SAME = 1e-12  # values that differ by less are equal


Recognition = Literal["random", "rotating", "fixed"]
"""Who proposes: drawn by lot, everybody as likely; in turn, from the first node on; the first node always."""


class Purchase(NamedTuple):
    """Whose votes a proposer buys: those of all `certain` ones, and of `drawn` of those `alike`, who cost the same."""

    certain: NDArray[np.intp]
    alike: NDArray[np.intp]
    drawn: int


class Continuation:
    """What each member may hope for after each round, discounted by that round.

    Parameters
    ----------
    network
        Who can talk to whom.
    quota
        Votes that pass a proposal, the proposer's among them.
    discount
        What a dollar of the next round is worth in this one, break-off included, in (0, 1].
    recognition
        How proposers are found.
    deadline
        Number of rounds; None where there is no last one.

    Raises
    ------
    InputError
        If there is neither a last round nor a network that is complete.

    Examples
    --------
    >>> from accord.models.networks.topologies.complete import Complete
    >>> from accord.models.networks.topologies.path import Path
    >>> Continuation(Complete(5).build(), 3, 0.8, "random", None).after(0).round(2).tolist()
    [0.16, 0.16, 0.16, 0.16, 0.16]
    >>> Continuation(Path(3).build(), 2, 0.9, "random", deadline=2).after(0).round(2).tolist()
    [0.3, 0.3, 0.3]
    """

    def __init__(
        self, network: Network, quota: int, discount: float, recognition: Recognition, deadline: int | None
    ) -> None:
        if deadline is None and not is_complete(network):
            raise InputError(
                f"network={network.name}, deadline=None: what members may hope for without a last round is known "
                "only where everybody can talk to everybody; use deadline=..., or a complete network"
            )
        self.network, self.quota, self.discount = network, quota, discount
        self.recognition, self.deadline = recognition, deadline
        self._period = network.n if recognition == "rotating" else 1
        self._backwards = [] if deadline is None else self._from_the_end(deadline)

    def after(self, number: int) -> NDArray[np.float64]:
        """Return what each member may hope for if the proposal of a round, from 0, fails, (n,)."""
        if self.deadline is None:
            return self.discount * self._stationary(number + 1)
        left = self.deadline - 1 - number
        if left >= len(self._backwards):  # values have settled: go to a like round of the last known period
            left = len(self._backwards) - self._period + (left - len(self._backwards)) % self._period
        return self._backwards[left].copy()

    def proposers(self, number: int) -> range:
        """Return who may propose in a round, each as likely."""
        n = self.network.n
        if self.recognition == "random":
            return range(n)
        first = number % n if self.recognition == "rotating" else 0
        return range(first, first + 1)

    def purchase(self, proposer: int, prices: NDArray[np.float64]) -> Purchase | None:
        """Return whose votes a proposer buys at such prices; None if it would rather wait, or has to."""
        costs = np.where(prices > 0, np.inf, 0.0)
        near = [*self.network.neighbours(proposer), proposer]
        costs[near] = prices[near]
        return purchase(costs, proposer, self.quota - 1)

    def _stationary(self, number: int) -> NDArray[np.float64]:
        """Return what each may hope for at the beginning of a round, if there is no last one and all can talk."""
        n = self.network.n
        weights: NDArray[np.float64] = np.ones(n)
        if self.recognition != "random":
            rounds = (np.arange(n) - self.proposers(number)[0]) % n  # until each proposes
            free = self.quota < n or self.recognition == "fixed"  # others' votes cost the proposer nothing
            weights = np.where(rounds == 0, 1.0, 0.0 if free else self.discount**rounds)
        values: NDArray[np.float64] = weights / weights.sum()
        return values

    def _from_the_end(self, deadline: int) -> list[NDArray[np.float64]]:
        """Return the values after the last round, the one before it, and so on, until they settle."""
        known = [np.zeros(self.network.n)]
        for number in range(deadline - 1, 0, -1):
            known.append(self.discount * self._expected(number, known[-1]))
            two = 2 * self._period
            if len(known) > two and np.allclose(
                known[-two : -self._period], known[-self._period :], rtol=0, atol=_SAME
            ):
                break
        return known

    def _expected(self, number: int, prices: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what each may hope for at the beginning of a round in which votes have such prices."""
        proposers = self.proposers(number)
        total = np.zeros(len(prices))
        for proposer in proposers:
            bought = self.purchase(proposer, prices)
            if bought is None:
                total += prices
                continue
            shares = np.zeros(len(prices))
            shares[bought.certain] = prices[bought.certain]
            if bought.drawn:
                shares[bought.alike] = prices[bought.alike] * bought.drawn / len(bought.alike)
            shares[proposer] = 1 - shares.sum()
            total += shares
        values: NDArray[np.float64] = total / len(proposers)
        return values


def purchase(costs: NDArray[np.float64], proposer: int, votes: int) -> Purchase | None:
    """Return the cheapest votes that a proposer can buy.

    Parameters
    ----------
    costs
        What each member's vote costs, (n,), infinite where it cannot be had; the proposer's own entry is what
        waiting is worth to it.
    proposer
        Who buys.
    votes
        How many it needs besides its own.

    Returns
    -------
    Purchase or None
        None if there are too few, or waiting is worth more than what is left.

    Examples
    --------
    >>> purchase(np.array([0.0, 0.1, 0.2, 0.2]), proposer=0, votes=2)
    Purchase(certain=array([1]), alike=array([2, 3]), drawn=1)
    """
    others = np.delete(np.arange(len(costs)), proposer)
    if not votes:
        return Purchase(others[:0], others[:0], 0)
    dearest = np.partition(costs[others], votes - 1)[votes - 1]
    if np.isinf(dearest):
        return None
    apart = costs[others] - dearest
    certain, alike = others[apart < -_SAME], others[abs(apart) <= _SAME]
    drawn = votes - len(certain)
    if 1 - costs[certain].sum() - drawn * dearest < costs[proposer] - _SAME:
        return None
    return Purchase(certain, alike, drawn)
