"""Everybody trusts itself and its neighbours equally.

**Weights.** 1 / (1 + d_i) to each of one's d_i neighbours and to oneself. On weighted networks one still
keeps 1 / (1 + d_i) for oneself, and the neighbours share the rest in proportion to the edge weights.
**Guarantee.** Agreement on every connected network, but **not on the average**: who has many neighbours
counts for more, party i in proportion to 1 + d_i (on unweighted networks). No weight is negative.
**Cost.** Everybody needs to know its own degree only.
**Names.** Equal-neighbour weights, DeGroot averaging with equal trust, Vicsek-type averaging.

References
----------
.. [1] M. H. DeGroot, "Reaching a consensus", Journal of the American Statistical Association 69 (1974)
       118-121, doi:10.1080/01621459.1974.10480137.
.. [2] A. Jadbabaie, J. Lin, A. S. Morse, "Coordination of groups of mobile autonomous agents using nearest
       neighbor rules", IEEE Transactions on Automatic Control 48 (2003) 988-1001,
       doi:10.1109/TAC.2003.812781.

Examples
--------
>>> path = Network.from_edges(3, [0, 1], [1, 2])
>>> Uniform().matrix(path).toarray().round(3)
array([[0.5  , 0.5  , 0.   ],
       [0.333, 0.333, 0.333],
       [0.   , 0.5  , 0.5  ]])
"""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ..laplacian import strengths
from ..network import Network
from . import Scheme

__all__ = ["Uniform"]


class Uniform(Scheme):
    """w_ij = 1 / (1 + d_i)."""

    is_symmetric: ClassVar[bool] = False
    conserves_average: ClassVar[bool] = False

    def neighbour_weights(self, network: Network) -> NDArray[np.float64]:
        """Return d_i / (1 + d_i), shared in proportion to the edge weights."""
        degrees = network.degrees
        share = degrees / ((1.0 + degrees) * np.where(degrees > 0, strengths(network), 1.0))
        given: NDArray[np.float64] = network.adjacency.data * np.repeat(share, degrees)
        return given
