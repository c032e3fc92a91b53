"""Put the traitors on the last nodes.

**Rule.** The nodes of the greatest ids. Whoever speaks for all by a low id, as a sender or a king, is honest then.
**Names.** Faulty followers.
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
