"""Values and costs drawn uniformly from one interval, independently.

**Valuation.** Each buyer draws what so many units are worth to it, each seller what so many cost it.
**Known.** With many traders of one unit, as many buyers as sellers, half of all units trade at the interval's middle,
and the greatest surplus is a quarter of the interval's width for each unit that trades.
**Names.** U[0, 1], the usual random market.

Examples
--------
>>> schedules = Uniform(buyers=3, sellers=2, units=2).build(np.random.default_rng(1))
>>> schedules.buyers, schedules.sellers, len(schedules.values[0])
(3, 2, 2)
"""

import numpy as np
from pydantic import Field, model_validator

from ...agents.errors import InputError
from ..schedules import Schedules
from . import Valuation

__all__ = ["Uniform"]

_MOST_UNITS = 10_000_000


class Uniform(Valuation):
    """Independent uniform values and costs."""

    buyers: int = Field(10, ge=1, description="number of buyers")
    sellers: int = Field(10, ge=1, description="number of sellers")
    units: int = Field(1, ge=1, description="units that each may buy or sell")
    low: float = Field(0.0, description="lower end, and least price that can be named")
    high: float = Field(100.0, description="upper end, and greatest price that can be named")

    @model_validator(mode="after")
    def _ordered(self) -> "Uniform":
        if self.low >= self.high:
            raise InputError(f"low={self.low:g} must be less than high={self.high:g}")
        units = (self.buyers + self.sellers) * self.units
        if units > _MOST_UNITS:
            raise InputError(
                f"{units:,} units are more than the {_MOST_UNITS:,} that a market may have; use fewer traders or units"
            )
        return self

    @property
    def is_random(self) -> bool:
        """True."""
        return True

    def build(self, rng: np.random.Generator | None = None) -> Schedules:
        """Return a draw."""
        rng = np.random.default_rng(rng)
        worth = rng.uniform(self.low, self.high, (self.buyers + self.sellers, self.units)).tolist()
        units = tuple(map(tuple, worth))
        return Schedules(units[: self.buyers], units[self.buyers :], self.low, self.high, str(self))
