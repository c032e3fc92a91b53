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


class Equilibrium(Tactic):
    """Ask for what leaves the rival as much as waiting would."""

    needs_rivals: ClassVar[bool] = True

    def bid(self, view: View) -> int:
        """Return the most for itself that leaves the rival what it can expect."""
        offers = _induced(view.profile, view.rivals[0])
        known = len(offers)
        # where there is no end, as if an even number of rounds were left: both ask for the less then, and neither waits
        left = 2 * known if view.deadline is None else max(view.deadline - view.round, 1)
        offer = offers[left - 1 if left <= known else known - 1 - (left - known) % 2]
        suits = view.profile.utilities[offer] >= view.profile.reservation
        return offer if suits else int(view.profile.order[0])  # nothing suits both: ask for the best there is

    def least(self, view: View, bid: int) -> float:
        """Return what its own next offer is worth now, a round before; nothing if there is none to come."""
        if view.deadline is not None and view.round >= view.deadline:
            return view.profile.reservation
        return view.profile.discount * float(view.profile.utilities[bid])


@once_a_pair
def _induced(profile: Profile, rival: Profile) -> tuple[int, ...]:
    """Return what one offers when 1, 2, ... rounds are left, until it is as it was two rounds before.

    It comes to that: every second offer is worth ever more to its maker, and the others ever less. The two may stay
    apart, on a grid or where waiting costs nothing.
    """
    most, theirs = _most(profile, rival), _most(rival, profile)
    offers = [(most(rival.reservation), theirs(profile.reservation))]
    while len(offers) < 3 or offers[-1] != offers[-3]:
        own, other = offers[-1]
        waiting = (
            rival.discount * float(rival.utilities[other]),
            profile.discount * float(profile.utilities[own]),
        )
        offers.append(
            (most(max(rival.reservation, waiting[0])), theirs(max(profile.reservation, waiting[1])))
        )
    return tuple(own for own, _ in offers)


def _most(profile: Profile, rival: Profile) -> Callable[[float], int]:
    """Return what finds the best outcome for one among those that are worth so much to the other."""
    outcomes = frontier(profile, rival)
    worth = rival.utilities[outcomes]
    return lambda least: int(outcomes[min(int(np.searchsorted(worth, least)), len(outcomes) - 1)])
