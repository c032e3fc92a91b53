"""Ask for anything that is acceptable.

**Tactic.** Each bid is drawn alike from the outcomes worth the reservation value at least.
**Effect.** The zero-intelligence yardstick: what a tactic gains over it is owed to the tactic, and not to the protocol.
**Names.** Random walker, zero intelligence with a budget constraint.

References
----------
.. [1] D. K. Gode, S. Sunder, "Allocative efficiency of markets with zero-intelligence traders", Journal of Political
       Economy 101 (1993) 119-137, doi:10.1086/261868.
"""

from ..bargaining import View
from . import Tactic

__all__ = ["Random"]


class Random(Tactic):
    """Anything acceptable."""

    def bid(self, view: View) -> int:
        """Return an outcome drawn by luck."""
        acceptable = view.profile.acceptable
        return int(acceptable[int(view.luck * acceptable.size)])
