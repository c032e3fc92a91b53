"""Quote a value far outside of what anybody believes.

**Lie.** `reach` widths of the hull above it (or below), to everybody in every step.
**Effect.** Pulls linear averaging out of the hull of the honest opinions at once. Trimming rules drop it, so
it is the easiest lie for them to bear.
**Names.** Outlier attack, large-value fault.

References
----------
.. [1] D. Dolev, N. A. Lynch, S. S. Pinter, E. W. Stark, W. E. Weihl, "Reaching approximate agreement in
       the presence of faults", Journal of the ACM 33 (1986) 499-516, doi:10.1145/5925.5931.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from . import Conduct, View

__all__ = ["Extreme"]


class Extreme(Conduct):
    """Quote an outlier."""

    reach: float = Field(1.0, ge=0, description="how far beyond the hull, in widths of the hull")
    side: Literal["high", "low"] = Field("high", description="beyond which end of the hull")

    def quote(self, view: View) -> NDArray[np.float64]:
        """Return a constant beyond the chosen end of the hull."""
        if self.side == "high":
            return view.high + self.reach * view.width
        return view.low - self.reach * view.width
