"""Put the traitors on the last nodes.

**Rule.** The nodes of the greatest ids. A protocol in which parties take turns by their ids has its traitors' turns at
the end.
**Names.** Worst-case order of the faulty, late kings.
"""

import numpy as np
from numpy.typing import NDArray

from ..networks.network import Network
from . import Placement

__all__ = ["Last"]


class Last(Placement):
    """The nodes of the greatest ids."""

    def candidates(self, network: Network, traitors: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Return one placement."""
        return np.arange(network.n - traitors, network.n, dtype=np.intp)[None, :]
