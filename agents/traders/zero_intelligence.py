"""Name any price at all, or any at which one does not lose.

**Trader.** The price is drawn anew each time, uniformly: a constrained trader bids between the least price and what
the unit is worth to it, and asks between what it costs and the greatest price; one that is not draws from all prices.
**Known.** In a double auction constrained traders come close to the greatest surplus though they know nothing and
want nothing: the institution does it [1]_. Their prices do not converge, and their mean is that of equilibrium only
where supply and demand are alike [2]_.
**Names.** Zero intelligence, ZI-C (with budget constraint) and ZI-U (without), noise traders.

References
----------
.. [1] D. K. Gode, S. Sunder, "Allocative efficiency of markets with zero-intelligence traders: market as a partial
       substitute for individual rationality", Journal of Political Economy 101 (1993) 119-137, doi:10.1086/261868.
.. [2] D. Cliff, "Minimal-intelligence agents for bargaining behaviors in market-based environments",
       Hewlett-Packard Laboratories technical report HPL-97-91, 1997.

Examples
--------
>>> import numpy as np
>>> from accord.agents.traders import Asked
>>> asked = Asked(np.arange(2), np.array([True, False]), np.array([80.0, 80.0]), 0, 100, np.array([0.5, 0.5]))
>>> ZeroIntelligence().prices(asked), ZeroIntelligence(constrained=False).prices(asked)
(array([40., 90.]), array([50., 50.]))
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from . import Asked, Unlearning

__all__ = ["ZeroIntelligence"]


class ZeroIntelligence(Unlearning):
    """Random prices."""

    constrained: bool = Field(True, description="whether it never names a price at which it would lose")

    @property
    def is_constrained(self) -> bool:
        """As it was set."""
        return self.constrained

    def prices(self, asked: Asked) -> NDArray[np.float64]:
        """Return uniformly drawn prices."""
        low, high, limits = asked.low, asked.high, asked.limits
        if self.constrained:
            first, last = np.where(asked.buys, low, np.ceil(limits)), np.where(asked.buys, limits, high)
        else:
            first, last = low + 0 * limits, high + 0 * limits  # NaN where there is no unit
        choices = np.floor(last) - first + 1
        return np.where(choices > 0, first + np.floor(asked.luck * choices), np.nan)
