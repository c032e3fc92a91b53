"""Claim that things are worth less to you, or cost you more, by a factor.

**Lie.** A cost is claimed to be `factor` times what it is, a worth `factor` times less, as far as anybody would
believe it; what is done then follows honestly from what was claimed.
**Effect.** Where the price depends on what is claimed, a little more than the truth pays, as long as one is not left
out: the liar gains what moves the price and loses deals that would have paid. Nobody can tell it from the truth.
Where payments are those of Vickrey, Clarke and Groves the truth is the best claim, and the lie costs its teller.
**Names.** Misreporting, overbidding of costs, economic withholding; a factor below 1 claims to be more eager than one
is.

References
----------
.. [1] L. Hurwicz, "On informationally decentralized systems", in: C. B. McGuire, R. Radner (eds.), Decision and
       Organization, North-Holland 1972, 297-336.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from . import Claims, Conduct

__all__ = ["Misreport"]


class Misreport(Conduct):
    """Claim a multiple of one's costs, or a fraction of what things are worth."""

    factor: float = Field(
        1.1, gt=0, le=1e6, description="what costs are multiplied by, and worths divided by"
    )

    def claim(self, claims: Claims) -> NDArray[np.float64]:
        """Return costs times the factor, and worths divided by it, within what is believed."""
        claimed = np.where(claims.buys, claims.truth / self.factor, claims.truth * self.factor)
        return np.clip(claimed, claims.low, claims.high)
