"""Move to the median of one's own opinion and those heard.

**Rule.** x_i <- median({x_i} and {x_j : j heard}); the mean of the two middle ones if their number is even.
**Guarantee.** A party of which fewer than half of the opinions it counts (its own included) come from
traitors stays inside the hull of the honest ones. No guarantee of agreement: on sparse networks the
update has many fixed points and freezes into clusters, traitors or none. Weights are not used.
**Cost.** One opinion per edge and direction a step; a selection in each neighbourhood.
**Names.** Median consensus, median rule; coordinate-wise median in distributed learning.

References
----------
.. [1] B. Doerr, L. A. Goldberg, L. Minder, T. Sauerwald, C. Scheideler, "Stabilizing consensus with the
       power of two choices", SPAA 2011, 149-158, doi:10.1145/1989493.1989516.

Examples
--------
>>> float(Median()(0.5, heard=[0.1, 100.0], weights=[0.2, 0.2]))
0.5
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import Rule

__all__ = ["Median"]


class Median(Rule):
    """Median of one's own opinion and of those heard."""

    def __call__(self, own: ArrayLike, heard: ArrayLike, weights: ArrayLike) -> NDArray[np.float64]:
        """Return the median; the silent are not counted."""
        own = np.asarray(own, dtype=float)
        voices = np.sort(np.concatenate([own[None], np.asarray(heard, dtype=float)]), axis=0)
        count = np.sum(~np.isnan(voices), axis=0)  # the silent sort last
        low = np.take_along_axis(voices, ((count - 1) // 2)[None], axis=0)[0]
        high = np.take_along_axis(voices, (count // 2)[None], axis=0)[0]
        middle: NDArray[np.float64] = low + (high - low) / 2
        return middle
