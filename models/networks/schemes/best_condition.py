"""Edge weights whose Laplacian is best conditioned, at their best step size: a semidefinite program.

**Weights.** Those that minimise kappa = lambda_n / lambda_2 of the weighted Laplacian L(w), scaled by the
step size 2 / (lambda_2 + lambda_n). With `nonnegative` no edge weight is negative (one's own may be).
Edge weights of the network are ignored: they are what is designed.
**Guarantee.** The average is conserved. Since kappa does not change with scale, and at the best scale
rho = (kappa - 1) / (kappa + 1), the smallest kappa gives the smallest rho: without a sign condition these
are the `fastest` weights, exactly. With `nonnegative`, rho lies between those of `fastest` without and
with it.
**Cost.** As `fastest`: seconds for a few hundred nodes, refused above 2,000 nodes or 5,000 edges.
**Names.** Minimal condition number of the Laplacian, optimal synchronisability (eigenratio).

References
----------
.. [1] S. Boyd, "Convex optimization of graph Laplacian eigenvalues", Proceedings of the International
       Congress of Mathematicians, Madrid (2006) 1311-1319, doi:10.4171/022-3/63.

Examples
--------
A star is as well conditioned with equal weights as with any others; the hub then gives away more than it has.

>>> star = Network.from_edges(8, [0] * 7, range(1, 8))
>>> W = BestCondition(nonnegative=True).matrix(star)
>>> W.toarray()[0].round(6)
array([-0.555556,  0.222222,  0.222222,  0.222222,  0.222222,  0.222222,
        0.222222,  0.222222])
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..design import design
from ..network import Network
from . import Scheme

__all__ = ["BestCondition"]


class BestCondition(Scheme):
    """The W = I - L(w) whose L(w) has the smallest condition number."""

    nonnegative: bool = Field(False, description="allow no negative edge weight")

    def neighbour_weights(self, network: Network) -> NDArray[np.float64]:
        """Return the optimal weights, at the best scale.

        Raises
        ------
        InputError
            If the network is disconnected, or too large for the solver.
        """
        self._require_connected(network)
        return design(network, nonnegative="edges" if self.nonnegative else None).neighbour_weights
