"""Opinions drawn uniformly from an interval, independently.

**Names.** The usual start of opinion dynamics, U[0, 1].
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ...agents.errors import InputError
from ..networks.network import Network
from . import Opening

__all__ = ["Uniform"]


class Uniform(Opening):
    """Independent uniform opinions."""

    low: float = Field(0.0, description="lower end")
    high: float = Field(1.0, description="upper end")

    @model_validator(mode="after")
    def _ordered(self) -> "Uniform":
        if self.low >= self.high:
            raise InputError(f"low={self.low:g} must be less than high={self.high:g}")
        return self

    def opinions(self, network: Network, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return n draws."""
        return rng.uniform(self.low, self.high, network.n)
