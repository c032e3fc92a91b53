"""A pie to be cut in two.

**Domain.** One issue, the first party's share of a pie, in evenly spaced steps; the second gets what is left.
Each values its piece x as x^power: 1 is linear, less than 1 is risk aversion.
**Known.** With linear utilities every outcome is efficient; Nash, Kalai-Smorodinsky and egalitarian solution
halve what is left when both have had their reservations.
**Names.** Divide the dollar, split the pie, constant-sum bargaining; what Rubinstein's, Stahl's and Zeuthen's
players divide.

References
----------
.. [1] A. Rubinstein, "Perfect equilibrium in a bargaining model", Econometrica 50 (1982) 97-109, doi:10.2307/1912531.

Examples
--------
>>> bargain = Pie(size=100, steps=4, powers=[1, 0.5]).build()
>>> bargain.space.outcome(1), bargain.utilities[1].round(3)
({'share': 25.0}, array([25.  ,  8.66]))
"""

from typing import Annotated

import numpy as np
from pydantic import Field

from ...agents.outcomes import MOST_OUTCOMES, Continuous, Space
from ...agents.preferences.cobb_douglas import CobbDouglas
from ...agents.profile import Profile
from ..bargain import Bargain
from . import Discount, Domain, Reservation, one_each

__all__ = ["Pie"]


class Pie(Domain):
    """A pie to be cut in two."""

    size: float = Field(1.0, gt=0, description="how much there is")
    steps: int = Field(100, ge=1, lt=MOST_OUTCOMES, description="it is cut at a multiple of size/steps")
    powers: tuple[Annotated[float, Field(gt=0)], Annotated[float, Field(gt=0)]] = Field(
        (1.0, 1.0), description="exponents of the two utilities"
    )
    reservation: Reservation = 0.0
    discount: Discount = 1.0

    def build(self, rng: np.random.Generator | None = None) -> Bargain:
        """Return the bargain; the generator is not used."""
        space = Space([Continuous(name="share", low=0, high=self.size, levels=self.steps + 1)])
        reservation = one_each("reservation", self.reservation, 2)
        discount = one_each("discount", self.discount, 2)
        profiles = [
            Profile(
                CobbDouglas(powers=(self.powers[k],), rest=k == 1)(space), reservation[k], discount[k], name
            )
            for k, name in enumerate(("first", "second"))
        ]
        return Bargain(space, profiles, str(self))
