"""Market: buyers and sellers of one good, who trade it for money, period by period.

Everybody knows what units of the good are worth to itself, or cost it, and names prices as its kind of trader does; an
institution makes deals of them. A step of the model is a trading period, at the start of which everybody has all its
units again; what was learned stays. A network says who can deal with whom, where not everybody can.
"""

from collections.abc import Iterator
from math import nan
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ...agents.errors import InputError
from ...agents.party import Buyer, Seller
from ...agents.traders import Trader, traders
from ..agreement import AnyScenario
from ..deal import Deal, Ending
from ..dealing_model import DealingModel, DealingScenario
from ..floor import Floor
from ..institutions import Institution, institutions
from ..networks.built import build
from ..networks.everybody import Everybody
from ..networks.network import Network
from ..networks.topologies import Topology, topologies
from ..records import Column
from ..schedules import Schedules, dues, equilibrium
from ..seeds import Purpose
from ..valuations import Valuation, valuations
from ..verdict import Judgement, Kind, Property, Status

__all__ = ["Market"]

Values = NDArray[np.float64]

_ROUNDING = 1e-5  # of a tick


class MarketScenario(DealingScenario):
    """Parameters of `Market`."""

    valuation: Annotated[Valuation, *valuations.choice] = valuations.option(
        "smith", "what units are worth to buyers, and cost sellers"
    )
    institution: Annotated[Institution, *institutions.choice] = institutions.option(
        "continuous-double-auction", "how prices and deals are made"
    )
    trader: Annotated[Trader, *traders.choice] = traders.option("zero-intelligence", "how everybody trades")
    sellers: Annotated[Trader | None, *traders.choice_or_none] = Field(
        None, description="how sellers trade, if otherwise; none: as everybody does"
    )
    network: Annotated[Topology | None, *topologies.choice_or_none] = Field(
        None, description="who can deal with whom; none: everybody with everybody"
    )
    periods: int = Field(5, ge=1, description="trading periods, each with all units anew")
    shouts: int = Field(
        200,
        ge=1,
        description="most shouts in a period of a continuous double auction; its efficiency depends on them",
    )
    tick: float = Field(0.01, gt=0, description="prices are multiples of it")
    tolerance: float = Field(
        0.05, ge=0, description="spread of prices, as a share of the mean price, that counts as one price"
    )

    @model_validator(mode="after")
    def _fits(self) -> "MarketScenario":
        """Try what can be tried before anything runs."""
        if not self.valuation.is_random:
            schedules = build(self.valuation, np.random.default_rng(0))
            _check_tick(schedules, self.tick)
            if self.network is not None and not self.network.is_random:
                _check_size(build(self.network, np.random.default_rng(0)), schedules)
        return self


