"""Quote one value for ever, whatever is heard.

**Lie.** The given value, or one's own first opinion, to everybody in every step.
**Effect.** One stubborn party captures linear averaging: everybody converges to its value. Several with
different values hold the others apart, between them.
**Names.** Stubborn agent, zealot, forceful agent, leader; "malicious, constant" in resilient consensus.

References
----------
.. [1] D. Acemoglu, G. Como, F. Fagnani, A. Ozdaglar, "Opinion fluctuations and disagreement in social
       networks", Mathematics of Operations Research 38 (2013) 1-27, doi:10.1287/moor.1120.0570.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from . import Conduct, View

__all__ = ["Stubborn"]


class Stubborn(Conduct):
    """Quote a constant."""

    value: float | None = Field(
        None, description="opinion quoted for ever; by default the first of one's own"
    )

    def quote(self, view: View) -> NDArray[np.float64]:
        """Return the value, or each traitor's first opinion."""
        return view.opening if self.value is None else np.full_like(view.own, self.value)
