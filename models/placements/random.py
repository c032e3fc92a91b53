"""Put the traitors on nodes drawn at random, all equally likely.

**Rule.** The first `traitors` nodes of a random order. So with the same replicate, k traitors sit on k of the
k + 1 nodes that k + 1 traitors sit on.
**Names.** Uniform placement, random failures.
"""

import numpy as np
from numpy.typing import NDArray

from ..networks.network import Network
from . import Placement

__all__ = ["Random"]


class Random(Placement):
    """Random nodes."""

    def candidates(self, network: Network, traitors: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Return one draw without replacement."""
        if not traitors:  # a permutation of a million nodes takes as long as some steps
            return np.empty((1, 0), dtype=np.intp)
        return rng.permutation(network.n)[None, :traitors].astype(np.intp)
