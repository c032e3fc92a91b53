"""Bid for show, to move the price for the other side.

**Lie.** A worth is claimed to lie `level` of the way from the truth to the greatest that anybody believes, a cost to
the least. Whoever takes such an offer finds that nobody stands behind it: the deal is not kept.
**Effect.** In a second-price auction a shill just below the winner takes the winner's gain for the seller; one that
comes too high wins, and the good stays with the seller. It is caught only if it wins.
**Names.** Shill bidding, straw man, phantom bids, spoofing.

References
----------
.. [1] D. A. Graham, R. C. Marshall, J.-F. Richard, "Phantom bidding against heterogeneous bidders", Economics
       Letters 32 (1990) 13-17, doi:10.1016/0165-1765(90)90043-Z.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from . import Claims, Conduct

__all__ = ["Shill"]


class Shill(Conduct):
    """Bid more than a thing is worth, and do not pay."""

    level: float = Field(
        0.5, ge=0, le=1, description="how far from the truth to the most eager claim there is"
    )

    def claim(self, claims: Claims) -> NDArray[np.float64]:
        """Return what lies between the truth and the most eager claim."""
        return claims.truth + self.level * (claims.worst - claims.truth)

    def honours(self, luck: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return that no deal is kept."""
        return np.zeros_like(luck, dtype=np.bool_)
