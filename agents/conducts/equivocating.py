"""Tell every neighbour something else.

**Lie.** The listeners of a traitor, in the order of their ids, are quoted values evenly spaced over the hull of
the honest parties' first opinions, stretched by `reach` of its width on either side; the same ones in every step.
A traitor with one listener quotes the lower end.
**Effect.** Holds the honest apart: with linear averaging they settle at different values. Needs
point-to-point links; a broadcast medium rules it out.
**Names.** Two-faced, Byzantine (against "malicious", which quotes one value to all), equivocation.

References
----------
.. [1] L. Lamport, R. Shostak, M. Pease, "The Byzantine generals problem", ACM Transactions on Programming
       Languages and Systems 4 (1982) 382-401, doi:10.1145/357172.357176.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from . import Conduct, View

__all__ = ["Equivocating"]


class Equivocating(Conduct):
    """Quote a different value to each neighbour."""

    reach: float = Field(0.0, ge=0, description="how far beyond the hull, in widths of the hull")

    def quote(self, view: View) -> NDArray[np.float64]:
        """Return values spread over the hull by the listeners' order."""
        return view.low + view.width * (view.turn * (1 + 2 * self.reach) - self.reach)
