"""Move to the weighted mean of one's own opinion and those of one's neighbours.

**Rule.** x_i <- x_i + sum_j w_ij (x_j - x_i), that is x <- W x with rows that sum to one.
**Guarantee.** Without traitors, on a connected network and with a symmetric W whose other eigenvalues
lie inside the unit circle: everybody reaches the exact average of the first opinions, the disagreement
shrinking at least by the factor rho(W - J) a step. One stubborn traitor suffices to capture everybody.
**Cost.** One opinion per edge and direction a step; log(tolerance) / log(rho) steps.
**Names.** DeGroot learning, average consensus, distributed linear averaging, first-order diffusion.

References
----------
.. [1] M. H. DeGroot, "Reaching a consensus", Journal of the American Statistical Association 69 (1974)
       118-121, doi:10.1080/01621459.1974.10480137.
.. [2] L. Xiao, S. Boyd, "Fast linear iterations for distributed averaging", Systems & Control Letters
       53 (2004) 65-78, doi:10.1016/j.sysconle.2004.02.022.

Examples
--------
>>> float(Linear()(0.0, heard=[1.0, 4.0], weights=[0.25, 0.25]))
1.25
"""

from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import Rule

__all__ = ["Linear"]


class Linear(Rule):
    """Linear averaging."""

    is_linear: ClassVar[bool] = True

    def __call__(self, own: ArrayLike, heard: ArrayLike, weights: ArrayLike) -> NDArray[np.float64]:
        """Return own + sum over neighbours of weight times difference; who is silent counts as agreeing."""
        own, heard = np.asarray(own), np.asarray(heard)
        after: NDArray[np.float64] = own + np.nansum(np.asarray(weights) * (heard - own), axis=0)
        return after
