"""Concede if you have more to lose.

**Tactic.** Each side's risk is the share of its gain that it would lose by taking the other's offer instead of its
own. Who risks less loses more by a break-off, and concedes: along the frontier to the next outcome at which it risks
more than the other, or to the rival's offer where there is none. The other repeats its offer. Both sides' preferences
are common knowledge. It is for two; of several rivals it looks at the next to speak.
**Effect.** Offers meet where the product of gains is greatest (Harsanyi): Nash's solution, up to the grid of outcomes.
**Names.** Zeuthen strategy, risk-limit principle; with simultaneous offers the monotonic concession protocol.

References
----------
.. [1] F. Zeuthen, "Problems of Monopoly and Economic Warfare", Routledge 1930.
.. [2] J. C. Harsanyi, "Approaches to the bargaining problem before and after the theory of games", Econometrica
       24 (1956) 144-157, doi:10.2307/1905748.
.. [3] J. S. Rosenschein, G. Zlotkin, "Rules of Encounter", MIT Press 1994.
"""

from typing import ClassVar

from ..bargaining import View
from ..profile import Profile
from . import Tactic, frontier

__all__ = ["Zeuthen"]


class Zeuthen(Tactic):
    """Who risks less concedes."""

    needs_rivals: ClassVar[bool] = True

    def bid(self, view: View) -> int:
        """Return its last offer, or the next on the frontier if it risks no more than its rival."""
        profile, (rival, *_) = view.profile, view.rivals
        along = frontier(profile, rival)
        worth = profile.utilities[along]
        good = (worth >= profile.reservation) & (rival.utilities[along] >= rival.reservation)
        if not good.any():  # nothing suits both: ask for the best there is
            return int(profile.order[0])
        if not view.mine or not view.heard:
            return int(along[good][0])
        own, theirs = view.mine[-1], view.heard[-1]
        if _risk(profile, own, theirs) > _risk(rival, theirs, own):
            return own
        between = along[good & (worth < profile.utilities[own]) & (worth > profile.utilities[theirs])]
        for outcome in between.tolist():
            if _risk(profile, outcome, theirs) > _risk(rival, theirs, outcome):
                return int(outcome)
        return theirs if profile.utilities[theirs] >= profile.reservation else own


def _risk(profile: Profile, own: int, theirs: int) -> float:
    """Return the share of the gain from one's own offer that is lost with the other's."""
    gain = profile.utilities[own] - profile.reservation
    return float(min((profile.utilities[own] - profile.utilities[theirs]) / gain, 1.0)) if gain > 0 else 0.0
