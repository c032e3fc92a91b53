"""The five markets of Gode and Sunder's traders without intelligence: six buyers, six sellers.

**Valuation.** Each trader has several units, to be traded in their order, and prices are from 1 to 200. In markets 1 to
4 all buyers are alike, and all sellers. In market 5 three buyers and three sellers have six units each that should
trade, and the others seven that should not, by little. The schedules were read from the paper's figures by others; that
of market 5 is reconstructed from its surplus and quantity, as a staircase of 159 to 131 and of 96 to 124.
**Known.** If every unit is traded, 90.0, 90.0, 76.7 and 48.8 percent of the surplus are left in markets 1 to 4: just
what the paper reports of unconstrained traders [1]_, which makes these readings credible. In market 5 it is 86.7, and
the paper's number 86.0.
**Names.** ZI markets.

References
----------
.. [1] D. K. Gode, S. Sunder, "Allocative efficiency of markets with zero-intelligence traders: market as a partial
       substitute for individual rationality", Journal of Political Economy 101 (1993) 119-137, doi:10.1086/261868.

Examples
--------
>>> from accord.models.schedules import equilibrium
>>> found = equilibrium(GodeSunder(market=1).build())
>>> found.price, found.gainful, found.surplus
(82.0, 24, 1020.0)
"""

from typing import Final

import numpy as np
from pydantic import Field

from ..schedules import Schedules, Units
from . import Valuation

__all__ = ["GodeSunder"]

_EACH: Final = 6  # buyers, and sellers
_ALIKE: Final[dict[int, tuple[tuple[float, ...], tuple[float, ...]]]] = {
    1: ((102, 97, 92, 87, 82, 77), (34, 46, 58, 70, 82, 94)),
    2: ((117, 105, 93, 81, 69, 57), (49, 54, 59, 64, 69, 74)),
    3: ((133, 95, 90), (90, 95, 100)),
    4: ((180, 175, 170, 165, 160), (90, 142, 170, 190, 198)),
}
_STAIRS: Final = (159, 157, 156, 154, 152, 151, 149, 147, 146, 144, 143, 141, 139, 138, 136, 134, 133, 131)


def _units(market: int) -> tuple[Units, Units]:
    """Return what each unit is worth to each buyer, and what it costs each seller."""
    if market in _ALIKE:
        values, costs = _ALIKE[market]
        return (values,) * _EACH, (costs,) * _EACH
    takers = tuple(_STAIRS[first::3] for first in range(3))
    mirrored = tuple(tuple(255 - value for value in units) for units in takers)
    return (*takers, *((127.0,) * 7,) * 3), (*mirrored, *((131.0,) * 7,) * 3)


class GodeSunder(Valuation):
    """Six buyers and six sellers with several units each."""

    market: int = Field(1, ge=1, le=5, description="which of the five")

    def build(self, rng: np.random.Generator | None = None) -> Schedules:
        """Return the schedules; the generator is not used."""
        return Schedules(*_units(self.market), low=1.0, high=200.0, name=str(self))
