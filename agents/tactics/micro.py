"""Make a new offer for each new one that is made to you.

**Tactic.** Outcomes are offered in order of one's own utility. As long as no more different offers have been made
than heard, the next one is due; else one of those made before is repeated, drawn alike. It takes what is worth the
least that it is ready to offer.
**Effect.** Needs neither a model of the rival nor a deadline, and cannot be exploited: against a copy of itself it
ends on the frontier or next to it. It did better than most of the field's elaborate agents in their own competition's
domains.
**Names.** MiCRO (minimal concession in reply to new offers).

References
----------
.. [1] D. de Jonge, "An analysis of the linear bilateral ANAC domains using the MiCRO benchmark strategy", IJCAI 2022,
       223-229, doi:10.24963/ijcai.2022/32.
.. [2] D. de Jonge, "Theoretical properties of the MiCRO negotiation strategy", Autonomous Agents and Multi-Agent
       Systems 38 (2024), doi:10.1007/s10458-024-09678-1 (under which conditions it is a best response to itself).
"""

from ..bargaining import View
from . import Tactic

__all__ = ["Micro"]


class Micro(Tactic):
    """Minimal concession in reply to new offers."""

    def bid(self, view: View) -> int:
        """Return the next outcome if it is due, or one offered before."""
        offered = len(set(view.mine))
        if self._due(view):
            return int(view.profile.order[offered])
        return int(view.profile.order[int(view.luck * offered)])

    def least(self, view: View, bid: int) -> float:
        """Return the least that it is ready to offer, though it may just ask for more."""
        offered = len(set(view.mine))
        return float(view.profile.ranked[offered if self._due(view) else offered - 1])

    @staticmethod
    def _due(view: View) -> bool:
        offered = len(set(view.mine))
        return offered <= len(set(view.heard)) and offered < view.profile.acceptable.size
