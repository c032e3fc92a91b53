"""Leave out the f most extreme neighbours on either side of one's own opinion, then average.

**Rule.** Of the opinions heard, remove the f largest of those above one's own (all of them, if fewer
are above) and the f smallest of those below; then move to the weighted mean of one's own opinion and
the rest, a removed neighbour's weight falling back to oneself. With f = 0 this is linear averaging.
**Guarantee.** Synchronous, positive weights (one's own included), at most f traitors among any party's
neighbours: honest parties stay inside the hull of their first opinions. They converge to one value, with at most
f traitors in the whole network that tell everybody the same, if and only if the network is (f+1, f+1)-robust;
with f among any party's neighbours, equivocating or not, (2f+1)-robustness suffices and (f+1)-robustness
is necessary. The average is not conserved. Schemes with negative weights (`fastest`) void all of it.
**Cost.** One opinion per edge and direction a step; a sort of each neighbourhood.
**Names.** Weighted mean-subsequence-reduced, W-MSR, resilient asymptotic consensus.

References
----------
.. [1] H. J. LeBlanc, H. Zhang, X. Koutsoukos, S. Sundaram, "Resilient asymptotic consensus in robust
       networks", IEEE Journal on Selected Areas in Communications 31 (2013) 766-781,
       doi:10.1109/JSAC.2013.130413.

Examples
--------
A neighbour that shouts 100 is not heard, and neither is the lowest one below.

>>> float(WMSR(f=1)(0.5, heard=[0.1, 0.3, 0.9, 100.0], weights=[0.2, 0.2, 0.2, 0.2]))
0.54
"""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import Field

from . import Rule

__all__ = ["WMSR"]


class WMSR(Rule):
    """Weighted mean-subsequence-reduced averaging."""

    f: int | None = Field(
        None, ge=0, description="traitors to withstand; by default as many as the scenario has"
    )

    def facing(self, traitors: int) -> Self:
        """Return the rule with f set, to the number of traitors unless it was given."""
        return self if self.f is not None else type(self)(f=traitors)

    def __call__(self, own: ArrayLike, heard: ArrayLike, weights: ArrayLike) -> NDArray[np.float64]:
        """Return the mean of one's own opinion and of the neighbours left after trimming."""
        own, heard = np.asarray(own, dtype=float), np.asarray(heard, dtype=float)
        f = self.f or 0
        # equals keep the order of the neighbours, whatever the padding; the silent sort last
        order = np.argsort(heard, axis=0, kind="stable")
        heard = np.take_along_axis(heard, order, axis=0)
        weights = np.take_along_axis(np.broadcast_to(weights, heard.shape), order, axis=0)
        rank = np.arange(len(heard)).reshape(-1, *[1] * own.ndim)
        voices = np.sum(~np.isnan(heard), axis=0)
        below = (heard < own) & (rank < f)
        above = (heard > own) & (rank >= voices - f)
        kept = ~(below | above | np.isnan(heard))
        after: NDArray[np.float64] = own + np.sum(np.where(kept, weights * (heard - own), 0.0), axis=0)
        return after
