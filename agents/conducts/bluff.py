"""Claim a reservation value that is better than your own.

**Lie.** What a thing is worth at most, or costs at least, is claimed to lie `share` of the way from the truth to the
best that one could wish for; no deal is made beyond that.
**Effect.** Of a deal that comes about it gets more; deals do not come about that would have paid. If everybody
bluffs, less is traded. Nobody can tell it from the truth.
**Names.** Bluffing, feigned reservation price, strategic misrepresentation, demand reduction.

References
----------
.. [1] K. Chatterjee, W. Samuelson, "Bargaining under incomplete information", Operations Research 31 (1983)
       835-851, doi:10.1287/opre.31.5.835.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from . import Claims, Conduct

__all__ = ["Bluff"]


class Bluff(Conduct):
    """Claim a better reservation value."""

    share: float = Field(
        0.2, ge=0, le=1, description="how far from the truth to the best that one could wish for"
    )

    def claim(self, claims: Claims) -> NDArray[np.float64]:
        """Return what lies between the truth and the best."""
        return claims.truth + self.share * (claims.best - claims.truth)