class Market(DealingModel):
    """A market of one good.

    Attributes
    ----------
    network : Network
    schedules : Schedules
        What units are worth, and cost.
    seats : (n,) array
        The node at which each trader of the schedules sits.
    floor : Floor
        Where they trade; its `deals` are the model's.
    closes : list of int
        How many deals there were when each period was over.

    References
    ----------
    .. [1] V. L. Smith, "An experimental study of competitive market behavior", Journal of Political Economy 70 (1962)
           111-137, doi:10.1086/258609.
    .. [2] D. K. Gode, S. Sunder, "Allocative efficiency of markets with zero-intelligence traders: market as a partial
           substitute for individual rationality", Journal of Political Economy 101 (1993) 119-137, doi:10.1086/261868.

    Examples
    --------
    >>> model = Market(valuation="smith", institution="call-auction", trader="truthful", periods=1, rng=1).run()
    >>> outcome = model.outcome()
    >>> outcome["trades"], outcome["price"], outcome["efficiency"]
    (6, 2.0, 1.0)
    """

    Scenario: ClassVar[type[AnyScenario]] = MarketScenario
    properties: ClassVar[tuple[Property, ...]] = (
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
        Property(
            "rationality", Kind.SAFETY, "no honest trader loses by a deal", "an honest trader made a deal"
        ),
        Property("termination", Kind.LIVENESS, "all trading periods are over", "a period was held"),
    )
    outcomes: ClassVar[dict[str, Column]] = {
        **DealingModel.shared_outcomes,
        "trades": Column("int64", "units", "units that were traded"),
        "efficiency": Column(
            "float64",
            "1",
            "surplus as a share of the greatest that there is, if everybody could deal with everybody; missing if none",
        ),
        "surplus": Column("float64", "value", "value of what was bought less cost of what was sold"),
        "price": Column("float64", "money", "mean price of the deals that were kept"),
        "equilibrium_price": Column("float64", "money", "where supply meets demand"),
        "alpha": Column(
            "float64",
            "%",
            "Smith's alpha: root mean squared distance from the equilibrium price, relative to it",
        ),
        "profit_dispersion": Column(
            "float64",
            "value",
            "root mean squared difference of a trader's gain in a period from that in equilibrium, mean over periods",
        ),
        "shouts_made": Column("int64", "shouts", "prices that were named"),
    }
    step_outcomes: ClassVar[dict[str, Column]] = {
        "disagreement": Column(
            "float64", "money", "greatest less least price of the period's deals; 0 of none"
        ),
        "price": Column("float64", "money", "mean price of the period's deals; missing if there were none"),
        "alpha": Column("float64", "%", "Smith's alpha of the period"),
        "efficiency": Column("float64", "1", "the period's surplus as a share of the greatest"),
        "trades": Column("int64", "units", "units that were traded in the period"),
    }
    party_outcomes: ClassVar[dict[str, Column]] = {
        **DealingModel.shared_party_outcomes,
        "buys": Column("bool", "1", "whether it buys; else it sells"),
        "units": Column("int64", "units", "units that it bought or sold"),
        "money": Column("float64", "money", "what it received less what it paid"),
    }

    def setup(self) -> None:
        """Open the market."""
        scenario: MarketScenario = self.scenario
        initial = self.seed.stream(Purpose.INITIAL)
        self.schedules: Schedules = (
            scenario.valuation.build(initial)
            if scenario.valuation.is_random
            else build(scenario.valuation, initial)
        )
        _check_tick(self.schedules, scenario.tick)
        n = self.schedules.n
        if scenario.network is None:
            self.seats, network = np.arange(n), Everybody(n, f"complete(n={n})", self.schedules.labels)
        else:
            network = build(scenario.network, self.seed.stream(Purpose.NETWORK))
            _check_size(network, self.schedules)
            self.seats = initial.permutation(n)
        self.place(network)
        traders = np.argsort(self.seats)  # who sits at each node
        worths = (*self.schedules.values, *self.schedules.costs)
        self.floor = Floor(
            network,
            scenario.network is None,
            [worths[trader] for trader in traders.tolist()],
            traders < self.schedules.buyers,
            (self.schedules.low, self.schedules.high, scenario.tick),
            (scenario.trader, scenario.sellers or scenario.trader),
            self.traitors,
            scenario.conduct,
            scenario.shouts,
            self.seed,
            self.catch,
        )
        self.deals = self.floor.deals
        self.closes: list[int] = []
        self._gained: list[Values] = []  # by the end of each period
        self.equilibrium = equilibrium(self.schedules)

    def advance(self) -> None:
        """Hold a trading period."""
        self.floor.open()
        self.scenario.institution.trade(self.floor)
        self.closes.append(len(self.deals))
        self._gained.append(self.floor.gains.copy())
        self.running = self.clock < self.scenario.periods

    def period(self, number: int) -> list[Deal]:
        """Return the deals of a period, from 1."""
        first = self.closes[number - 2] if number > 1 else 0
        return self.deals[first : self.closes[number - 1]]

    def gains(self) -> Values:
        """Return what each trader has gained so far."""
        return self.floor.gains.copy()

    def dues(self) -> Values:
        """Return what each trader would have gained in competitive equilibrium so far."""
        return dues(self.schedules)[np.argsort(self.seats)] * self.clock

    @property
    def opinions(self) -> Values:
        """The price of each trader's latest deal that was kept, (n,); NaN before."""
        latest = np.full(self.network.n, nan)
        for deal in _kept(self.deals):
            latest[list(deal.parties)] = deal.outcome
        return latest

    def parties(self) -> None:
        """Create a `Buyer` or a `Seller` for each node."""
        for node, buys in enumerate(self.floor.buys.tolist()):
            (Buyer if buys else Seller)(self, node)

    # Judgement ----------------------------------------------------------------------------------

    def judge(self) -> list[Judgement]:
        """Judge all properties."""
        return [
            self._agreement(),
            self._clearing(),
            self._validity(),
            self._budget(),
            self._rationality(),
            self._termination(),
        ]

    def _agreement(self) -> Judgement:
        prices = _prices(self.period(self.clock)) if self.clock else np.empty(0)
        vacuous = len(prices) < 2
        if self.running:
            return Judgement(Status.INCONCLUSIVE, reason="the market is still open", vacuous=vacuous)
        spread = float(np.ptp(prices)) if len(prices) else 0.0
        if not len(prices):
            return Judgement(Status.INCONCLUSIVE, reason="nobody dealt in the last period", vacuous=True)
        if spread <= self.scenario.tolerance * abs(float(prices.mean())):
            return Judgement(Status.HELD, self.clock, vacuous=vacuous)
        return Judgement(
            Status.INCONCLUSIVE, reason=f"prices lie {spread:g} apart, and nobody owes one price"
        )

    def _clearing(self) -> Judgement:
        units = np.zeros(self.network.n, dtype=int)
        vacuous = not self._could_gain(units)
        if self.running:
            return Judgement(Status.INCONCLUSIVE, reason="the market is still open", vacuous=vacuous)
        for deal in _kept(self.period(self.clock)):
            units[list(deal.parties)] += 1
        left = self._could_gain(units)
        if not left:
            return Judgement(Status.HELD, self.clock, vacuous=vacuous)
        return Judgement(Status.INCONCLUSIVE, None, left, "they could still gain, and nobody owes a deal")

    def _could_gain(self, units: NDArray[np.intp]) -> tuple[int, ...]:
        """Return a buyer and a seller who could gain by a deal beyond so many units; nobody if there are none."""
        floor = self.floor
        worths = np.array(
            [each[at] if at < len(each) else nan for each, at in zip(floor.worths, units, strict=True)]
        )
        for buyer in np.flatnonzero(floor.buys & ~np.isnan(worths)).tolist():
            costs = worths[floor.reach[buyer]]
            if (worths[buyer] - costs >= floor.tick).any():
                return buyer, floor.reach[buyer][int(np.nanargmin(costs))]
        return ()

    def _dealt(self) -> Iterator[tuple[int, Deal, tuple[tuple[int, int], tuple[int, int]]]]:
        """Yield each deal with its period, and for buyer and seller the node and which of its units it is about."""
        for period in range(1, self.clock + 1):
            units = [0] * self.network.n
            for deal in self.period(period):
                buyer, seller = deal.parties
                yield period, deal, ((buyer, units[buyer]), (seller, units[seller]))
                units[buyer] += 1
                units[seller] += 1

    def _validity(self) -> Judgement:
        floor, scenario = self.floor, self.scenario
        for period, deal, units in self._dealt():
            buyer, seller = deal.parties
            price = round(deal.outcome / floor.tick)
            if not floor.buys[buyer] or floor.buys[seller] or seller not in floor.reach[buyer]:
                told = "they are not a buyer and a seller who are neighbours"
            elif not floor.low <= price <= floor.high:
                told = f"nobody can name the price {deal.outcome:g}"
            elif any(unit >= len(floor.worths[node]) for node, unit in units):
                told = "one had no more units"
            elif any(
                trader.is_constrained
                and not floor.lies(node)
                and sign * (price - floor.claims[node][unit]) > 0
                for trader, sign, (node, unit) in zip(
                    (scenario.trader, scenario.sellers or scenario.trader), (1, -1), units, strict=True
                )
            ):
                told = f"the price {deal.outcome:g} is beyond what one said that the unit is worth"
            else:
                continue
            return Judgement(Status.VIOLATED, period, deal.parties, told)
        return Judgement(Status.HELD, vacuous=not self.deals)

    def _budget(self) -> Judgement:
        money, goods = [0] * self.network.n, [0] * self.network.n
        for deal in _kept(self.deals):
            buyer, seller = deal.parties
            price = round(deal.outcome / self.scenario.tick)
            money[buyer], money[seller] = money[buyer] - price, money[seller] + price
            goods[buyer], goods[seller] = goods[buyer] + 1, goods[seller] - 1
        wrong = [
            node
            for node in range(self.network.n)
            if (money[node], goods[node]) != (self.floor.money[node], self.floor.goods[node])
        ]
        if wrong or sum(self.floor.money) or sum(self.floor.goods):
            told = f"money is off by {sum(self.floor.money)} ticks, goods by {sum(self.floor.goods)} units"
            return Judgement(Status.VIOLATED, self.clock, tuple(wrong), told)
        return Judgement(Status.HELD, vacuous=not self.deals)

    def _rationality(self) -> Judgement:
        traitors, floor = frozenset(self.traitors.tolist()), self.floor
        tested = False
        for period, deal, units in self._dealt():
            for sign, (node, unit) in zip((1, -1), units, strict=True):
                had = unit < len(floor.worths[node])  # if not, validity is violated
                if node in traitors or deal.ending is not Ending.AGREED or not had:
                    continue
                tested, worth = True, floor.worths[node][unit]
                if sign * (deal.outcome - worth) > _ROUNDING * floor.tick:
                    told = f"the price {deal.outcome:g} is worse than {worth:g}"
                    return Judgement(Status.VIOLATED, period, (node,), told)
        return Judgement(Status.HELD, vacuous=not tested)

    def _termination(self) -> Judgement:
        if not self.running and self.clock >= self.scenario.periods:
            return Judgement(Status.HELD, self.clock)
        return Judgement(
            Status.INCONCLUSIVE, reason="it was cut off before its last period", vacuous=not self.clock
        )

    # What a run leaves behind -------------------------------------------------------------------

    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns."""
        price, greatest = self.equilibrium.price, self.equilibrium.surplus * self.clock
        prices, gains = _prices(self.deals), self.gains()
        surplus = float(gains.sum())
        due = dues(self.schedules)[np.argsort(self.seats)]
        gained = np.diff(np.array([np.zeros(len(gains)), *self._gained]), axis=0)
        return {
            **self.shared(),
            "trades": len(prices),
            "efficiency": surplus / greatest if greatest else nan,
            "surplus": surplus,
            "price": float(prices.mean()) if len(prices) else nan,
            "equilibrium_price": price,
            "alpha": _alpha(prices, price),
            "profit_dispersion": float(np.sqrt(((gained - due) ** 2).mean(axis=1)).mean())
            if self.clock
            else nan,
            "shouts_made": self.floor.shouted,
        }

    def step_columns(self) -> dict[str, NDArray[Any]]:
        """Return step, disagreement, price, alpha, efficiency and trades."""
        prices = [np.empty(0), *(_prices(self.period(number)) for number in range(1, self.clock + 1))]
        surplus = np.diff([0.0, 0.0, *(each.sum() for each in self._gained)])
        greatest = self.equilibrium.surplus
        return {
            "step": np.arange(self.clock + 1),
            "disagreement": np.array([np.ptp(each) if len(each) else 0.0 for each in prices]),
            "price": np.array([each.mean() if len(each) else nan for each in prices]),
            "alpha": np.array([_alpha(each, self.equilibrium.price) for each in prices]),
            "efficiency": np.array([nan, *(surplus[1:] / greatest if greatest else surplus[1:] * nan)]),
            "trades": np.array([len(each) for each in prices]),
        }

    def party_columns(self) -> dict[str, NDArray[Any]]:
        """Return the parties as they are now."""
        return {
            **self.shared_parties(),
            "buys": self.floor.buys.copy(),
            "units": np.abs(self.floor.goods),
            "money": np.round(np.array(self.floor.money) * self.scenario.tick, 12),
        }


def _kept(deals: list[Deal]) -> list[Deal]:
    return [deal for deal in deals if deal.ending is Ending.AGREED]


def _prices(deals: list[Deal]) -> Values:
    return np.array([deal.outcome for deal in _kept(deals)], dtype=float)


def _alpha(prices: Values, price: float) -> float:
    """Return Smith's alpha, in percent; NaN of no prices."""
    if not len(prices) or not price:
        return nan
    return float(100 * np.sqrt(((prices - price) ** 2).mean()) / price)


def _check_tick(schedules: Schedules, tick: float) -> None:
    """Raise InputError unless two prices or more can be named."""
    if np.floor(schedules.high / tick) - np.ceil(schedules.low / tick) < 1:
        raise InputError(
            f"tick={tick:g} leaves fewer than two prices from {schedules.low:g} to {schedules.high:g}; use "
            f"tick <= {(schedules.high - schedules.low) / 2:g}"
        )


def _check_size(network: Network, schedules: Schedules) -> None:
    """Raise InputError unless a network has a node for each trader."""
    if network.n != schedules.n:
        raise InputError(
            f"network={network.name} has {network.n} nodes for {schedules.buyers} buyers and {schedules.sellers} "
            f"sellers; choose one with {schedules.n} nodes"
        )
