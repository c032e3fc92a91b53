"""Ask for a share of what there is to gain.

**Trader.** A bid lies `share` of the way from the unit's value down to the least price, an ask `share` of the way from
its cost up to the greatest.
**Known.** In a first-price auction among n bidders whose values are uniform from the least price up, a share of 1/n is
the equilibrium: everybody bids (n-1)/n of what the thing is worth above that price [1]_.
**Names.** Bid shading, markup.

References
----------
.. [1] W. Vickrey, "Counterspeculation, auctions, and competitive sealed tenders", Journal of Finance 16 (1961) 8-37,
       doi:10.1111/j.1540-6261.1961.tb02789.x.

Examples
--------
>>> import numpy as np
>>> from accord.agents.traders import Asked
>>> asked = Asked(np.arange(2), np.array([True, False]), np.array([80.0, 80.0]), 0, 100, np.array([0.5, 0.5]))
>>> Shaded(share=0.25).prices(asked)
array([60., 85.])
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from . import Asked, Unlearning, whole

__all__ = ["Shaded"]


class Shaded(Unlearning):
    """Claim a fixed share."""

    share: float = Field(0.1, ge=0, le=1, description="how far from the truth to the best price there is")

    def prices(self, asked: Asked) -> NDArray[np.float64]:
        """Return prices between the limits and the best ones."""
        best = np.where(asked.buys, asked.low, asked.high)
        return whole(asked.limits + self.share * (best - asked.limits), asked)
