"""Shade your price as far as it pays when the other does the same.

**Tactic.** Of a good whose price may lie in [0, 1], a buyer to whom it is worth v bids ``v / (1 + k) + k (1 - k) / (2
(1 + k))``, and a seller whom it costs c asks ``c / (2 - k) + (1 - k) / 2``: with k = 1/2, 2v/3 + 1/12 and 2c/3 + 1/4.
Who could only lose names what it is worth to it. Other ranges of prices are scaled, and prices rounded to the grid in
one's own favour.
**Effect.** The linear equilibrium of the sealed double auction, if values and costs are drawn uniformly. With k = 1/2
they trade where v - c >= 1/4, and gain 27/32 of what there is: no procedure reaches more.
**Names.** Chatterjee-Samuelson strategies, linear Bayesian equilibrium, bid shading.

References
----------
.. [1] K. Chatterjee, W. Samuelson, "Bargaining under incomplete information", Operations Research 31 (1983) 835-851,
       doi:10.1287/opre.31.5.835.
.. [2] R. B. Myerson, M. A. Satterthwaite, "Efficient mechanisms for bilateral trading", Journal of Economic Theory 29
       (1983) 265-281, doi:10.1016/0022-0531(83)90048-0.
"""

from math import ceil, floor

from pydantic import Field

from ..bargaining import View
from ..profile import Profile
from . import Tactic

__all__ = ["ChatterjeeSamuelson"]

_ROUNDING = 1e-9


class ChatterjeeSamuelson(Tactic):
    """The linear equilibrium of the sealed double auction."""

    k: float = Field(0.5, ge=0, le=1, description="weight of the buyer's price in that of the deal")

    def bid(self, view: View) -> int:
        """Return the price that it names, by its number; what is no price it asks for as little of as it may."""
        profile = view.profile
        price = self._price(profile)
        return (
            price
            if profile.utilities[price] >= profile.reservation
            else int(profile.above(profile.reservation))
        )

    def _price(self, profile: Profile) -> int:
        k = self.k
        first, last = float(profile.utilities[0]), float(profile.utilities[-1])
        if first == last:  # it does not care
            return int(profile.order[0])
        worth = (first - profile.reservation) / (first - last)  # the price at which it gains nothing
        steps = len(profile) - 1
        if first > last:
            price = min(worth / (1 + k) + k * (1 - k) / (2 * (1 + k)), worth)
            return min(max(floor(price * steps + _ROUNDING), 0), steps)
        price = max(worth / (2 - k) + (1 - k) / 2, worth)
        return min(max(ceil(price * steps - _ROUNDING), 0), steps)
