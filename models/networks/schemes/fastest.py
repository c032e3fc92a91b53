"""The symmetric weights with which averaging is fastest: a semidefinite program.

**Weights.** Those that minimise rho(W - J), the factor that disagreement keeps a step, over all symmetric W
on the network's edges with rows that sum to one; J has 1/n everywhere. Some weights may come out negative.
With `nonnegative` no entry of W is, the diagonal included: then W is also a Markov chain, the fastest mixing
one with uniform stationary distribution. Edge weights of the network are ignored: they are what is designed.
**Guarantee.** The average is conserved, and no symmetric weights converge faster: a dual bound proves the
rate optimal to 1e-6, usually to 1e-8.
**Cost.** Seconds for a few hundred nodes; refused above 2,000 nodes or 5,000 edges. Needs the whole network.
**Names.** Fastest distributed linear averaging (FDLA); fastest mixing Markov chain (FMMC) if nonnegative.

References
----------
.. [1] L. Xiao, S. Boyd, "Fast linear iterations for distributed averaging", Systems & Control Letters
       53 (2004) 65-78, doi:10.1016/j.sysconle.2004.02.022.
.. [2] S. Boyd, P. Diaconis, L. Xiao, "Fastest mixing Markov chain on a graph", SIAM Review 46 (2004)
       667-689, doi:10.1137/S0036144503423264.

Examples
--------
On a path the optimum is known: half to either neighbour.

>>> path = Network.from_edges(3, [0, 1], [1, 2])
>>> Fastest().matrix(path).toarray().round(6)
array([[0.5, 0.5, 0. ],
       [0.5, 0. , 0.5],
       [0. , 0.5, 0.5]])
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..design import design
from ..network import Network
from . import Scheme

__all__ = ["Fastest"]


class Fastest(Scheme):
    """The symmetric W with the smallest rho(W - J)."""

    nonnegative: bool = Field(
        False, description="allow no negative weight, neither for others nor for oneself"
    )

    def neighbour_weights(self, network: Network) -> NDArray[np.float64]:
        """Return the optimal weights.

        Raises
        ------
        InputError
            If the network is disconnected, or too large for the solver.
        """
        self._require_connected(network)
        return design(network, nonnegative="all" if self.nonnegative else None).neighbour_weights
