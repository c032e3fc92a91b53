"""Ask for the best, always.

**Tactic.** It offers its best outcome in every round. What it takes is its acceptance condition's.
**Effect.** With the usual condition it gets all or nothing.
**Names.** Hardliner, take it or leave it.

References
----------
.. [1] T. Baarslag, K. Hindriks, M. Hendrikx, A. Dirkzwager, C. Jonker, "Decoupling negotiating agents to explore the
       space of negotiation strategies", in: Novel Insights in Agent-based Complex Automated Negotiation, Studies in
       Computational Intelligence 535, Springer 2014, 61-83, doi:10.1007/978-4-431-54758-7_4.
"""

import numpy as np
from numpy.typing import NDArray

from ..bargaining import View
from ..profile import Profile
from . import Tactic

__all__ = ["Stubborn"]


class Stubborn(Tactic):
    """All or nothing."""

    def bid(self, view: View) -> int:
        """Return its best outcome."""
        return int(view.profile.order[0])

    def plan(self, profile: Profile, times: NDArray[np.float64]) -> NDArray[np.intp]:
        """Return its best outcome, every time."""
        return np.full(len(times), profile.order[0], dtype=np.intp)
