"""What everybody has of each good is drawn uniformly from an interval, independently.

**Names.** Random endowments, random initial wealth.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ...agents.errors import InputError
from . import Endowment

__all__ = ["Uniform"]


class Uniform(Endowment):
    """Independent uniform amounts."""

    low: float = Field(1.0, ge=0, description="lower end")
    high: float = Field(10.0, description="upper end")

    @model_validator(mode="after")
    def _ordered(self) -> "Uniform":
        if self.low >= self.high:
            raise InputError(f"low={self.low:g} must be less than high={self.high:g}")
        return self

    @property
    def is_random(self) -> bool:
        """Always."""
        return True

    def build(self, n: int, goods: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return the draws."""
        return rng.uniform(self.low, self.high, (n, goods))
