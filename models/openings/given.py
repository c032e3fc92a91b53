"""Opinions given one by one, in the order of the nodes.

**Names.** Fixed initial condition.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ...agents.errors import InputError
from ..networks.network import Network
from . import Opening

__all__ = ["Given"]


class Given(Opening):
    """The opinions of a list."""

    values: tuple[float, ...] = Field(min_length=1, description="one opinion for each node")

    def opinions(self, network: Network, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return the list."""
        if len(self.values) != network.n:
            raise InputError(
                f"initial gives {len(self.values)} opinions, but {network.name} has {network.n} nodes; give one a node"
            )
        return np.array(self.values)
