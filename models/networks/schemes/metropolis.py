"""Each pair of neighbours settles its weight between the two of them, by the busier one.

**Weights.** a_ij / (a_ij + max(d_i, d_j)) to neighbour j, or a_ij / max(d_i, d_j) without `plus_one`; d_i is
the degree, on weighted networks the strength (sum of edge weights at the node). With unit weights this is
1 / (1 + max(d_i, d_j)).
**Guarantee.** The average is conserved and no weight is negative. With `plus_one`, averaging converges on
every connected network. Without, it is faster, but on regular bipartite networks (even rings,
hypercubes, K_{p,p}) it oscillates for ever.
**Cost.** Everybody has to know the neighbours' degrees, and nothing else of the network.
**Names.** Metropolis-Hastings weights, local-degree weights: the Markov chain that proposes a neighbour and
accepts so that the stationary distribution is uniform.

References
----------
.. [1] L. Xiao, S. Boyd, S. Lall, "Distributed average consensus with time-varying Metropolis weights",
       manuscript (2006), https://stanford.edu/~boyd/papers/avg_metropolis.html (with the 1).
.. [2] S. Boyd, P. Diaconis, L. Xiao, "Fastest mixing Markov chain on a graph", SIAM Review 46 (2004)
       667-689, doi:10.1137/S0036144503423264 (without).

Examples
--------
>>> path = Network.from_edges(3, [0, 1], [1, 2])
>>> Metropolis(plus_one=False).matrix(path).toarray()
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

__all__ = ["Metropolis"]


class Metropolis(Scheme):
    """w_ij = 1 / (1 + max(d_i, d_j))."""

    plus_one: bool = Field(
        True, description="1/(1 + max(d_i, d_j)), which always converges, rather than 1/max(d_i, d_j)"
    )

    def neighbour_weights(self, network: Network) -> NDArray[np.float64]:
        """Return the edge weights over the larger strength of the two ends."""
        edges, strength = network.adjacency.data, strengths(network)
        busier = np.maximum(np.repeat(strength, network.degrees), strength[network.indices])
        if self.plus_one:
            busier += edges
        given: NDArray[np.float64] = np.divide(edges, busier, out=busier)
        return given
