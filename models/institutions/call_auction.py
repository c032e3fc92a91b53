"""All hand in sealed orders; the market is cleared once, at one price.

**Institution.** For each unit everybody hands in an order that nobody else sees. As many units trade as there are
bids that match asks, best with best, all at one price: of the prices at which as much is wanted as is offered, `k` of
the way from the least to the greatest. Of equal orders those come first that lots put first. On a network there is no
one price: from the greatest down, each bid is matched with the least ask among its neighbours', and the pair deals
`k` of the way from the ask to the bid.
**Known.** With true orders it is the competitive equilibrium. A party's own gain from lying about its value falls
quickly with the number of traders [1]_; of two, it is the sealed-bid double auction of Chatterjee and Samuelson.
**Names.** Clearing house, k-double auction, sealed-bid double auction, uniform-price auction, Walrasian auctioneer.

References
----------
.. [1] A. Rustichini, M. A. Satterthwaite, S. R. Williams, "Convergence to efficiency in a simple market with
       incomplete information", Econometrica 62 (1994) 1041-1063, doi:10.2307/2951506.

Examples
--------
>>> from accord.models import Market
>>> market = Market(institution="call-auction", trader="truthful", periods=1, rng=1).run()
>>> {deal.outcome for deal in market.deals}, market.outcome()["efficiency"]
({2.0}, 1.0)
"""

import numpy as np
from pydantic import Field

from ..floor import Floor
from . import Institution

__all__ = ["CallAuction"]

Order = tuple[float, int]  # price and owner


class CallAuction(Institution):
    """Clear the market once."""

    k: float = Field(
        0.5, ge=0, le=1, description="where the price lies, from the sellers' worst to their best"
    )

    def trade(self, floor: Floor) -> None:
        """Collect orders and clear."""
        units = [floor.left(node) for node in range(len(floor.buys))]
        owners = np.repeat(np.arange(len(units)), list(map(len, units)))
        limits = np.concatenate(units)
        prices = floor.prices(owners, limits=limits).tolist()
        lots = floor.turns.permutation(len(owners)).tolist()
        orders = [(floor.seal(int(owners[at]), prices[at]), int(owners[at])) for at in lots]
        orders = [each for each in orders if each[0] == each[0]]
        floor.shouted += len(orders)
        bids = sorted((each for each in orders if floor.buys[each[1]]), key=lambda each: -each[0])
        asks = sorted((each for each in orders if not floor.buys[each[1]]), key=lambda each: each[0])
        (self._clear if floor.public else self._pair)(floor, bids, asks)

    def _clear(self, floor: Floor, bids: list[Order], asks: list[Order]) -> None:
        traded = sum(bid[0] >= ask[0] for bid, ask in zip(bids, asks, strict=False))
        if not traded:
            return
        low = max([asks[traded - 1][0], *(bid for bid, _ in bids[traded : traded + 1])])
        high = min([bids[traded - 1][0], *(ask for ask, _ in asks[traded : traded + 1])])
        price = np.round(low + self.k * (high - low))
        for (_, buyer), (_, seller) in zip(bids[:traded], asks[:traded], strict=True):
            floor.deal(buyer, seller, price, makers=(buyer, seller))

    def _pair(self, floor: Floor, bids: list[Order], asks: list[Order]) -> None:
        for bid, buyer in bids:
            near = floor.reach[buyer]
            found = next((each for each in asks if each[1] in near), None)
            if found is not None and found[0] <= bid:
                asks.remove(found)
                ask, seller = found
                floor.deal(buyer, seller, np.round(ask + self.k * (bid - ask)), makers=(buyer, seller))
