"""Lying: how negotiators bargain that have a conduct.

A liar claims a reservation value: no deal is a cost that signing has for it. Its conduct quotes utilities: what its own
bid is worth to itself goes in, and for what comes out it bids.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from pydantic import Field

from ..agents.bargaining import Act, Answer, View
from ..agents.conducts import Claims, Conduct
from ..agents.conducts import View as Quoting
from ..agents.profile import Profile
from ..agents.tactics import Tactic

__all__ = ["Lying", "lies"]


def lies(
    conduct: Conduct,
    traitors: Collection[int],
    seats: Sequence[Sequence[int]],
    tactics: Sequence[Sequence[Tactic]],
    profiles: Sequence[Sequence[Profile]],
) -> tuple[list[list[Tactic]], list[list[Profile]]]:
    """Return how everybody bargains at each table, and by which profile, traitors as their conduct says.

    Parameters
    ----------
    seats, tactics, profiles
        Of each table, who sits there, how they bargain when honest, and what is true of them.
    """
    using, claimed = [list(each) for each in tactics], [list(each) for each in profiles]
    lying = [
        (table, seat)
        for table, nodes in enumerate(seats)
        for seat, node in enumerate(nodes)
        if node in traitors
    ]
    true = [claimed[table][seat] for table, seat in lying]
    reservations = np.array([profile.reservation for profile in true])
    claims = Claims(
        truth=reservations,
        buys=np.zeros(len(true), dtype=np.bool_),
        low=np.minimum([profile.utilities.min() for profile in true], reservations),
        high=np.maximum([profile.best for profile in true], reservations),
    )
    for (table, seat), reservation in zip(lying, conduct.claim(claims).tolist(), strict=True):
        claimed[table][seat] = replace(claimed[table][seat], reservation=reservation)
    if conduct.quotes:
        tables = {node: [at for at in lying if seats[at[0]][at[1]] == node] for node in sorted(traitors)}
        for places in tables.values():
            for number, (table, seat) in enumerate(places):
                turn = number / max(len(places) - 1, 1)
                using[table][seat] = Lying(
                    honest=using[table][seat],
                    accept=using[table][seat].accept,
                    conduct=conduct,
                    turn=turn,
                )
    return using, claimed


class Lying(Tactic):
    """An honest tactic whose bids a conduct rewrites; whoever would quote nothing leaves."""

    honest: Tactic = Field(description="what it would do otherwise")
    conduct: Conduct = Field(description="what it quotes in place of its bid")
    turn: float = Field(
        0.0, ge=0, le=1, description="which of its tables this is, from 0, the first, to 1, the last"
    )

    def _aspired(self, view: View) -> float:
        """Return the utility that it asks for; NaN if it says nothing."""
        profile = view.profile

        def one(value: float) -> Any:
            return np.array([value])

        low, high = one(profile.reservation), one(profile.best)
        heard = one(profile.utilities[view.heard[-1]]) if view.heard else low
        own = one(profile.utilities[self.honest.bid(view)])
        quoting = Quoting(
            view.round + 1, own, high, heard, low, high, low, high, one(self.turn), one(view.luck)
        )
        return float(self.conduct.quote(quoting)[0])

    def bid(self, view: View) -> int:
        """Return the outcome that is worth what it asks for, or its reservation value if that is more."""
        return int(view.profile.above(max(self._aspired(view), view.profile.reservation)))

    def least(self, view: View, bid: int) -> float:
        """Return what its honest tactic compares an offer with, if that made such a bid."""
        return self.honest.least(view, bid)

    def approves(self, view: View, text: int, standing: int) -> bool:
        """Return how its honest tactic votes; who quotes nothing approves of nothing."""
        return not np.isnan(self._aspired(view)) and self.honest.approves(view, text, standing)

    def respond(self, view: View, offer: int | None) -> Act:
        """Return what it does about an offer; with nothing to say, it leaves."""
        silent = view.profile.acceptable.size and np.isnan(self._aspired(view))
        return Answer.LEAVE if silent else super().respond(view, offer)
