"""Market: buyers and sellers of one good, who trade it for money, period by period.

Everybody knows what units of the good are worth to itself, or cost it, and names prices as its kind of trader does; an
institution makes deals of them. A step of the model is a trading period, at the start of which everybody has all its
units again; what was learned stays. A network says who can deal with whom, where not everybody can.
"""

from math import nan
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ...agents.errors import InputError
from ...agents.party import Buyer, Seller
from ...agents.traders import Trader, traders
from ..agreement import AnyScenario
from ..deal import Deal
from ..dealing_model import DealingModel, DealingScenario
from ..floor import Floor
from ..institutions import Institution, institutions
from ..market_monitors import PROPERTIES, MarketAccount, judged, kept, prices
from ..networks.built import build
from ..networks.everybody import Everybody
from ..networks.network import Network
from ..networks.topologies import Topology, topologies
from ..records import Column
from ..schedules import Schedules, alpha, dues, equilibrium
from ..seeds import Purpose
from ..valuations import Valuation, valuations
from ..verdict import Judgement, Property

__all__ = ["Market"]

Values = NDArray[np.float64]


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

    @property
    def sides(self) -> tuple[Trader, Trader]:
        """How buyers trade, and how sellers do."""
        return self.trader, self.sellers or self.trader

    @model_validator(mode="after")
    def _fits(self) -> "MarketScenario":
        """Try what can be tried before anything runs."""
        if not self.valuation.is_random:
            schedules = build(self.valuation, np.random.default_rng(0))
            _check_tick(schedules, self.tick)
            if self.network is None:
                self.check_seats(_everybody(schedules))
            elif not self.network.is_random:
                network = build(self.network, np.random.default_rng(0))
                _check_size(network, schedules)
                self.check_seats(network)
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
    properties: ClassVar[tuple[Property, ...]] = PROPERTIES
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
        self.schedules: Schedules = build(scenario.valuation, initial)
        _check_tick(self.schedules, scenario.tick)
        n = self.schedules.n
        if scenario.network is None:
            self.seats, network = np.arange(n), _everybody(self.schedules)
        else:
            network = build(scenario.network, self.seed.stream(Purpose.NETWORK))
            _check_size(network, self.schedules)
            self.seats = initial.permutation(n)
        self.place(network)
        traders = np.argsort(self.seats)  # who sits at each node
        self._due = dues(self.schedules)[traders]  # in a period
        worths = (*self.schedules.values, *self.schedules.costs)
        self.floor = Floor(
            network,
            scenario.network is None,
            [worths[trader] for trader in traders.tolist()],
            traders < self.schedules.buyers,
            (self.schedules.low, self.schedules.high, scenario.tick),
            scenario.sides,
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
        return self._due * self.clock

    @property
    def opinions(self) -> Values:
        """The price of each trader's latest deal that was kept, (n,); NaN before."""
        latest = np.full(self.network.n, nan)
        for deal in kept(self.deals):
            latest[list(deal.parties)] = deal.outcome
        return latest

    def parties(self) -> None:
        """Create a `Buyer` or a `Seller` for each node."""
        for node, buys in enumerate(self.floor.buys.tolist()):
            (Buyer if buys else Seller)(self, node)

    def judge(self) -> list[Judgement]:
        """Judge all properties."""
        scenario: MarketScenario = self.scenario
        buying, selling = scenario.sides
        account = MarketAccount(
            floor=self.floor,
            periods=[self.period(number) for number in range(1, self.clock + 1)],
            planned=scenario.periods,
            running=self.running,
            tolerance=scenario.tolerance,
            constrained=(buying.is_constrained, selling.is_constrained),
            traitors=frozenset(self.traitors.tolist()),
        )
        return judged(account)

    # What a run leaves behind -------------------------------------------------------------------

    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns."""
        price, greatest = self.equilibrium.price, self.equilibrium.surplus * self.clock
        paid, gains = prices(self.deals), self.gains()
        surplus = float(gains.sum())
        gained = np.diff(np.array([np.zeros(len(gains)), *self._gained]), axis=0)
        return {
            **self.shared(),
            "trades": len(paid),
            "efficiency": surplus / greatest if greatest else nan,
            "surplus": surplus,
            "price": float(paid.mean()) if len(paid) else nan,
            "equilibrium_price": price,
            "alpha": alpha(paid, price) if price > 0 else nan,
            "profit_dispersion": float(np.sqrt(((gained - self._due) ** 2).mean(axis=1)).mean())
            if self.clock
            else nan,
            "shouts_made": self.floor.shouted,
        }

    def step_columns(self) -> dict[str, NDArray[Any]]:
        """Return step, disagreement, price, alpha, efficiency and trades."""
        paid = [np.empty(0), *(prices(self.period(number)) for number in range(1, self.clock + 1))]
        surplus = np.diff([0.0, 0.0, *(each.sum() for each in self._gained)])
        greatest, price = self.equilibrium.surplus, self.equilibrium.price
        return {
            "step": np.arange(self.clock + 1),
            "disagreement": np.array([np.ptp(each) if len(each) else 0.0 for each in paid]),
            "price": np.array([each.mean() if len(each) else nan for each in paid]),
            "alpha": np.array([alpha(each, price) if price > 0 else nan for each in paid]),
            "efficiency": np.array([nan, *(surplus[1:] / greatest if greatest else surplus[1:] * nan)]),
            "trades": np.array([len(each) for each in paid]),
        }

    def party_columns(self) -> dict[str, NDArray[Any]]:
        """Return the parties as they are now."""
        return {
            **self.shared_parties(),
            "buys": self.floor.buys.copy(),
            "units": np.abs(self.floor.goods),
            "money": np.round(np.array(self.floor.money) * self.scenario.tick, 12),
        }


def _everybody(schedules: Schedules) -> Network:
    """Return the network in which all traders can deal with each other."""
    return Everybody(schedules.n, f"complete(n={schedules.n})", schedules.labels)


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
