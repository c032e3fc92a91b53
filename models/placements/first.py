"""Put the traitors on the first nodes.

**Rule.** The nodes of the least ids, but for the `after` very first: 0, 1, 2 ... A protocol in which party 0 speaks
first has a traitor in that place. Where parties 0..f are kings one after the other, ``first(after=1)`` leaves the
first reign to an honest one and the last to a traitor.
**Names.** Worst-case order of the faulty, faulty leaders; with ``after=1`` late kings.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ...agents.errors import InputError
from ..networks.network import Network
from . import Placement

__all__ = ["First"]


class First(Placement):
    """The nodes of the least ids."""

    after: int = Field(0, ge=0, description="number of nodes before them, which are honest")

    def candidates(self, network: Network, traitors: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Return one placement."""
        if self.after + traitors > network.n:
            raise InputError(
                f"placement={self}: {traitors} traitors after {self.after} others are more than the {network.n} nodes "
                f"of {network.name}; use after <= {network.n - traitors}"
            )
        return np.arange(self.after, self.after + traitors, dtype=np.intp)[None, :]
