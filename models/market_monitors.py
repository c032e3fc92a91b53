"""Monitors of a market: what its deals say of it, period by period, and who dealt what with whom."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import nan

import numpy as np
from numpy.typing import NDArray

from .deal import Deal, Ending
from .floor import Floor
from .verdict import Judgement, Kind, Property, Status

__all__ = ["PROPERTIES", "MarketAccount", "judged", "kept", "prices"]

_ROUNDING = 1e-5  # of a tick

PROPERTIES = (
    Property(
        "agreement",
        Kind.LIVENESS,
        "deals of the last period are made at one price, within the tolerance",
        "the last period had two deals",
    ),
    Property(
        "clearing",
        Kind.LIVENESS,
        "when the last period is over, no two who can deal with each other could still gain",
        "two who can deal with each other could gain",
    ),
    Property(
        "validity",
        Kind.SAFETY,
        "deals are between a buyer and a seller who are neighbours, at a price that can be named, and nobody deals "
        "more units than it has",
        "there was a deal",
    ),
    Property(
        "budget",
        Kind.SAFETY,
        "what is paid is received, to the last tick and the last unit",
        "there was a deal",
    ),
    Property("rationality", Kind.SAFETY, "no honest trader loses by a deal", "an honest trader made a deal"),
    Property("termination", Kind.LIVENESS, "all trading periods are over", "a period was held"),
)


@dataclass(frozen=True)
class MarketAccount:
    """What a market's monitors need to know of it.

    Parameters
    ----------
    floor
        Where deals were made.
    periods
        The deals of each period that is over.
    planned
        How many periods there are to be.
    running
        Whether the next one will be held.
    tolerance
        Spread of prices, as a share of the mean price, that counts as one price.
    constrained
        Whether buyers, and sellers, name no price at which they would lose.
    traitors
        Who has a conduct.
    """

    floor: Floor
    periods: Sequence[Sequence[Deal]]
    planned: int
    running: bool
    tolerance: float
    constrained: tuple[bool, bool]
    traitors: frozenset[int]

    @property
    def clock(self) -> int:
        """How many periods are over."""
        return len(self.periods)

    @property
    def deals(self) -> Iterator[Deal]:
        """All deals, in their order."""
        return chain.from_iterable(self.periods)

    @property
    def last(self) -> Sequence[Deal]:
        """The deals of the last period."""
        return self.periods[-1] if self.periods else ()

    def entries(self) -> Iterator[tuple[int, Deal, tuple[tuple[int, int], tuple[int, int]]]]:
        """Yield each deal with its period, and for buyer and seller the node and which of its units it is about."""
        for period, deals in enumerate(self.periods, 1):
            units = [0] * self.floor.network.n
            for deal in deals:
                buyer, seller = deal.parties
                yield period, deal, ((buyer, units[buyer]), (seller, units[seller]))
                units[buyer] += 1
                units[seller] += 1

    def could_gain(self, deals: Iterable[Deal]) -> tuple[int, ...]:
        """Return a buyer and a seller who could gain by one more deal of a period; nobody if there are none."""
        floor = self.floor
        units = np.zeros(floor.network.n, dtype=int)
        for deal in kept(deals):
            units[list(deal.parties)] += 1
        worths = np.array(
            [each[at] if at < len(each) else nan for each, at in zip(floor.worths, units, strict=True)]
        )
        for buyer in np.flatnonzero(floor.buys & ~np.isnan(worths)).tolist():
            costs = worths[floor.reach[buyer]]
            if (worths[buyer] - costs >= floor.tick).any():
                return buyer, floor.reach[buyer][int(np.nanargmin(costs))]
        return ()


def kept(deals: Iterable[Deal]) -> list[Deal]:
    """Return the deals that were kept."""
    return [deal for deal in deals if deal.ending is Ending.AGREED]


def prices(deals: Iterable[Deal]) -> NDArray[np.float64]:
    """Return their prices."""
    return np.array([deal.outcome for deal in kept(deals)], dtype=float)


def judged(account: MarketAccount) -> list[Judgement]:
    """Return the judgements on `PROPERTIES`, in their order."""
    return [
        _agreement(account),
        _clearing(account),
        _validity(account),
        _budget(account),
        _rationality(account),
        _termination(account),
    ]


def _agreement(account: MarketAccount) -> Judgement:
    paid = prices(account.last)
    vacuous = len(paid) < 2
    if account.running:
        return Judgement(Status.INCONCLUSIVE, reason="the market is still open", vacuous=vacuous)
    if not len(paid):
        return Judgement(Status.INCONCLUSIVE, reason="nobody dealt in the last period", vacuous=True)
    spread = float(np.ptp(paid))
    if spread <= account.tolerance * abs(float(paid.mean())):
        return Judgement(Status.HELD, account.clock, vacuous=vacuous)
    return Judgement(Status.INCONCLUSIVE, reason=f"prices lie {spread:g} apart, and nobody owes one price")


def _clearing(account: MarketAccount) -> Judgement:
    vacuous = not account.could_gain(())
    if account.running:
        return Judgement(Status.INCONCLUSIVE, reason="the market is still open", vacuous=vacuous)
    left = account.could_gain(account.last)
    if not left:
        return Judgement(Status.HELD, account.clock, vacuous=vacuous)
    return Judgement(Status.INCONCLUSIVE, None, left, "they could still gain, and nobody owes a deal")


def _validity(account: MarketAccount) -> Judgement:
    floor = account.floor
    for period, deal, units in account.entries():
        buyer, seller = deal.parties
        price = round(deal.outcome / floor.tick)
        if not floor.buys[buyer] or floor.buys[seller] or seller not in floor.reach[buyer]:
            told = "they are not a buyer and a seller who are neighbours"
        elif not floor.low <= price <= floor.high:
            told = f"nobody can name the price {deal.outcome:g}"
        elif any(unit >= len(floor.worths[node]) for node, unit in units):
            told = "one had no more units"
        elif any(
            constrained and not floor.lies(node) and sign * (price - floor.claims[node][unit]) > 0
            for constrained, sign, (node, unit) in zip(account.constrained, (1, -1), units, strict=True)
        ):
            told = f"the price {deal.outcome:g} is beyond what one said that the unit is worth"
        else:
            continue
        return Judgement(Status.VIOLATED, period, deal.parties, told)
    return Judgement(Status.HELD, vacuous=not any(account.periods))


def _budget(account: MarketAccount) -> Judgement:
    floor = account.floor
    n = floor.network.n
    money, goods = [0] * n, [0] * n
    for deal in kept(account.deals):
        buyer, seller = deal.parties
        price = round(deal.outcome / floor.tick)
        money[buyer], money[seller] = money[buyer] - price, money[seller] + price
        goods[buyer], goods[seller] = goods[buyer] + 1, goods[seller] - 1
    wrong = [
        node for node in range(n) if (money[node], goods[node]) != (floor.money[node], floor.goods[node])
    ]
    if wrong or sum(floor.money) or sum(floor.goods):
        told = f"money is off by {sum(floor.money)} ticks, goods by {sum(floor.goods)} units"
        return Judgement(Status.VIOLATED, account.clock, tuple(wrong), told)
    return Judgement(Status.HELD, vacuous=not any(account.periods))


def _rationality(account: MarketAccount) -> Judgement:
    floor, tested = account.floor, False
    for period, deal, units in account.entries():
        for sign, (node, unit) in zip((1, -1), units, strict=True):
            had = unit < len(floor.worths[node])  # if not, validity is violated
            if node in account.traitors or deal.ending is not Ending.AGREED or not had:
                continue
            tested, worth = True, floor.worths[node][unit]
            if sign * (deal.outcome - worth) > _ROUNDING * floor.tick:
                told = f"the price {deal.outcome:g} is worse than {worth:g}"
                return Judgement(Status.VIOLATED, period, (node,), told)
    return Judgement(Status.HELD, vacuous=not tested)


def _termination(account: MarketAccount) -> Judgement:
    if not account.running and account.clock >= account.planned:
        return Judgement(Status.HELD, account.clock)
    told = "it was cut off before its last period"
    return Judgement(Status.INCONCLUSIVE, reason=told, vacuous=not account.clock)
