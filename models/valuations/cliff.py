"""Markets in which traders without wits miss the equilibrium, and one in which they find it by symmetry.

**Valuation.** Traders of one unit, prices up to 400, and an equilibrium price of 200 throughout. Symmetric: two
straight lines that mirror each other. Flat supply: the same demand, and every seller's cost is 200. Excess demand:
twice as many buyers, for whom the good is worth 200, as sellers, whom it costs 50. Excess supply: half as many buyers,
for whom it is worth 320, as sellers, whom it costs 200.
**Known.** Where one bid and one ask of constrained traders happen to be the same, the price is 200, 233.3, 125 and 260
on average [1]_. The schedules are reconstructed so as to give just these numbers.
**Names.** Box markets, asymmetric supply and demand.

References
----------
.. [1] D. Cliff, "Minimal-intelligence agents for bargaining behaviors in market-based environments", Hewlett-Packard
       Laboratories technical report HPL-97-91, 1997.

Examples
--------
>>> from accord.models.schedules import equilibrium
>>> [equilibrium(Cliff(kind).build()).price for kind in ("symmetric", "flat-supply", "excess-demand", "excess-supply")]
[200.0, 200.0, 200.0, 200.0]
"""

from typing import Final, Literal

import numpy as np
from pydantic import Field

from ..schedules import Schedules
from . import Valuation

__all__ = ["Cliff"]

_MOST: Final = 24  # traders on the longer side
_LINE: Final = tuple(296.0 - 8 * step for step in range(_MOST))  # demand, through 200
_UNITS: Final[dict[str, tuple[tuple[float, ...], tuple[float, ...]]]] = {
    "symmetric": (_LINE, tuple(400 - value for value in _LINE)),
    "flat-supply": (_LINE, (200.0,) * _MOST),
    "excess-demand": ((200.0,) * _MOST, (50.0,) * (_MOST // 2)),
    "excess-supply": ((320.0,) * (_MOST // 2), (200.0,) * _MOST),
}


class Cliff(Valuation):
    """An equilibrium price of 200, and schedules that are symmetric or not."""

    kind: Literal["symmetric", "flat-supply", "excess-demand", "excess-supply"] = Field(
        "symmetric", description="how supply and demand lie to each other"
    )

    def build(self, rng: np.random.Generator | None = None) -> Schedules:
        """Return the schedules; the generator is not used."""
        values, costs = (tuple((unit,) for unit in units) for units in _UNITS[self.kind])
        return Schedules(values, costs, low=0.0, high=400.0, name=str(self))
