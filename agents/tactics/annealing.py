"""Accept some losses at first, to find what is better for all later.

**Tactic.** Asked whether a text may take the standing one's place, it agrees to a loss of d with probability
``exp(-d / T)``, where the temperature T falls from `heat` to 0 as time goes by. Asked for offers of its own, it asks
for the best.
**Effect.** With utilities that are not additive, two annealers leave the local optima in which hill climbers are
caught. One annealer among hill climbers does worse than they: it is a prisoner's dilemma.
**Names.** Simulated annealing, Metropolis acceptance.

References
----------
.. [1] M. Klein, P. Faratin, H. Sayama, Y. Bar-Yam, "Negotiating complex contracts", Group Decision and Negotiation 12
       (2003) 111-125, doi:10.1023/A:1023068821218.
"""

from math import exp

from pydantic import Field

from ..bargaining import View
from . import Tactic

__all__ = ["Annealing"]


class Annealing(Tactic):
    """Losses at first, gains later."""

    heat: float = Field(0.1, gt=0, description="temperature at first, in units of utility")

    def bid(self, view: View) -> int:
        """Return its best outcome."""
        return int(view.profile.order[0])

    def approves(self, view: View, text: int, standing: int) -> bool:
        """Return whether luck lets the change pass."""
        utilities = view.profile.utilities
        loss = float(utilities[standing] - utilities[text])
        cold = self.heat * (1 - view.time)
        return loss <= 0 or (cold > 0 and view.luck < exp(-loss / cold))
