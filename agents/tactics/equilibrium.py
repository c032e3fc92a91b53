"""Play the subgame-perfect equilibrium of alternating offers.

**Tactic.** Whoever makes an offer asks for the most that leaves the rival as much as it can expect by waiting: what
it will ask for itself in the next round, discounted. Whoever answers takes no less than that. With a deadline this is
backward induction from the last round (Stahl), without one its limit (Rubinstein). Preferences and discounts are
common knowledge. It is for two; of several rivals it looks at the next to speak.
**Effect.** Agreement in the first round. Dividing a pie, with discounts d1 and d2, the first to offer gets
``(1 - d2) / (1 - d1 d2)``, up to ``s (1 + d2) / (1 - d1 d2)`` where it can be cut in steps of s only: what is rounded
in one round is passed on, discounted, to the round before.
**Names.** Rubinstein bargaining, Stahl's finite game, subgame-perfect equilibrium, backward induction.

References
----------
.. [1] A. Rubinstein, "Perfect equilibrium in a bargaining model", Econometrica 50 (1982) 97-109, doi:10.2307/1912531.
.. [2] I. Stahl, "Bargaining Theory", Stockholm School of Economics 1972.
"""

from collections.abc import Callable
from typing import ClassVar

import numpy as np

from ..bargaining import View
from ..profile import Profile, once_a_pair
from . import Tactic, frontier

__all__ = ["Equilibrium"]

_MOST = 10_000  # rounds that are looked ahead where offers do not settle before


class Equilibrium(Tactic):
    """Ask for what leaves the rival as much as waiting would."""

    needs_rivals: ClassVar[bool] = True

    def bid(self, view: View) -> int:
        """Return the most for itself that leaves the rival what it can expect."""
        offers = _induced(view.profile, view.rivals[0])
        left = len(offers) if view.deadline is None else max(view.deadline - view.round, 1)
        offer = offers[min(left, len(offers)) - 1]
        suits = view.profile.utilities[offer] >= view.profile.reservation
        return offer if suits else int(view.profile.order[0])  # nothing suits both: ask for the best there is

    def least(self, view: View, bid: int) -> float:
        """Return what its own next offer is worth now, a round before; nothing if there is none to come."""
        if view.deadline is not None and view.round >= view.deadline:
            return view.profile.reservation
        return view.profile.discount * float(view.profile.utilities[bid])


@once_a_pair
def _induced(profile: Profile, rival: Profile) -> tuple[int, ...]:
    """Return what one offers when 1, 2, ... rounds are left, until it no longer depends on how many."""
    most, theirs = _most(profile, rival), _most(rival, profile)
    offers = [most(rival.reservation), theirs(profile.reservation)]
    mine = [offers[0]]
    while len(mine) < _MOST:
        own, other = offers
        offers = [
            most(max(rival.reservation, rival.discount * float(rival.utilities[other]))),
            theirs(max(profile.reservation, profile.discount * float(profile.utilities[own]))),
        ]
        if offers == [own, other]:
            break
        mine.append(offers[0])
    return tuple(mine)


def _most(profile: Profile, rival: Profile) -> Callable[[float], int]:
    """Return what finds the best outcome for one among those that are worth so much to the other."""
    outcomes = frontier(profile, rival)
    worth = rival.utilities[outcomes]
    return lambda least: int(outcomes[min(int(np.searchsorted(worth, least)), len(outcomes) - 1)])
