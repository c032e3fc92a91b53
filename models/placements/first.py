"""Put the traitors on the first nodes.

**Rule.** The nodes of the least ids: 0, 1, 2 ... A protocol in which party 0 speaks first has a traitor in that place.
**Names.** Worst-case order of the faulty, faulty leaders.
"""

import numpy as np
from numpy.typing import NDArray

from ..networks.network import Network
from . import Placement

__all__ = ["First"]


class First(Placement):
    """The nodes of the least ids."""

    def candidates(self, network: Network, traitors: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Return one placement."""
        return np.arange(traitors, dtype=np.intp)[None, :]
