"""Put the traitors on the nodes with the most neighbours.

**Rule.** By degree, descending; equals by their ids, so the placement is the same in every replicate.
**Names.** Targeted attack, hubs first.

References
----------
.. [1] R. Albert, H. Jeong, A.-L. Barabasi, "Error and attack tolerance of complex networks", Nature 406
       (2000) 378-382, doi:10.1038/35019019.
"""

import numpy as np
from numpy.typing import NDArray

from ..networks.network import Network
from . import Placement

__all__ = ["HighestDegree"]


class HighestDegree(Placement):
    """Hubs first."""

    def candidates(self, network: Network, traitors: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Return the nodes of highest degree."""
        return np.argsort(-network.degrees, kind="stable")[None, :traitors].astype(np.intp)
