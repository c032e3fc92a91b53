"""Do not outbid each other.

**Lie.** Traitors on one side of a deal know each other's values. Only the `active` best of them are claimed as they
are; the others are claimed to be worth nothing, or to cost more than anybody would pay.
**Effect.** Less competition on the ring's side moves the price its way: in a second-price auction the winner pays the
best bid from outside the ring. What the ring withholds may be lost. Nobody can tell it from weak demand.
**Names.** Bidding ring, cartel, collusive bidding, phases of the moon; demand or supply reduction.

References
----------
.. [1] R. P. McAfee, J. McMillan, "Bidding rings", American Economic Review 82 (1992) 579-599.
.. [2] D. A. Graham, R. C. Marshall, "Collusive bidder behavior at single-object second-price and English auctions",
       Journal of Political Economy 95 (1987) 1217-1239, doi:10.1086/261512.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from . import Claims, Conduct

__all__ = ["Ring"]


class Ring(Conduct):
    """Let only the best of the ring speak."""

    active: int = Field(1, ge=1, description="values on either side that the ring stands by")

    def claim(self, claims: Claims) -> NDArray[np.float64]:
        """Return the best values as they are, and the others as worthless."""
        claimed = np.where(claims.buys, claims.low, claims.high).astype(np.float64)
        for side, best_first in ((claims.buys, -claims.truth), (~claims.buys, claims.truth)):
            members = np.flatnonzero(side)
            speak = members[np.argsort(best_first[members], kind="stable")[: self.active]]
            claimed[speak] = claims.truth[speak]
        return claimed
