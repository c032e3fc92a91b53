"""Name what the unit is worth.

**Trader.** A bid is the unit's value, an ask its cost, always.
**Known.** In a second-price auction nothing else does better whatever the others do [1]_; in a call auction it makes
the competitive equilibrium, though with few traders shading would pay.
**Names.** Sincere bidding, price taking, full revelation.

References
----------
.. [1] W. Vickrey, "Counterspeculation, auctions, and competitive sealed tenders", Journal of Finance 16 (1961)
       8-37, doi:10.1111/j.1540-6261.1961.tb02789.x.

Examples
--------
>>> import numpy as np
>>> from accord.agents.traders import Asked
>>> asked = Asked(np.arange(2), np.array([True, False]), np.array([80.0, 80.0]), 0, 100, np.array([0.5, 0.5]))
>>> Truthful().prices(asked)
array([80., 80.])
"""

import numpy as np
from numpy.typing import NDArray

from . import Asked, Unlearning, whole

__all__ = ["Truthful"]


class Truthful(Unlearning):
    """Name the truth."""

    def prices(self, asked: Asked) -> NDArray[np.float64]:
        """Return the limits."""
        return whole(asked.limits, asked)
