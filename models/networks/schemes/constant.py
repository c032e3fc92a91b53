"""The same step size alpha along every edge: W = I - alpha L.

**Weights.** alpha a_ij to neighbour j, where a_ij is the edge's weight (1 on unweighted networks).
**Guarantee.** The average is conserved. Disagreement shrinks by max(|1 - alpha lambda_2|, |1 - alpha
lambda_n|) a step, and at all if and only if 0 < alpha < 2 / lambda_n.
**Cost.** Nothing but a bound on lambda_n, to check alpha; lambda_n itself where the bound does not decide.
**Names.** Laplacian averaging, first-order diffusion, Perron matrix, constant edge weights.

References
----------
.. [1] L. Xiao, S. Boyd, "Fast linear iterations for distributed averaging", Systems & Control Letters
       53 (2004) 65-78, doi:10.1016/j.sysconle.2004.02.022.
.. [2] R. Olfati-Saber, J. A. Fax, R. M. Murray, "Consensus and cooperation in networked multi-agent
       systems", Proceedings of the IEEE 95 (2007) 215-233, doi:10.1109/JPROC.2006.887293.

Examples
--------
>>> pair = Network.from_edges(2, [0], [1])
>>> Constant(alpha=0.25).matrix(pair).toarray()
array([[0.75, 0.25],
       [0.25, 0.75]])
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ....agents.errors import InputError
from ..laplacian import laplacian
from ..network import Network
from ..spectrum import largest_eigenvalue_bound, spectrum
from . import Scheme

__all__ = ["Constant"]


class Constant(Scheme):
    """W = I - alpha L."""

    alpha: float = Field(gt=0, description="step size; averaging converges below 2 / lambda_n")
    allow_unstable: bool = Field(False, description="accept a step size at which averaging diverges")

    def neighbour_weights(self, network: Network) -> NDArray[np.float64]:
        """Return alpha times the edge weights.

        Raises
        ------
        InputError
            If alpha is not below 2 / lambda_n and `allow_unstable` is not set.
        """
        if not self.allow_unstable and self.alpha * largest_eigenvalue_bound(laplacian(network)) >= 2:
            limit = spectrum(network).largest_stable_step
            if self.alpha >= limit * (1 - 1e-9):  # at the limit it oscillates for ever
                raise InputError(
                    f"constant: alpha={self.alpha} on {network.name}: averaging needs alpha < 2/lambda_n = "
                    f"{limit:.6g}; use a smaller alpha or best-constant (or allow_unstable=True to watch it "
                    "diverge)"
                )
        return self.alpha * network.adjacency.data
