"""Institutions: how a market makes prices and deals of what traders say. One a file.

An institution runs a trading period on a `Floor`: it asks traders for their prices, and has deals made.
"""

from abc import ABC, abstractmethod

import numpy as np

from ...agents.catalogue import Catalogue
from ...agents.parameters import Parameters
from ..floor import Floor

__all__ = ["Institution", "SealedBids", "institutions"]


class Institution(Parameters, ABC):
    """How deals come about."""

    @abstractmethod
    def trade(self, floor: Floor) -> None:
        """Hold a trading period, from its opening to its close."""


class SealedBids(Institution):
    """Sellers auction their units in turn, each to those buyers who can deal with it and still want one.

    The order of the sellers is drawn by lot. For each of its units a seller names a reserve price, and each buyer
    makes one bid that no other buyer sees; the greatest bid wins, of equal ones any, if it is at least the reserve.
    When a unit stays unsold it is the next seller's turn.
    """

    @abstractmethod
    def paid(self, bids: list[float], reserve: float) -> float:
        """Return what the winner pays; bids are sorted, the greatest first, all at or above the reserve."""

    def trade(self, floor: Floor) -> None:
        """Hold all auctions."""
        for seller in floor.turns.permutation(np.flatnonzero(~floor.buys)).tolist():
            while floor.left(seller) and self._sold(floor, seller):
                pass

    def _sold(self, floor: Floor, seller: int) -> bool:
        ask = floor.price(seller)
        reserve = floor.tell(seller, ask)
        floor.shouted += 1
        floor.announce(seller, ask)
        asked = [each for each in floor.reach[seller] if floor.left(each) and each in reserve]
        bidders = floor.turns.permutation(np.array(asked, dtype=np.intp))
        bids = []
        for buyer, price in zip(bidders.tolist(), floor.prices(bidders).tolist(), strict=True):
            bid = floor.tell(buyer, price, aloud=False).get(seller, np.nan)
            floor.shouted += 1
            if bid >= reserve[buyer]:
                bids.append((bid, buyer))
        if not bids:
            return False
        bids.sort(key=lambda each: -each[0])
        winner = bids[0][1]
        floor.deal(winner, seller, self.paid([bid for bid, _ in bids], reserve[winner]), makers=(winner,))
        return True


institutions: Catalogue[type[Institution]] = Catalogue(__name__, "institution")
