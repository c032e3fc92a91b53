"""The greatest sealed bid wins, and pays what it bid.

**Institution.** Sellers auction their units in turn, in an order drawn by lot. For each unit its seller names a reserve
price, and each buyer who can deal with it and still wants a unit makes one bid that no other buyer sees. The greatest
bid wins, of equal ones any, if it is at least the reserve. When a unit stays unsold it is the next seller's turn.
**Known.** With n bidders whose values are uniform on [0, 1] the equilibrium bid is (n-1)/n of the value, and the seller
gets (n-1)/(n+1) on average, as in a second-price auction [1]_.
**Names.** First-price sealed-bid auction, pay as bid, tender.

References
----------
.. [1] W. Vickrey, "Counterspeculation, auctions, and competitive sealed tenders", Journal of Finance 16 (1961) 8-37,
       doi:10.1111/j.1540-6261.1961.tb02789.x.

Examples
--------
>>> from accord.models import Market
>>> market = Market(institution="first-price", trader="truthful", periods=1, rng=1).run()
>>> market.deals[0].outcome  # truthful bids win nothing
3.25
"""

from . import SealedBids

__all__ = ["FirstPrice"]


class FirstPrice(SealedBids):
    """Pay what you bid."""

    def paid(self, bids: list[float], reserve: float) -> float:
        """Return the greatest bid."""
        return bids[0]
