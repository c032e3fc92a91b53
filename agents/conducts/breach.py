"""Sign, and do not keep it.

**Lie.** With probability `p` a deal that was signed is not kept: nothing is delivered and nothing paid, and the other
party is left without a deal that it could have made with somebody else.
**Effect.** Gains from trade are lost, for the liar as well. It is caught by everybody whose deal it breaks.
**Names.** Breach of contract, default, reneging, settlement failure.

References
----------
.. [1] S. Shavell, "Damage measures for breach of contract", Bell Journal of Economics 11 (1980) 466-490,
       doi:10.2307/3003374.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from . import Conduct

__all__ = ["Breach"]


class Breach(Conduct):
    """Break what was signed."""

    p: float = Field(1.0, ge=0, le=1, description="probability that a deal is not kept")

    def honours(self, luck: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return whether deals are kept."""
        return luck >= self.p
