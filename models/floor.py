"""The floor of a market: who can deal with whom, what each trader's next unit is worth, and what was dealt.

Institutions run on it: they ask traders for their prices, tell these to others, and have deals made. Prices are whole
numbers of ticks, so that money adds up to the last of them. What traitors say, to whom, and whether they keep to a
deal, is their conduct's; all else is as if they were honest, by the values that they claim.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..agents.conducts import Claims, Conduct, View
from ..agents.traders import ROUNDING, Asked, Mind, Seats, Shout, Trader
from .deal import Catch, Deal, Ending
from .networks.network import Network
from .seeds import Purpose, Seed

__all__ = ["Floor"]

Values = NDArray[np.float64]


class Floor:
    """Where traders meet.

    Parameters
    ----------
    network
        Who knows whom; buyers and sellers who do can deal with each other.
    public
        Whether everybody hears everything; else neighbours only.
    worths
        What each unit is worth to a buyer, or costs a seller, trader by trader, in the order in which they trade.
    buys
        Whether each trader buys; else it sells, (n,).
    prices
        The least and the greatest price that can be named, and the tick between prices.
    traders
        How buyers trade, and how sellers do.
    traitors, conduct
        Who has a conduct.
    shouts
        How many shouts a period may have, where there are shouts.
    seed
        Of who is next, of the traders' luck, and of the traitors'.
    catch
        Called with a traitor and what it is caught by.

    Attributes
    ----------
    claims : list of lists
        What each unit is said to be worth, in ticks, in the order of `worths`.
    limits : (n,) array
        What the next unit of each is said to be worth, in ticks; NaN where there is none left. Made by `open`.
    money, goods : lists of n
        What each has received less what it has paid, in ticks, and how many units.
    gains : (n,) array
        What each has gained, by its true values.
    deals : list of Deal
    period : int
        The period that is open, from 1; 0 before.
    shouted : int
        Shouts so far.
    turns : numpy.random.Generator
        The luck of who is next.
    reach : list of lists
        With whom each could deal: neighbours on the other side.
    """

    def __init__(
        self,
        network: Network,
        public: bool,
        worths: Sequence[Sequence[float]],
        buys: NDArray[np.bool_],
        prices: tuple[float, float, float],
        traders: tuple[Trader, Trader],
        traitors: NDArray[np.intp],
        conduct: Conduct,
        shouts: int,
        seed: Seed,
        catch: Callable[[int, Catch], None],
    ) -> None:
        self.network, self.public, self.buys, self.shouts = network, public, buys, shouts
        low, high, self.tick = prices
        self.low = float(np.ceil(low / self.tick - ROUNDING))
        self.high = float(np.floor(high / self.tick + ROUNDING))
        self._believed = low, high
        self.worths = worths
        self._traitors = frozenset(traitors.tolist())
        self._honest = np.ones(len(buys), dtype=bool)
        self._honest[traitors] = False
        self._conduct, self._catch = conduct, catch
        self.claims = self._claimed(traitors)
        self.turns, self._coins, self._lies = map(
            seed.stream, (Purpose.SCHEDULE, Purpose.COIN, Purpose.CONDUCT)
        )
        seats = Seats(buys, self.low, self.high, not self.is_whispered)
        buying, selling = traders
        mind = buying.mind(seats, self._coins)
        self._minds: tuple[Mind, Mind] = mind, mind if selling == buying else selling.mind(seats, self._coins)
        self.learns = buying.learns or selling.learns
        n = len(buys)
        self.money, self.goods, self.gains = [0] * n, [0] * n, np.zeros(n)
        self.deals: list[Deal] = []
        self.shouted = self.period = 0
        self._first: dict[int, float] = {}
        self._told: dict[int, Mapping[int, float]] = {}
        self._hearers, self.reach = self._who_hears()

    def _who_hears(self) -> tuple[list[list[int]], list[list[int]]]:
        """Return who hears what each says, itself among them, and who of these could deal with it."""
        if self.public:
            everybody = list(range(len(self.buys)))
            sides = [np.flatnonzero(self.buys == side).tolist() for side in (True, False)]
            return [everybody] * len(everybody), [sides[int(buys)] for buys in self.buys.tolist()]
        near = [self.network.neighbours(node).tolist() for node in range(self.network.n)]
        return (
            [[node, *each] for node, each in enumerate(near)],
            [[one for one in each if self.buys[one] != self.buys[node]] for node, each in enumerate(near)],
        )

    def _claimed(self, traitors: NDArray[np.intp]) -> list[list[float]]:
        """Return what units are said to be worth, in ticks: the most one would pay, the least one would take."""
        said = [list(each) for each in self.worths]
        owners = [node for node in traitors.tolist() for _ in said[node]]
        if owners:
            low, high = (np.full(len(owners), each) for each in self._believed)
            truth = np.array([worth for node in traitors.tolist() for worth in said[node]])
            claims = iter(self._conduct.claim(Claims(truth, self.buys[owners], low, high)).tolist())
            for node in traitors.tolist():
                said[node] = [next(claims) for _ in said[node]]
        return [
            (
                np.floor(np.array(units) / self.tick + ROUNDING)
                if buys
                else np.ceil(np.array(units) / self.tick - ROUNDING)
            ).tolist()
            for units, buys in zip(said, self.buys.tolist(), strict=True)
        ]

    def open(self) -> None:
        """Begin a period: everybody has all units again."""
        self.period += 1
        self._traded = [0] * len(self.buys)
        self.limits = np.array([units[0] for units in self.claims])

    @property
    def is_open(self) -> bool:
        """Whether somebody can still buy, and somebody sell."""
        left = ~np.isnan(self.limits)
        return bool((left & self.buys).any() and (left & ~self.buys).any())

    def left(self, node: int) -> list[float]:
        """Return what the units that a trader still has are said to be worth, in ticks."""
        return self.claims[node][self._traded[node] :]

    # What is said -------------------------------------------------------------------------------

    def luck(self, number: int) -> Values:
        """Return fresh luck for traders who are asked."""
        return self._coins.random(number)

    def prices(
        self, parties: NDArray[np.intp], luck: Values | None = None, limits: Values | None = None
    ) -> Values:
        """Return the prices that traders name, in ticks, (m,); NaN where one names none."""
        luck = self.luck(len(parties)) if luck is None else luck
        limits = self.limits[parties] if limits is None else limits
        buys = self.buys[parties]
        buying, selling = self._minds
        if buying is selling:
            return buying.prices(Asked(parties, buys, limits, self.low, self.high, luck))
        prices = np.empty(len(parties))
        for mind, side in ((buying, buys), (selling, ~buys)):
            asked = Asked(parties[side], buys[side], limits[side], self.low, self.high, luck[side])
            prices[side] = mind.prices(asked)
        return prices

    def price(self, node: int) -> float:
        """Return the price that one trader names."""
        return float(self.prices(np.array([node]))[0])

    def lies(self, node: int) -> bool:
        """Return whether a trader does not quote what it would if it were honest."""
        return node in self._traitors and self._conduct.quotes

    @property
    def is_whispered(self) -> bool:
        """Whether what one trader hears another may not."""
        return not self.public or (bool(self._traitors) and self._conduct.quotes)

    def tell(self, node: int, price: float, *, aloud: bool = True) -> Mapping[int, float]:
        """Return to whom a trader tells a price, and what it tells to each.

        An honest one tells all whom it knows the same. A traitor tells those with whom it could deal what its conduct
        says.

        Parameters
        ----------
        aloud
            Whether those who hear it could compare.
        """
        if price != price:
            return {}
        if not self.lies(node):
            told: Mapping[int, float] = dict.fromkeys(self._hearers[node], price)
        else:
            listeners = self.reach[node]
            said = self._said(node, price, listeners)
            told = {each: one for each, one in zip(listeners, said, strict=True) if one == one}
            if aloud and self._differ(told):
                self._catch(node, Catch.COMPARISON)
        self._told[node] = told
        return told

    def seal(self, node: int, price: float) -> float:
        """Return the price that a trader tells to an auctioneer; NaN if none."""
        return self._said(node, price, [node])[0] if self.lies(node) and price == price else price

    def _said(self, node: int, price: float, listeners: list[int]) -> list[float]:
        """Return what a traitor's conduct makes of a price, listener by listener, in ticks."""
        count = len(listeners)
        if not count:
            return []
        limits = self.limits[self._honest & ~np.isnan(self.limits)] * self.tick
        low, high = self._believed
        opening = self._first.setdefault(node, price)
        heard = np.nan_to_num(self.limits[listeners] * self.tick, nan=low)
        view = View(
            step=self.period,
            own=np.full(count, price * self.tick),
            opening=np.full(count, opening * self.tick),
            listener=heard,
            low=np.full(count, low),
            high=np.full(count, high),
            honest_low=np.full(count, limits.min(initial=high)),
            honest_high=np.full(count, limits.max(initial=low)),
            turn=np.linspace(0, 1, count) if count > 1 else np.zeros(1),
            luck=self._lies.random(count) if self._conduct.needs_luck else np.zeros(count),
        )
        said = np.round(np.clip(self._conduct.quote(view), low, high) / self.tick)
        said = np.clip(said, self.low, self.high)
        if np.isnan(said).all():
            self._catch(node, Catch.SILENCE)
        told: list[float] = said.tolist()
        return told

    def _differ(self, told: Mapping[int, float]) -> bool:
        """Return whether two who can talk to each other were told different prices."""
        if self.public:
            return len(set(told.values())) > 1
        return any(
            other in told and told[other] != price
            for each, price in told.items()
            for other in self._hearers[each]
        )

    def announce(self, node: int, price: float) -> None:
        """Have those who heard a quote that stands learn from it."""
        if not self.learns or price != price:
            return
        hearers: Any = slice(None)
        heard: Any = price
        if self.is_whispered:
            told = self._told[node]
            if not told:
                return
            hearers, heard = np.array(list(told)), np.array(list(told.values()))
        self._hear(Shout(node, bool(self.buys[node]), heard, False, hearers, self.limits))

    def _hear(self, shout: Shout) -> None:
        for mind in dict.fromkeys(self._minds):
            mind.hear(shout)

    # What is done -------------------------------------------------------------------------------

    def deal(
        self, one: int, other: int, price: float, *, makers: Sequence[int], at: int | None = None
    ) -> None:
        """Have two sign a deal about the next unit of each; it is settled at once, or breached.

        Of a breached deal neither unit can be traded any more in this period.

        Parameters
        ----------
        one, other
            A buyer and a seller, in any order.
        price
            In ticks.
        makers
            Who had quoted the price; the other one took it.
        at
            With which shout; none: the last.
        """
        buyer, seller = (one, other) if self.buys[one] else (other, one)
        liars = [node for node in (buyer, seller) if node in self._traitors]
        broken = [node for node in liars if not self._conduct.honours(self._lies.random(1))[0]]
        for node in broken:
            self._catch(node, Catch.SETTLEMENT)
        paid = round(float(price) * self.tick, 12)
        if not broken:
            self._settle(buyer, -1, price, paid)
            self._settle(seller, 1, price, paid)
        shout = self.shouted if at is None else at
        self.deals.append(Deal((buyer, seller), paid, shout, Ending.BREACHED if broken else Ending.AGREED))
        for node in (buyer, seller):
            self._traded[node] += 1
            left = self.left(node)
            self.limits[node] = left[0] if left else np.nan
        if self.learns:
            hearers: Any = slice(None)
            if self.is_whispered:
                hearers = np.unique(self._hearers[buyer] + self._hearers[seller])
            for maker in makers:
                self._hear(Shout(maker, bool(self.buys[maker]), price, True, hearers, self.limits))

    def _settle(self, node: int, sign: int, price: float, paid: float) -> None:
        self.money[node] += sign * int(price)
        self.goods[node] -= sign
        self.gains[node] += sign * (paid - self.worths[node][self._traded[node]])
