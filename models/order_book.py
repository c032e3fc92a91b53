"""The order book: which quotes stand, and which of them an order meets.

An order meets the best standing quote of the other side, of equal ones the earliest (price-time priority), if its own
price is as good or better; the deal is made at the price that stood. Else it stands itself, in place of what its owner
quoted before. Where a deal clears the book, as in open outcry, a quote stands only if it is better than what stands on
its side. `OrderBook` is for a public market, where everybody sees every quote; `LocalBook` for one in which each quote
is told to some, and perhaps not the same to all.
"""

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import NamedTuple

__all__ = ["LocalBook", "Meeting", "OrderBook"]


class Meeting(NamedTuple):
    """An order that met a standing quote.

    Parameters
    ----------
    at
        Which of the orders it was.
    maker
        Who made the quote that stood.
    price
        Its price.
    """

    at: int
    maker: int
    price: float


class OrderBook:
    """Quotes that everybody sees.

    Parameters
    ----------
    buys
        Whether each owner buys; else it sells.
    clear
        Whether a deal removes all quotes, and quotes must improve.

    Examples
    --------
    >>> book = OrderBook([True, False, False])
    >>> book.put([1, 2, 0], [50.0, 40.0, 60.0])
    Meeting(at=2, maker=2, price=40.0)
    >>> book.put([0], [60.0])
    Meeting(at=0, maker=1, price=50.0)
    """

    def __init__(self, buys: Sequence[bool], *, clear: bool = False) -> None:
        self._buys, self._clear = list(buys), clear
        # by owner, of equal ones the earliest first: finding the best anew takes long, but is seldom needed
        self._asks: dict[int, float] = {}
        self._bids: dict[int, float] = {}
        self._ask, self._bid = inf, -inf

    def put(self, owners: Sequence[int], prices: Sequence[float], start: int = 0) -> Meeting | None:
        """Take orders one after another, from the one at `start` on, until one meets a quote; neither then stands.

        Orders at NaN are none.
        """
        # the loop that markets spend their time in: each side is written out, and looks up no attributes
        buys, clear, asks, bids = self._buys, self._clear, self._asks, self._bids
        ask, bid = self._ask, self._bid
        for at in range(start, len(owners)):
            price, owner = prices[at], owners[at]
            if buys[owner]:
                if price >= ask:
                    return self._met(at, owner, asks, ask, bid)
                if price > bid:
                    bids[owner] = bid = price
                elif not clear and price == price:
                    before = bids.pop(owner, None)
                    bids[owner] = price
                    if before == bid:
                        bid = max(bids.values())
            else:
                if price <= bid:
                    return self._met(at, owner, bids, ask, bid)
                if price < ask:
                    asks[owner] = ask = price
                elif not clear and price == price:
                    before = asks.pop(owner, None)
                    asks[owner] = price
                    if before == ask:
                        ask = min(asks.values())
        self._ask, self._bid = ask, bid
        return None

    def _met(self, at: int, taker: int, quotes: dict[int, float], ask: float, bid: float) -> Meeting:
        price = ask if quotes is self._asks else bid
        maker = next(owner for owner, quote in quotes.items() if quote == price)
        if self._clear:
            self._asks.clear()
            self._bids.clear()
        else:
            del quotes[maker]
            (self._bids if quotes is self._asks else self._asks).pop(taker, None)
        self._ask = min(self._asks.values(), default=inf)
        self._bid = max(self._bids.values(), default=-inf)
        return Meeting(at, maker, price)


class LocalBook:
    """Quotes that are told to some.

    An order meets a quote of the other side whose owner was told of the order, and told the order's owner of it.

    Parameters
    ----------
    buys
        Whether each owner buys; else it sells.
    tell
        To whom an owner tells a price, and what price it tells to each.
    clear
        Whether a deal removes all quotes, and a quote stands for those only to whom nobody told as good a one.

    Examples
    --------
    >>> book = LocalBook([True, True, False], lambda owner, price: {2: price} if owner < 2 else {0: 70.0, 1: 40.0})
    >>> book.put([2, 0, 1], [50.0, 60.0, 60.0])
    Meeting(at=2, maker=2, price=40.0)
    """

    def __init__(
        self,
        buys: Sequence[bool],
        tell: Callable[[int, float], Mapping[int, float]],
        *,
        clear: bool = False,
    ) -> None:
        self._buys, self._tell, self._clear = list(buys), tell, clear
        self._standing: dict[int, Mapping[int, float]] = {}  # by owner, the earliest first
        self._best: dict[int, float] = {}  # that each was told, by anybody on the other side

    def put(self, owners: Sequence[int], prices: Sequence[float], start: int = 0) -> Meeting | None:
        """Take orders one after another, from the one at `start` on, until one meets a quote; neither then stands.

        Orders at NaN are none.
        """
        for at in range(start, len(owners)):
            if prices[at] != prices[at]:
                continue
            owner = owners[at]
            told = self._tell(owner, prices[at])
            before = self._standing.pop(owner, {})
            meeting = self._met(at, owner, told)
            if meeting is None:
                self._standing[owner] = {**before, **self._improved(owner, told)} if self._clear else told
                continue
            if self._clear:
                self._standing.clear()
                self._best.clear()
            else:
                del self._standing[meeting.maker]
            return meeting
        return None

    def _met(self, at: int, owner: int, told: Mapping[int, float]) -> Meeting | None:
        """Return whose quote an order meets, if it does."""
        sign = 1 if self._buys[owner] else -1
        best = None
        for maker, quote in self._standing.items():
            if self._buys[maker] == self._buys[owner] or maker not in told or owner not in quote:
                continue
            price = quote[owner]
            if sign * price <= sign * told[maker] and (best is None or sign * price < sign * best.price):
                best = Meeting(at, maker, price)
        return best

    def _improved(self, owner: int, told: Mapping[int, float]) -> Mapping[int, float]:
        """Return what is better than all that those who are told it were told before, and note it."""
        sign = 1 if self._buys[owner] else -1
        better = {
            hearer: price
            for hearer, price in told.items()
            if self._buys[hearer] != self._buys[owner]
            and (hearer not in self._best or sign * price > sign * self._best[hearer])
        }
        self._best.update(better)
        return better
