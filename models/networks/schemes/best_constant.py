"""The step size along every edge at which averaging is fastest: W = I - 2 / (lambda_2 + lambda_n) L.

**Weights.** alpha a_ij to neighbour j with alpha = 2 / (lambda_2 + lambda_n), where a_ij is the edge's
weight (1 on unweighted networks).
**Guarantee.** The average is conserved. Disagreement shrinks by (kappa - 1) / (kappa + 1) a step, kappa =
lambda_n / lambda_2: the best of all constant step sizes, and of all symmetric weights where every
edge looks like every other (ring, hypercube, torus, complete, Petersen).
**Cost.** Both ends of the Laplacian spectrum: needs to know the whole network.
**Names.** Best constant edge weights, optimal first-order diffusion.

References
----------
.. [1] L. Xiao, S. Boyd, "Fast linear iterations for distributed averaging", Systems & Control Letters
       53 (2004) 65-78, doi:10.1016/j.sysconle.2004.02.022.

Examples
--------
>>> triangle = Network.from_edges(3, [0, 1, 2], [1, 2, 0])
>>> BestConstant().matrix(triangle).toarray().round(12)
array([[0.33333333, 0.33333333, 0.33333333],
       [0.33333333, 0.33333333, 0.33333333],
       [0.33333333, 0.33333333, 0.33333333]])
"""

import numpy as np
from numpy.typing import NDArray

from ..network import Network
from ..spectrum import spectrum
from . import Scheme

__all__ = ["BestConstant"]


class BestConstant(Scheme):
    """W = I - alpha L with the fastest alpha."""

    def neighbour_weights(self, network: Network) -> NDArray[np.float64]:
        """Return 2 / (lambda_2 + lambda_n) times the edge weights.

        Raises
        ------
        InputError
            If the network is disconnected.
        """
        self._require_connected(network)
        return spectrum(network).best_step * network.adjacency.data
