"""Adapt a profit margin to the prices that are heard.

**Trader.** Each party asks for its limit and a margin on top. Whatever is quoted or dealt moves the margin a little
towards a target near that price, with momentum: up if the party could have got more, down if it is losing out to
others on its side, or if a deal was made that it could not have made. Margins never turn into losses. Rates are drawn
for each party: `rate` of learning, `momentum`, first `margin`. A target is the price heard, changed by a factor of up
to 1 + `spread` and by up to `nudge` ticks, up or down.
**Known.** Prices converge to the equilibrium where those of zero intelligence do not: with flat supply, with demand
or supply in excess [1]_.
**Names.** ZIP, zero intelligence plus.

References
----------
.. [1] D. Cliff, "Minimal-intelligence agents for bargaining behaviors in market-based environments",
       Hewlett-Packard Laboratories technical report HPL-97-91, 1997.

Examples
--------
>>> import numpy as np
>>> from accord.agents.traders import Asked, Seats
>>> seats = Seats(np.array([True, False]), 0, 100)
>>> mind = Zip(margin=(0.1, 0.1)).mind(seats, np.random.default_rng(1))
>>> mind.prices(Asked(np.arange(2), seats.buys, np.array([80.0, 50.0]), 0, 100, np.zeros(2)))
array([72., 55.])
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ..errors import InputError
from . import ROUNDING, Asked, Mind, Seats, Shout, Trader, whole

__all__ = ["Zip"]

Values = NDArray[np.float64]


class Zip(Trader):
    """Learn a margin."""

    rate: tuple[float, float] = Field((0.1, 0.5), description="learning rates: uniform between these")
    momentum: tuple[float, float] = Field((0.0, 0.1), description="momenta: uniform between these")
    margin: tuple[float, float] = Field((0.05, 0.35), description="first margins: uniform between these")
    spread: float = Field(0.05, ge=0, lt=1, description="greatest relative distance of a target from a price")
    nudge: float = Field(
        0.05, ge=0, description="greatest distance of a target from a price on top, in ticks"
    )

    @model_validator(mode="after")
    def _ordered(self) -> "Zip":
        for name in ("rate", "momentum", "margin"):
            low, high = getattr(self, name)
            if not 0 <= low <= high <= 1:
                raise InputError(
                    f"{name}=[{low:g}, {high:g}]: give two numbers from 0 to 1, the lesser first"
                )
        return self

    def mind(self, seats: Seats, rng: np.random.Generator) -> Mind:
        """Return margins, drawn for each party."""
        return _Margins(self, seats, rng)


class _Margins:
    """Margins of all parties; a buyer's is negative."""

    def __init__(self, trader: Zip, seats: Seats, rng: np.random.Generator) -> None:
        self._spread, self._nudge, self._rng = trader.spread, trader.nudge, rng
        self._sign = np.where(seats.buys, -1.0, 1.0)
        n = seats.n
        self._rates = rng.uniform(*trader.rate, n)
        self._momenta = rng.uniform(*trader.momentum, n)
        self._margins = rng.uniform(*trader.margin, n) * self._sign
        self._moving = np.zeros(n)
        self._limits = np.zeros(n)  # of those who have no unit left the last: they learn on

    def prices(self, asked: Asked) -> Values:
        return whole(asked.limits * (1 + self._margins[asked.parties]), asked)

    def hear(self, shout: Shout) -> None:
        np.copyto(self._limits, shout.limits, where=~np.isnan(shout.limits))
        at = shout.hearers
        sign, limits = self._sign[at], self._limits[at]
        prices = limits * (1 + self._margins[at])
        # positive where the party asks, in whole ticks, for more than was quoted
        more = np.ceil(sign * prices - ROUNDING) - sign * shout.price
        raised = (more <= 0) & shout.taken
        rivals = (sign < 0) == shout.bid
        lowered = rivals & (more >= 0) & ~np.isnan(shout.limits[at])
        moved = (raised | lowered) & (limits > 0)
        up = np.where(raised, sign, -sign)
        factor, term = self._rng.random((2, len(sign)))
        target = shout.price * (1 + up * self._spread * factor) + up * self._nudge * term
        momenta = self._momenta[at]
        step = momenta * self._moving[at] + (1 - momenta) * self._rates[at] * (target - prices)
        margins = (prices + step) / np.where(moved, limits, 1.0) - 1
        margins = np.where(sign > 0, np.maximum(margins, 0), np.clip(margins, -1, 0))
        self._moving[at] = np.where(moved, step, self._moving[at])
        self._margins[at] = np.where(moved, margins, self._margins[at])
