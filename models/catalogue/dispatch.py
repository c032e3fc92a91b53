"""Dispatch: generating units agree on a price, and so on who produces how much of what is demanded.

Nobody is in charge. In every round a unit quotes its price to its neighbours, averages what it hears, raises or lowers
that by the mismatch between demand and supply, and produces what pays at that price. The mismatch is known to nobody
either: units estimate it together, or one of them, the leader, measures it. When prices come to rest, everybody signs
the schedule that its price has led to. Traitors may quote other prices than they hold, or claim other costs than they
have, or deliver nothing.
"""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator
from scipy.sparse import csr_array

from ...agents.conducts import Claims
from ...agents.errors import InputError
from ...agents.party import Negotiator, Traitor
from ...agents.rules import Rule, rules
from ..agreement import AnyScenario
from ..cases import Case, cases
from ..deal import Catch, Deal, Ending
from ..dealing_model import DealingModel, DealingScenario
from ..delivery import PROPERTIES, Delivery, judged
from ..economic_dispatch import Optimum, Payment, Units, feedback_limit, optimum, payments
from ..networks.built import build
from ..networks.network import Network
from ..networks.schemes import Scheme, schemes
from ..networks.topologies import Topology, topologies
from ..quotes import Quotes
from ..records import Column
from ..seeds import Purpose
from ..verdict import Judgement, Property

__all__ = ["Dispatch"]

Values = NDArray[np.float64]

_ROUNDING = 1e-12
_CALM = 0.5  # of the feedback beyond which prices swing, where none is given


class DispatchScenario(DealingScenario):
    """Parameters of `Dispatch`."""

    case: Annotated[Case, *cases.choice] = cases.option(
        "wood-wollenberg", "units, their costs, and the demand"
    )
    network: Annotated[Topology, *topologies.choice] = topologies.option(
        "ring(n=3)",
        "who quotes prices to whom, a node for each unit; if not given, a ring of as many as there are",
    )
    weights: Annotated[Scheme, *schemes.choice] = schemes.option(
        "metropolis", "how much each neighbour counts"
    )
    rule: Annotated[Rule, *rules.choice] = rules.option("linear", "how prices that are heard are averaged")
    leader: int | None = Field(
        None,
        ge=0,
        description="node that measures the mismatch, and alone corrects it; none: all estimate it",
    )
    feedback: float | None = Field(
        None,
        gt=0,
        description="money per MWh by which a MW of mismatch moves a price; none: half of what would make prices swing",
    )
    payment: Payment = Field(
        "uniform",
        description="the middle of all prices for every MWh; or what the others would cost more without it",
    )
    rest: float = Field(
        1e-10, gt=0, description="move of a price in a round that counts as none, money per MWh"
    )
    tolerance: float = Field(
        1e-6, gt=0, description="error of prices, balance and costs that counts as none, relative to the case"
    )

    @model_validator(mode="before")
    @classmethod
    def _seated(cls, given: Any) -> Any:
        """Seat the units in a ring unless a network is given."""
        if not isinstance(given, Mapping) or "network" in given or "case" not in given:
            return given
        try:
            n = build(cases.choose(given["case"]), np.random.default_rng(0)).n
        except InputError:  # told with the field's name when the case is read
            return given
        return {**given, "network": f"ring(n={n})" if n > 2 else f"complete(n={max(n, 2)})"}

    @model_validator(mode="after")
    def _fits(self) -> "DispatchScenario":
        """Try what can be tried before anything runs."""
        units = build(self.case, np.random.default_rng(0))
        if units.n < 2:
            raise InputError(f"case={self.case} has one unit, and agreement needs two; give it another")
        for unit in np.flatnonzero(units.a == 0).tolist():
            raise InputError(
                f"case={self.case}: the cost of unit {unit} is linear (a=0), so that no price tells how much it "
                "produces; give it some curvature, or look at the optimum alone (models/economic_dispatch.py)"
            )
        if self.payment == "vcg":
            try:
                payments(units, optimum(units).powers, 0.0, self.payment)
            except InputError as missed:
                raise InputError(
                    f"{missed}; use payment=uniform, or units that can stand in for it"
                ) from None
        if not self.network.is_random:
            network = build(self.network, np.random.default_rng(0))
            self.seat(network, units)
            self.check_seats(network)
            self.gentle(units, self.weights.matrix(network).toarray())
        return self

    def seat(self, network: Network, units: Units) -> None:
        """Raise InputError unless there is a node for each unit, and one for the leader."""
        if network.n != units.n:
            raise InputError(
                f"network={network.name} has {network.n} nodes, and case={self.case} has {units.n} units; use as many, "
                f"such as network='complete(n={units.n})'"
            )
        if self.leader is not None and self.leader >= network.n:
            raise InputError(
                f"leader={self.leader}, but {network.name} has {network.n} nodes; use 0..{network.n - 1}, or none"
            )

    def gentle(self, units: Units, weights: Values) -> float:
        """Return the feedback: what is given, or one that lets prices come to rest.

        Raises
        ------
        InputError
            If there is none, as averaging alone oscillates.
        """
        if self.feedback is not None:
            return self.feedback
        limit = feedback_limit(units, weights)
        if limit < _ROUNDING:
            raise InputError(
                f"weights={self.weights}: on this network averaging oscillates for ever, whatever the feedback; use "
                "weights='metropolis', or set feedback to watch it"
            )
        return _CALM * limit


