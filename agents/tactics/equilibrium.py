"""Play the subgame-perfect equilibrium of alternating offers.

**Tactic.** Whoever makes an offer asks for the most that leaves the rival as much as it can expect by waiting: what
it will ask for itself in the next round, discounted. Whoever answers takes no less than that. With a deadline this is
backward induction from the last round (Stahl), without one its limit (Rubinstein). Preferences and discounts are
common knowledge.
**Effect.** Agreement in the first round. Dividing a pie, with discounts d1 and d2, the first to offer gets
``(1 - d2) / (1 - d1 d2)``, up to ``s (1 + d2) / (1 - d1 d2)`` where it can be cut in steps of s only: what is rounded
in one round is passed on, discounted, to the round before.
**Names.** Rubinstein bargaining, Stahl's finite game, subgame-perfect equilibrium, backward induction.

References
----------
.. [1] A. Rubinstein, "Perfect equilibrium in a bargaining model", Econometrica 50 (1982) 97-109, doi:10.2307/1912531.
.. [2] I. Stahl, "Bargaining Theory", Stockholm School of Economics 1972.
"""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ..bargaining import View
from ..profile import Profile, once_a_pair
from ..solutions import pareto
from . import Tactic

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
    offers = [_most(profile, rival, rival.reservation), _most(rival, profile, profile.reservation)]
    mine = [offers[0]]
    while len(mine) < _MOST:
        own, theirs = offers
        offers = [
            _most(profile, rival, max(rival.reservation, rival.discount * float(rival.utilities[theirs]))),
            _most(rival, profile, max(profile.reservation, profile.discount * float(profile.utilities[own]))),
        ]
        if offers == [own, theirs]:
            break
        mine.append(offers[0])
    return tuple(mine)


def _most(profile: Profile, rival: Profile, least: float) -> int:
    """Return the best outcome for one that is worth so much to the other, the other's best of equals."""
    outcomes, theirs = _frontier(profile, rival)
    place = min(int(np.searchsorted(theirs, least)), len(outcomes) - 1)
    return int(outcomes[place])


@once_a_pair
def _frontier(profile: Profile, rival: Profile) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return the frontier's outcomes from the best for one to the best for the other, and their worth to that."""
    outcomes = pareto(np.stack([profile.utilities, rival.utilities], axis=1))
    outcomes = outcomes[np.argsort(rival.utilities[outcomes], kind="stable")]
    return outcomes, rival.utilities[outcomes]
