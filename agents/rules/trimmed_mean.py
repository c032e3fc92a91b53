"""Leave out the f largest and the f smallest opinions, one's own among them, then average the rest.

**Rule.** Sort one's own opinion and those heard; drop f at either end; move to the plain mean of what is
left. With 2f opinions or fewer to count, keep one's own. Weights are not used.
**Guarantee.** On the complete network of n > 3f parties, synchronous: honest parties stay inside their
hull and their range shrinks every step. On sparse networks validity holds where every party has at most f
traitors among its neighbours; agreement is not guaranteed.
**Cost.** One opinion per edge and direction a step; a sort of each neighbourhood.
**Names.** Mean-subsequence-reduced (MSR), f-trimmed mean, approximate agreement by averaging.

References
----------
.. [1] D. Dolev, N. A. Lynch, S. S. Pinter, E. W. Stark, W. E. Weihl, "Reaching approximate agreement in
       the presence of faults", Journal of the ACM 33 (1986) 499-516, doi:10.1145/5925.5931.

Examples
--------
>>> float(TrimmedMean(f=1)(0.5, heard=[0.1, 0.3, 100.0, 0.7], weights=[0.2] * 4))
0.5
"""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import Field

from . import Rule

__all__ = ["TrimmedMean"]


class TrimmedMean(Rule):
    """Mean of what is left after dropping f opinions at either end."""

    f: int | None = Field(
        None, ge=0, description="opinions to drop at either end; by default as many as there are traitors"
    )

    def facing(self, traitors: int) -> Self:
        """Return the rule with f set, to the number of traitors unless it was given."""
        return self if self.f is not None else type(self)(f=traitors)

    def __call__(self, own: ArrayLike, heard: ArrayLike, weights: ArrayLike) -> NDArray[np.float64]:
        """Return the trimmed mean; the silent are not counted."""
        own = np.asarray(own, dtype=float)
        f = self.f or 0
        voices = np.sort(np.concatenate([own[None], np.asarray(heard, dtype=float)]), axis=0)
        count = np.sum(~np.isnan(voices), axis=0)  # the silent sort last
        rank = np.arange(len(voices)).reshape(-1, *[1] * own.ndim)
        kept = (rank >= f) & (rank < count - f)
        left = count - 2 * f
        total = np.sum(np.where(kept, voices, 0.0), axis=0)
        return np.where(left > 0, total / np.maximum(left, 1), own)
