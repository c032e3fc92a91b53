"""Smith's first experiment: eleven buyers and eleven sellers of one unit, on two straight lines.

**Valuation.** Values of 3.25, 3.00, ... 0.75 dollars, and the same amounts as costs. Prices go up to 4.00.
**Known.** Supply meets demand at 2.00 dollars; 6 units trade, of which the last gains nothing, with a surplus of 7.50
[1]_. Traders who knew nothing but their own value came close to it within a few trading periods.
**Names.** Chart 1, test 1; induced values, induced supply and demand.

References
----------
.. [1] V. L. Smith, "An experimental study of competitive market behavior", Journal of Political Economy 70 (1962)
       111-137, doi:10.1086/258609.

Examples
--------
>>> from accord.models.schedules import equilibrium
>>> equilibrium(Smith().build())
Equilibrium(low=2.0, high=2.0, quantity=6, gainful=5, surplus=7.5)
"""

import numpy as np

from ..schedules import Schedules
from . import Valuation

__all__ = ["Smith"]


class Smith(Valuation):
    """Eleven buyers and eleven sellers of one unit each."""

    def build(self, rng: np.random.Generator | None = None) -> Schedules:
        """Return the schedules; the generator is not used."""
        units = tuple((0.75 + 0.25 * step,) for step in range(11))
        return Schedules(units[::-1], units, low=0.0, high=4.0, name=str(self))