class Dispatch(DealingModel):
    """Economic dispatch by consensus on prices.

    Attributes
    ----------
    network : Network
    units, claimed : Units
        The units as they are, and as they claim to be: by their claims they produce and are paid.
    best : Optimum
        The dispatch at least cost, by true costs.
    prices, powers, mismatches : list of (n,) arrays
        What each unit held, produced, and estimated to be missing, in every round so far and at the start.
    delivery : Delivery
        What would be delivered, and at what price, if it ended now.

    References
    ----------
    .. [1] S. Yang, S. Tan, J.-X. Xu, "Consensus based approach for economic dispatch problem in a smart grid", IEEE
           Transactions on Power Systems 28 (2013) 4416-4426.
    .. [2] Z. Zhang, M.-Y. Chow, "Convergence analysis of the incremental cost consensus algorithm under different
           communication network topologies in a smart grid", IEEE Transactions on Power Systems 27 (2012) 1761-1768.

    Examples
    --------
    >>> model = Dispatch(rng=1).run()
    >>> round(model.price, 4), model.delivered.round(1), model.verdict.optimality
    (9.1483, array([393.2, 334.6, 122.2]), <Status.HELD: 'held'>)
    """

    Scenario: ClassVar[type[AnyScenario]] = DispatchScenario
    properties: ClassVar[tuple[Property, ...]] = PROPERTIES
    outcomes: ClassVar[dict[str, Column]] = {
        **DealingModel.shared_outcomes,
        "price": Column(
            "float64", "money/MWh", "what a MWh is paid: the middle of the prices held at the end"
        ),
        "optimal_price": Column("float64", "money/MWh", "lambda of the dispatch at least cost"),
        "price_range": Column(
            "float64", "money/MWh", "greatest price held at the end by any unit, less the least"
        ),
        "demand": Column("float64", "MW", "what has to be met"),
        "mismatch": Column("float64", "MW", "what is delivered, less the demand"),
        "cost": Column("float64", "money/h", "what producing it costs, by true costs"),
        "optimal_cost": Column("float64", "money/h", "the least cost of meeting the demand"),
        "excess_cost": Column(
            "float64", "1", "cost above the least, as a share of it; below 0 if demand is not met"
        ),
        "paid": Column("float64", "money/h", "what all units together are paid"),
    }
    step_outcomes: ClassVar[dict[str, Column]] = {
        "disagreement": Column(
            "float64", "money/MWh", "greatest price that an honest unit holds, less the least"
        ),
        "price": Column("float64", "money/MWh", "middle of all prices held"),
        "mismatch": Column("float64", "MW", "what is scheduled, less the demand"),
        "cost": Column("float64", "money/h", "what the schedule costs, by true costs"),
    }
    party_outcomes: ClassVar[dict[str, Column]] = {
        **DealingModel.shared_party_outcomes,
        "price": Column("float64", "money/MWh", "the price that it holds"),
        "power": Column("float64", "MW", "what it is scheduled to produce"),
        "optimal_power": Column("float64", "MW", "what it would produce at least cost"),
    }

    # A run --------------------------------------------------------------------------------------

    def setup(self) -> None:
        """Seat the units, have the traitors among them make their claims, and start from equal shares."""
        scenario: DispatchScenario = self.scenario
        self.units: Units = build(scenario.case, np.random.default_rng(0))
        network: Network = build(scenario.network, self.seed.stream(Purpose.NETWORK))
        scenario.seat(network, self.units)
        self.place(network)
        self.deals = []
        self.best: Optimum = optimum(self.units)
        self.claimed = self._claims()
        luck = self.seed.stream(Purpose.CONDUCT)
        self._fate = luck.random(len(self.traitors))
        self._said = Quotes(network, self.traitors, scenario.conduct, self.units.believed, luck)
        self._rule: Rule = scenario.rule.facing(scenario.traitors)
        self._matrix: csr_array = scenario.weights.matrix(network)
        weights = self._matrix.toarray()
        self._heeded = np.where(self._said.silent, 0.0, weights[np.arange(network.n), self._said.neighbours])
        self._feedback = scenario.gentle(self.units, weights)

        self._at_rest, self._kept = False, np.ones(network.n, dtype=np.bool_)
        share = np.clip(self.units.demand / self.units.n, self.units.low, self.units.high)
        self._opening = self.claimed.marginal(share)
        self.prices, self.powers, self.mismatches = list[Values](), list[Values](), list[Values]()
        self._hold(self._opening, np.full(self.units.n, self.units.demand / self.units.n))

    def _hold(self, wanted: Values, owed: Values) -> None:
        """Have prices quoted and held, produce what pays, and estimate what is missing from what each owes."""
        held = self._said.say(self.clock + 1, wanted, self._opening)
        powers = self.claimed.schedule(held)
        missing, leader = owed - powers, self.scenario.leader
        if leader is not None:
            missing = np.where(np.arange(self.units.n) == leader, self.units.demand - powers.sum(), 0.0)
        self.prices.append(held)
        self.powers.append(powers)
        self.mismatches.append(missing)

    def advance(self) -> None:
        """Have all units hear their neighbours' prices, set their own, and produce what pays."""
        price, power, missing = self.prices[-1], self.powers[-1], self.mismatches[-1]
        averaged = self._rule(price, self._said.heard(price), self._heeded)
        self._hold(averaged + self._feedback * missing, self._matrix @ missing + power)
        self._at_rest = bool(np.abs(self.prices[-1] - price).max() < self.scenario.rest)
        if self._at_rest or self.clock >= self.scenario.max_steps:
            self._sign()

    def _sign(self) -> None:
        """Sign the schedule, and find out who does not deliver."""
        signed = self.powers[-1]
        broken = self.traitors[~self.scenario.conduct.honours(self._fate)]
        self._kept[broken] = False
        ending = Ending.BREACHED if len(broken) else Ending.AGREED
        self.deals.append(Deal(tuple(range(self.units.n)), tuple(signed.tolist()), self.clock, ending))
        for by, nodes in (
            (Catch.SETTLEMENT, broken.tolist()),
            (Catch.COMPARISON, sorted(self._said.lies.exposed)),
            (Catch.SILENCE, self._said.lies.silent),
        ):
            for node in nodes:
                self.catch(node, by)
        self.running = False

    def _claims(self) -> Units:
        """Return the units as they claim to be: marginal costs at either limit are what a traitor may lie about."""
        claimed = self.units
        truth = claimed.marginal(np.array([claimed.low, claimed.high])).T[self.traitors]
        low, high = (np.full(truth.size, end) for end in claimed.believed)
        asked = Claims(truth.ravel(), np.zeros(truth.size, dtype=np.bool_), low, high)
        told = self.scenario.conduct.claim(asked).reshape(truth.shape)
        for node, costs in zip(self.traitors.tolist(), told.tolist(), strict=True):
            claimed = claimed.claiming(node, costs)
        return claimed

    # What it comes to ---------------------------------------------------------------------------

    @property
    def opinions(self) -> Values:
        """The price that each unit holds, (n,)."""
        return self.prices[-1].copy()

    @property
    def delivery(self) -> Delivery:
        """What has been scheduled, and delivered, so far."""
        return Delivery(
            units=self.units,
            best=self.best,
            prices=self.prices,
            powers=self.powers,
            kept=self._kept,
            honest=self.honest,
            tolerance=self.scenario.tolerance,
            running=self.running,
            at_rest=self._at_rest,
        )

    @property
    def delivered(self) -> Values:
        """What each unit produces, (n,), in MW: as scheduled, or nothing once it has broken its word."""
        return self.delivery.delivered

    @property
    def mismatch(self) -> float:
        """What is delivered, less the demand, in MW."""
        return float(self.delivered.sum()) - self.units.demand

    @property
    def price(self) -> float:
        """The uniform price: the middle of the prices held, which no minority of liars moves beyond the others'."""
        return float(np.median(self.prices[-1]))

    def quotes(self, node: int) -> dict[int, float]:
        """Return what a unit quotes next, by its neighbours' nodes; NaN is silence."""
        held = float(self.prices[-1][node])
        return self._said.of(node) or dict.fromkeys(map(int, self.neighbours(node)), held)

    def parties(self) -> None:
        """Create a `Negotiator` or a `Traitor` for each unit."""
        traitors = set(self.traitors.tolist())
        for node in range(self.network.n):
            (Traitor if node in traitors else Negotiator)(self, node)

    def gains(self) -> Values:
        """Return what each unit is paid, less what producing adds to its true costs, (n,)."""
        return self._paid() - self.units.running_costs(self.delivered)

    def dues(self) -> Values:
        """Return what that is at least cost, if nobody lies, (n,)."""
        price, powers, _ = self.best
        paid = payments(self.units, powers, price, self.scenario.payment)
        return paid - self.units.running_costs(powers)

    def _paid(self) -> Values:
        paid = payments(self.claimed, self.powers[-1], self.price, self.scenario.payment)
        return np.where(self._kept, paid, 0.0)

    def judge(self) -> list[Judgement]:
        """Judge all properties."""
        return judged(self.delivery)

    # What a run leaves behind -------------------------------------------------------------------

    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns."""
        cost = self.units.cost(self.delivered)
        return {
            **self.shared(),
            "price": self.price,
            "optimal_price": self.best.price,
            "price_range": float(np.ptp(self.prices[-1])),
            "demand": self.units.demand,
            "mismatch": self.mismatch,
            "cost": cost,
            "optimal_cost": self.best.cost,
            "excess_cost": (cost - self.best.cost) / abs(self.best.cost) if self.best.cost else float("nan"),
            "paid": float(self._paid().sum()),
        }

    def step_columns(self) -> dict[str, NDArray[Any]]:
        """Return step, disagreement, price, mismatch and cost."""
        prices, powers = np.array(self.prices), np.array(self.powers)
        return {
            "step": np.arange(self.clock + 1),
            "disagreement": np.ptp(prices[:, self.honest], axis=1),
            "price": np.median(prices, axis=1),
            "mismatch": powers.sum(axis=1) - self.units.demand,
            "cost": np.array([self.units.cost(each) for each in powers]),
        }

    def party_columns(self) -> dict[str, NDArray[Any]]:
        """Return the shared columns, price, power and optimal power, as they are at the end."""
        return {
            **self.shared_parties(),
            "price": self.prices[-1],
            "power": self.powers[-1],
            "optimal_power": self.best.powers,
        }
