"""The greatest sealed bid wins, and pays the second.

**Institution.** Sellers auction their units in turn, in an order drawn by lot. For each unit its seller names a
reserve price, and each buyer who can deal with it and still wants a unit makes one bid that no other buyer sees. The
greatest bid wins, of equal ones any, if it is at least the reserve, and pays the second greatest, or the reserve
where that is more. When a unit stays unsold it is the next seller's turn.
**Known.** Of one unit it is best to bid what it is worth, whatever others do; with n bidders whose values are uniform
on [0, 1] the seller gets (n-1)/(n+1) on average, as in a first-price auction [1]_. A shill who bids just below the
winner takes the winner's gain.
**Names.** Vickrey auction, second-price sealed-bid auction.

References
----------
.. [1] W. Vickrey, "Counterspeculation, auctions, and competitive sealed tenders", Journal of Finance 16 (1961)
       8-37, doi:10.1111/j.1540-6261.1961.tb02789.x.

Examples
--------
>>> from accord.models import Market
>>> market = Market(institution="second-price", trader="truthful", periods=1, rng=1).run()
>>> market.deals[0].outcome  # the buyer at 3.25 pays what the next would have
3.0
"""

from . import SealedBids

__all__ = ["SecondPrice"]


class SecondPrice(SealedBids):
    """Pay what the next would have."""

    def paid(self, bids: list[float], reserve: float) -> float:
        """Return the second bid, or the reserve."""
        return max([reserve, *bids[1:2]])
