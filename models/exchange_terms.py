"""The terms of an exchange: on what two parties deal when they meet, liars among them.

A liar claims a marginal rate at the outset, and from then on has the taste that would explain it. If its conduct quotes
prices, it names one to whoever it meets, and deals at that price or not at all; of two who do so the price is between
theirs. It signs nothing that it would regret, and keeps what it signs if its conduct does. For money there is no price,
so that a liar can but keep silent, or not pay.
"""

from dataclasses import dataclass, field
from math import nan
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..agents.conducts import Claims, Conduct, View
from ..agents.edgeworth import walras_price
from ..agents.exchanges import ExchangeRule, Held, Meeting, Units, Values
from .meetings import Meetings, Nodes

__all__ = ["Encounters", "Met", "Terms"]

_ONE = np.ones(1)
_MOST_LINKS = 1_000_000  # that are looked through whether anybody could still exchange


@dataclass
class Encounters:
    """Pairs that meet one after the other, and what came of it.

    Parameters
    ----------
    first, second : (k,)
        Who meets, by node.
    hull
        The least and the greatest marginal rate of the honest before they meet; read where liars quote prices.

    Attributes
    ----------
    luck : (k,)
        The luck of each encounter, for rules that need any.
    whims : (4, k)
        The luck of liars: whether the first, and the second, keeps its word, and what either of them says.
    price : (k,)
        The price that was named, NaN where somebody said nothing; zeros for money.
    moved : (k,)
        What the first signed to give of the first good, in units.
    broken : (k,)
        Whether that was not kept.
    """

    first: Nodes
    second: Nodes
    hull: tuple[float, float] = (nan, nan)
    luck: Values = field(init=False)
    whims: Values = field(init=False)
    price: Values = field(init=False)
    moved: Units = field(init=False)
    broken: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        pairs = len(self.first)
        self.luck, self.price = np.zeros((2, pairs))
        self.moved, self.broken = np.zeros(pairs, dtype=np.int64), np.zeros(pairs, dtype=bool)

    @property
    def signed(self) -> NDArray[np.bool_]:
        """Where there was a deal, (k,)."""
        signed: NDArray[np.bool_] = self.moved != 0
        return signed

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Where it was kept, (k,)."""
        return self.signed & ~self.broken

    def parties_of(self, which: NDArray[np.bool_]) -> Nodes:
        """Return who was in some encounters."""
        return np.concatenate((self.first[which], self.second[which]))


class Met(NamedTuple):
    """Some encounters, and what would come of them.

    Parameters
    ----------
    ends
        The first and the second party of each, (k,).
    held
        What they hold, (goods, k).
    price
        The price named, (k,); NaN where somebody says nothing.
    moved
        What the first signs to give to the second, (goods, k).
    breaks
        Whether the first, and the second, will not keep to it, (2, k).
    """

    ends: tuple[Nodes, Nodes]
    held: tuple[Units, Units]
    price: Values
    moved: Units
    breaks: NDArray[np.bool_]


class Terms:
    """What parties claim, and what would come of it if they met.

    Parameters
    ----------
    rule
        What two do when they meet.
    conduct, traitors
        Who lies, and how.
    meetings
        Who can meet whom.
    units : (goods, n)
        What parties hold when they make their claims.
    exponents : (n,)
        The true weight of the first good in each party's utility.

    Attributes
    ----------
    odds : (n,) array
        a/(1-a) of the exponents a that everybody plays by: the true ones, or what a traitor claims.
    lies : (n,) array of bool
        Who is a traitor.
    honest
        The index of all others.
    """

    def __init__(
        self,
        rule: ExchangeRule,
        conduct: Conduct,
        traitors: NDArray[np.intp],
        meetings: Meetings,
        units: Units,
        exponents: Values,
    ) -> None:
        self.rule, self.conduct, self.meetings, self.exponents = rule, conduct, meetings, exponents
        self.lies = np.isin(np.arange(len(exponents)), traitors)
        self.honest: Any = ~self.lies if len(traitors) else slice(None)
        self._any_lie = bool(len(traitors))
        self._quotes = self._any_lie and conduct.quotes
        self._true_odds = exponents / (1 - exponents)
        self.odds, rates = self._true_odds, self.rates(units)
        self._hull = self.hull(units)
        if rule.priced and self._any_lie:
            truth = rates[traitors]
            price = walras_price(units.T.astype(np.float64), exponents)
            low, high = (np.full(len(truth), end) for end in (rates.min(), rates.max()))
            claimed = conduct.claim(Claims(truth, truth > price, low, high))
            self.odds = self.odds.copy()
            self.odds[traitors] *= claimed / truth
        self._opening = rates * self.odds / self._true_odds

    def rates(self, units: Units) -> Values:
        """Return everybody's true marginal rate of substitution, (n,), by what it holds; 1 for money."""
        return self.rule.rates(units, self._true_odds)

    def hull(self, units: Units) -> tuple[float, float]:
        """Return the least and the greatest of these of an honest party."""
        rates = self.rates(units)[self.honest]
        return float(rates.min()), float(rates.max())

    def meet(self, units: Units, step: Encounters, wave: Nodes | slice, clock: int) -> Met:
        """Return what would come of some encounters that have nobody in common, before anything changes hands.

        Parameters
        ----------
        units : (goods, n)
            What parties hold.
        step, wave
            Which of its encounters.
        clock
            The number of the step, which a liar may go by.
        """
        ends = step.first[wave], step.second[wave]
        held = units.take(ends[0], axis=1), units.take(ends[1], axis=1)
        odds = (self.odds.take(ends[0]), self.odds.take(ends[1])) if self.rule.priced else (_ONE, _ONE)
        told: tuple[Held, Held] = held
        if not self.rule.whole:
            told = held[0].astype(np.float64), held[1].astype(np.float64)
        price = self.rule.price(*told, *odds)
        luck = step.luck[wave]
        if self._quotes:
            price = self._insisted(step, wave, clock, told, odds, price)
            named = price > 0
            moved = self.rule.transfer(Meeting(*told, *odds, np.where(named, price, 1.0), luck)) * named
        else:
            moved = self.rule.transfer(Meeting(*told, *odds, price, luck))
        breaks = np.zeros((2, len(ends[0])), dtype=bool)
        if self._any_lie:
            lies = self.lies[ends[0]], self.lies[ends[1]]
            for nodes, own, lying, given in zip(ends, held, lies, (moved, -moved), strict=True):
                # who lies about its taste signs nothing that it would regret
                at = np.flatnonzero(lying)
                better = self.rule.better(own[:, at], self._true_odds[nodes[at]], given[:, at])
                moved[:, at[~better]] = 0
            for side, given in enumerate((moved, -moved)):
                delivers = lies[side] & (given > 0).any(axis=0)
                breaks[side] = delivers & ~self.conduct.honours(step.whims[side][wave])
        return Met(ends, held, price, moved, breaks)

    def _insisted(
        self,
        step: Encounters,
        wave: Nodes | slice,
        clock: int,
        held: tuple[Held, Held],
        odds: tuple[Values, Values],
        price: Values,
    ) -> Values:
        """Return the prices named, where those that traitors insist on count; NaN where one says nothing."""
        ends = step.first[wave], step.second[wave]
        asked = price.copy(), price.copy()
        lies = self.lies[ends[0]], self.lies[ends[1]]
        for side, other in ((0, 1), (1, 0)):
            at = np.flatnonzero(lies[side])
            if not len(at):
                continue
            speaker, listener = ends[side][at], ends[other][at]
            rate = self.rule.rates(held[other], odds[other])
            low, high, honest_low, honest_high = (np.full(len(at), end) for end in (*self._hull, *step.hull))
            view = View(
                step=clock,
                own=price[at],
                opening=self._opening[speaker],
                listener=rate[at],
                low=low,
                high=high,
                honest_low=honest_low,
                honest_high=honest_high,
                turn=self.meetings.turn(speaker, listener),
                luck=step.whims[2 + side][wave][at],
            )
            asked[side][at] = self.conduct.quote(view)
        for each in asked:  # who names no price that could be paid has spoken all the same
            each[(each <= 0) | np.isinf(each)] = 0.0
        between = np.sqrt(asked[0]) * np.sqrt(asked[1])
        return np.where(lies[0] & lies[1], between, np.where(lies[0], *asked))

    def nothing_left(self, units: Units, tolerance: float, clock: int) -> bool:
        """Return whether no two neighbours are left who would exchange, and whose rates are not as good as equal.

        A deal that is certain to be broken is none. Where there are too many pairs to look through, nobody knows.
        """
        network = self.meetings.network
        if network.m > _MOST_LINKS or (self._quotes and self.conduct.needs_luck):
            return False
        first, second, _ = network.edge_list
        step = Encounters(first.astype(np.int64), second.astype(np.int64), self.hull(units))
        step.whims = np.full((4, len(step.first)), np.nextafter(1, 0))
        met = self.meet(units, step, slice(None), clock)
        rates = (self.rule.rates(held, self.odds[end]) for end, held in zip(met.ends, met.held, strict=True))
        apart = abs(np.log(np.divide(*rates))) > tolerance
        return not (met.moved.any(axis=0) & ~met.breaks.any(axis=0) & apart).any()
