"""Try several placements and keep the one that does most harm.

**Rule.** Draw `draws` placements by another rule, run each of them to its end with the same luck, and keep the
one whose verdict is worst: most properties violated, then the greatest final disagreement.
**Names.** Adversarial placement by random search; a lower bound on the worst case.
**Cost.** `draws` runs instead of one, side by side.
"""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..networks.network import Network
from . import Placement, placements

__all__ = ["Worst"]


class Worst(Placement):
    """The most harmful of several draws."""

    draws: int = Field(10, ge=1, le=10_000, description="placements to try")
    of: Annotated[Placement, *placements.choice] = placements.option("random", "placement to draw them by")

    def candidates(self, network: Network, traitors: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Return all candidates, one a row."""
        if not traitors:
            return self.of.candidates(network, traitors, rng)
        return np.concatenate([self.of.candidates(network, traitors, rng) for _ in range(self.draws)])
