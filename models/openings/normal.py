"""Opinions drawn from a normal distribution, independently.

**Names.** Noisy measurements of one quantity, the start of estimation by consensus.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..networks.network import Network
from . import Opening

__all__ = ["Normal"]


class Normal(Opening):
    """Independent normal opinions."""

    mean: float = Field(0.0, description="mean")
    sd: float = Field(1.0, gt=0, description="standard deviation")

    def opinions(self, network: Network, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return n draws."""
        return rng.normal(self.mean, self.sd, network.n)
