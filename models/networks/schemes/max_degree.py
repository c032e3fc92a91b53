"""The same step size along every edge, small enough for the busiest party.

**Weights.** a_ij / (1 + d_max) to neighbour j, or a_ij / d_max without `plus_one`. On weighted networks
d_max is the largest strength (sum of edge weights at a node) and the 1 is the largest edge weight, so
that the unit of weight does not matter.
**Guarantee.** The average is conserved and no weight is negative. With `plus_one`, averaging converges on
every connected network. Without, it is faster, but on regular bipartite networks (even rings,
hypercubes, K_{p,p}) it oscillates for ever.
**Cost.** Everybody has to know the largest degree of the network.
**Names.** Maximum-degree weights, 1/d_max in Xiao and Boyd [1]_; 1/(1 + d_max) counts oneself among one's
neighbours.

References
----------
.. [1] L. Xiao, S. Boyd, "Fast linear iterations for distributed averaging", Systems & Control Letters
       53 (2004) 65-78, doi:10.1016/j.sysconle.2004.02.022.

Examples
--------
>>> path = Network.from_edges(3, [0, 1], [1, 2])
>>> MaxDegree(plus_one=False).matrix(path).toarray()
array([[0.5, 0.5, 0. ],
       [0.5, 0. , 0.5],
       [0. , 0.5, 0.5]])
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..laplacian import strengths
from ..network import Network
from . import Scheme

__all__ = ["MaxDegree"]


class MaxDegree(Scheme):
    """W = I - L / (1 + d_max)."""

    plus_one: bool = Field(
        True, description="1/(1 + d_max), which always converges, rather than 1/d_max, which may not"
    )

    def neighbour_weights(self, network: Network) -> NDArray[np.float64]:
        """Return the edge weights over the largest strength."""
        edges = network.adjacency.data
        most = strengths(network).max() + (edges.max() if self.plus_one else 0.0)
        shares: NDArray[np.float64] = edges / most
        return shares
