"""Name the price that promises most, judging by what was taken before.

**Trader.** How likely a price is to be taken is judged by the shouts since the `memory` last deals: an ask at some
price by how many asks at that price or above were taken, how many bids there were at it or above, and how many asks
at it or below were left; a bid likewise. A standing offer of the other side is taken for sure; one that does not
improve on the own side's is not. Between the prices that were heard the belief is a smooth curve. The price named is
the one with the greatest expected gain.
**Known.** Prices converge to the equilibrium within a few trading periods, and nearly all gains are made [1]_.
**Names.** GD, belief learning, heuristic belief learning.

References
----------
.. [1] S. Gjerstad, J. Dickhaut, "Price formation in double auctions", Games and Economic Behavior 22 (1998) 1-29,
       doi:10.1006/game.1997.0576.

Examples
--------
>>> import numpy as np
>>> from accord.agents.traders import Asked, Seats, Shout
>>> seats = Seats(np.array([True, False]), 0, 100)
>>> mind = GjerstadDickhaut().mind(seats, np.random.default_rng(1))
>>> limits = np.array([80.0, 20.0])
>>> mind.hear(Shout(party=1, bid=False, price=50.0, taken=False, hearers=slice(None), limits=limits))
>>> mind.prices(Asked(np.arange(1), seats.buys[:1], limits[:1], 0, 100, np.zeros(1)))  # may do better
array([37.])
"""

from collections import deque
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from . import Asked, Mind, Seats, Shout, Trader, whole

__all__ = ["GjerstadDickhaut"]

Values = NDArray[np.float64]

_POINTS = np.linspace(0, 1, 9)[:-1]  # at which the belief between two prices is looked up
_SMOOTH = _POINTS**2 * (3 - 2 * _POINTS)  # from 0 to 1, level at both ends


class GjerstadDickhaut(Trader):
    """Maximise the expected gain."""

    memory: int = Field(5, ge=1, description="deals that are remembered, with the shouts between them")

    def mind(self, seats: Seats, rng: np.random.Generator) -> Mind:
        """Return empty memories."""
        return _Beliefs(self, seats)


class _Beliefs:
    """What each party remembers; where everybody hears everything, it is the same memory."""

    def __init__(self, trader: GjerstadDickhaut, seats: Seats) -> None:
        def empty() -> _Memory:
            return _Memory(trader.memory, seats.low, seats.high)

        self._memories = [empty()] * seats.n if seats.public else [empty() for _ in range(seats.n)]
        self._shared = seats.public

    def prices(self, asked: Asked) -> Values:
        named = [
            self._memories[party].best(limit, buys)
            for party, limit, buys in zip(
                asked.parties.tolist(), asked.limits.tolist(), asked.buys.tolist(), strict=True
            )
        ]
        return whole(np.array(named), asked)

    def hear(self, shout: Shout) -> None:
        if self._shared:
            self._memories[0].note(shout.party, shout.bid, float(shout.price), shout.taken)
            return
        for hearer, price in zip(
            shout.hearers, np.broadcast_to(shout.price, len(shout.hearers)), strict=True
        ):
            self._memories[hearer].note(shout.party, shout.bid, float(price), shout.taken)


class _Memory:
    """Shouts since the last deals, and what is believed of prices."""

    def __init__(self, deals: int, low: float, high: float) -> None:
        self._low, self._high = low, high
        self._past: deque[list[Any]] = deque([[]], maxlen=deals + 1)  # up to each deal, then since the last

    def note(self, party: int, bid: bool, price: float, taken: bool) -> None:
        """Remember a shout; one that is taken is no more among those that stand."""
        now = self._past[-1]
        if taken:
            standing = next((each for each in reversed(now) if each[:2] == (party, bid)), None)
            if standing is not None:
                now.remove(standing)
        now.append((party, bid, price, taken))
        if taken:
            self._past.append([])
        for name in ("_bids", "_asks"):
            self.__dict__.pop(name, None)

    def best(self, limit: float, buys: bool) -> float:
        """Return the price with the greatest expected gain; NaN where there is no gain."""
        prices, chances = self._bids if buys else self._asks
        gains = (limit - prices if buys else prices - limit) * chances
        at = int(np.argmax(gains))
        return float(prices[at]) if gains[at] > 0 else np.nan

    @cached_property
    def _asks(self) -> tuple[Values, Values]:
        return self._belief(bids=False)

    @cached_property
    def _bids(self) -> tuple[Values, Values]:
        return self._belief(bids=True)

    def _belief(self, *, bids: bool) -> tuple[Values, Values]:
        """Return prices, and the chances that each is taken, for one side.

        Bids are seen in a mirror: what is said below of asks holds of both.
        """
        sign = -1.0 if bids else 1.0
        low, high = sorted((sign * self._low, sign * self._high))
        past = [each for deal in self._past for each in deal]
        prices = np.array([sign * each[2] for each in past])
        own = np.array([each[1] == bids for each in past], dtype=bool)
        taken = np.array([each[3] for each in past], dtype=bool)
        knots = np.unique(np.concatenate((prices, [low, high])))
        at_or_above, at_or_below = prices >= knots[:, None], prices <= knots[:, None]
        for_it = (at_or_above & (~own | taken)).sum(axis=1)
        against = (at_or_below & own & ~taken).sum(axis=1)
        chances = for_it / np.maximum(for_it + against, 1)
        chances[0], chances[-1] = 1.0, 0.0
        now = self._past[-1]
        bid = max((sign * each[2] for each in now if each[1] != bids), default=-np.inf)
        ask = min((sign * each[2] for each in now if each[1] == bids), default=np.inf)
        chances[knots <= bid] = 1.0
        gaps, steps = np.diff(knots)[:, None], np.diff(chances)[:, None]
        between = (knots[:-1, None] + gaps * _POINTS).ravel()
        smooth = (chances[:-1, None] + steps * _SMOOTH).ravel()
        smooth[between >= ask] = 0.0
        return sign * between, smooth
