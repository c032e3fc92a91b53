"""Sellers post prices; buyers come one after another and take the best or leave it.

**Institution.** Each seller posts a price for its next unit. Buyers come in an order drawn by lot, once for each unit
that they want, and take the cheapest unit that they see, of equal ones any, if its price is no more than what they
would name themselves. Whoever sold a unit posts a price for the next.
**Known.** Prices tend to be above those of a double auction, and less of the surplus is made [1]_.
**Names.** Posted-offer market, retail market, take it or leave it.

References
----------
.. [1] C. R. Plott, V. L. Smith, "An experimental examination of two exchange institutions", Review of Economic Studies
       45 (1978) 133-153, doi:10.2307/2297090.

Examples
--------
>>> from accord.models import Market
>>> market = Market(institution="posted-prices", trader="truthful", periods=1, rng=1).run()
>>> market.deals[0].outcome  # the cheapest unit, at its cost
0.75
"""

from collections.abc import Mapping

import numpy as np

from ..floor import Floor
from . import Institution

__all__ = ["PostedPrices"]


class PostedPrices(Institution):
    """Take it or leave it."""

    def trade(self, floor: Floor) -> None:
        """Have prices posted, and buyers come."""
        sellers = floor.turns.permutation(np.flatnonzero(~floor.buys)).tolist()
        posted = {seller: self._post(floor, seller) for seller in sellers}
        visits = [buyer for buyer in np.flatnonzero(floor.buys).tolist() for _ in floor.left(buyer)]
        for buyer in floor.turns.permutation(np.array(visits)).tolist():
            if not floor.left(buyer):
                continue
            offers = [(told[buyer], seller) for seller, told in posted.items() if buyer in told]
            willing = floor.tell(buyer, floor.price(buyer))
            floor.shouted += 1
            suitable = [(price, seller) for price, seller in offers if willing.get(seller, -np.inf) >= price]
            if suitable:
                price, seller = min(suitable, key=lambda each: each[0])
                floor.deal(buyer, seller, price, makers=(seller,))
                posted[seller] = self._post(floor, seller)

    def _post(self, floor: Floor, seller: int) -> Mapping[int, float]:
        """Return what price a seller tells to whom; nobody once it has sold out."""
        price = floor.price(seller)
        if price != price:
            return {}
        floor.shouted += 1
        told = floor.tell(seller, price)
        floor.announce(seller, price)
        return told
