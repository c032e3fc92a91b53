"""Everybody has the same.

**Names.** Equal initial wealth, egalitarian start.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from . import Endowment

__all__ = ["Equal"]


class Equal(Endowment):
    """The same for all."""

    amount: float = Field(10.0, gt=0, description="what everybody has of each good")

    def build(self, n: int, goods: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return the amount everywhere."""
        return np.full((n, goods), self.amount)
