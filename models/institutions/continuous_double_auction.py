"""Everybody may bid or ask at any time, and take what stands.

**Institution.** One trader after another, drawn by lot among those who have a unit left, names a price. It meets the
best standing quote of the other side, of equal ones the earliest, if its price is as good or better, and they deal at
the price that stood. Else, in open outcry, it stands itself if it is better than what stands on its side, and a deal
voids all quotes. With `clear` set to false there is an order book: every quote stands, in place of what its owner
quoted before, and a deal leaves those of others. On a network a quote stands for neighbours only. The period ends
after so many shouts as the scenario allows, or when nobody is left to buy or to sell.
**Known.** Even traders of zero intelligence come close to the greatest surplus [1]_, if there are shouts enough: with
few, gains are left.
**Names.** Continuous double auction, CDA, open outcry, limit order book (without `clear`).

References
----------
.. [1] D. K. Gode, S. Sunder, "Allocative efficiency of markets with zero-intelligence traders: market as a partial
       substitute for individual rationality", Journal of Political Economy 101 (1993) 119-137, doi:10.1086/261868.

Examples
--------
>>> from accord.models import Market
>>> market = Market(institution="continuous-double-auction", periods=1, rng=1).run()
>>> market.deals[0].ending
<Ending.AGREED: 'agreed'>
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..floor import Floor
from ..order_book import LocalBook, OrderBook
from . import Institution

__all__ = ["ContinuousDoubleAuction"]

_BLOCK = 1024  # shouts that are drawn at once, where nobody learns from them


class ContinuousDoubleAuction(Institution):
    """Shout and take."""

    clear: bool = Field(True, description="whether a deal voids all quotes that stand")

    def trade(self, floor: Floor) -> None:
        """Hear one shout after another."""
        buys = floor.buys.tolist()
        book: LocalBook | OrderBook = (
            LocalBook(buys, floor.tell, clear=self.clear)
            if floor.is_whispered
            else OrderBook(buys, clear=self.clear)
        )
        end = floor.shouted + floor.shouts
        while floor.shouted < end and floor.is_open:
            turns = _Turns(floor, 1 if floor.learns else min(_BLOCK, end - floor.shouted))
            at = 0
            while meeting := book.put(turns.parties, turns.prices, at):
                at, maker, price = meeting.at + 1, meeting.maker, meeting.price
                taker = turns.parties[meeting.at]
                floor.deal(taker, maker, price, makers=(maker,), at=floor.shouted + at)
                if not floor.is_open:
                    break
                for party in (taker, maker):
                    turns.renew(party, at)
            else:
                if floor.learns and not at:
                    floor.announce(turns.parties[0], turns.prices[0])
                at = len(turns.parties)
            floor.shouted += at


class _Turns:
    """Some traders in the order in which they shout, and their prices."""

    def __init__(self, floor: Floor, number: int) -> None:
        self._floor = floor
        self._order = self._drawn(number)
        self._luck = floor.luck(number)
        self.parties: list[int] = self._order.tolist()
        self.prices: list[float] = floor.prices(self._order, self._luck).tolist()

    def _drawn(self, number: int) -> NDArray[np.intp]:
        able = np.flatnonzero(~np.isnan(self._floor.limits))
        return able[self._floor.turns.integers(len(able), size=number)]

    def renew(self, party: int, start: int) -> None:
        """Note that a party has another unit from some turn on; if it has none, others have its turns."""
        at = start + np.flatnonzero(self._order[start:] == party)
        if not len(at):
            return
        if np.isnan(self._floor.limits[party]):
            self._order[at] = self._drawn(len(at))
        prices = self._floor.prices(self._order[at], self._luck[at]).tolist()
        for each, who, price in zip(at.tolist(), self._order[at].tolist(), prices, strict=True):
            self.parties[each], self.prices[each] = who, price
