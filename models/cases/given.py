"""Units that are written down on the spot.

**Case.** What is given: for each unit its a, b, c, low and high, where P megawatts between low and high cost
a P^2 + b P + c an hour; and the demand.
**Names.** Custom, user-defined case.

Examples
--------
>>> Given(units=[(0.01, 2, 0, 0, 100), (0.02, 1, 0, 0, 100)], demand=120).build().high
array([100., 100.])
"""

from typing import Self

import numpy as np
from pydantic import Field, model_validator

from ..economic_dispatch import Units
from . import Case

__all__ = ["Given"]


class Given(Case):
    """Units of a list."""

    units: tuple[tuple[float, ...], ...] = Field(description="a, b, c, low and high of each unit")
    demand: float = Field(description="demand, MW")

    @model_validator(mode="after")
    def _can_be_met(self) -> Self:
        self.build()
        return self

    def build(self, rng: np.random.Generator | None = None) -> Units:
        """Return the units."""
        return Units.of(self.units, self.demand, "given")
