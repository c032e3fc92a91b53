"""Exchange: parties meet in random pairs and exchange, goods for goods or money for nothing.

Who can meet whom is the network; who meets is chance. What two do when they meet is a rule of the catalogue of
exchanges: barter of two goods at a price between what they are worth to either, or money that changes hands. A step is
half as many encounters as there are parties, so that everybody meets once on average. The encounters follow each other;
on arrays those that have nobody in common are played at once, with the same result to the last bit.
"""

from math import nan
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ...agents.edgeworth import walras_price
from ...agents.exchanges import ExchangeRule, Values, exchanges
from ...agents.party import Holder
from ..agreement import AnyScenario
from ..deal import Catch, Deal, Ending
from ..dealing_model import DealingModel, DealingScenario
from ..endowments import Endowment, endowments
from ..exchange_audit import PROPERTIES, Audit
from ..exchange_terms import Encounters, Terms
from ..holdings import counted
from ..inequality import gini, top_share
from ..meetings import Meetings, Nodes, waves
from ..networks.built import build
from ..networks.topologies import Topology, topologies
from ..records import Column, Detail
from ..seeds import Purpose
from ..verdict import Judgement, Property

__all__ = ["Exchange"]


class ExchangeScenario(DealingScenario):
    """Parameters of `Exchange`."""

    network: Annotated[Topology, *topologies.choice] = topologies.option(
        "complete(n=50)", "who can meet whom"
    )
    exchange: Annotated[ExchangeRule, *exchanges.choice] = exchanges.option(
        "barter", "what two do when they meet"
    )
    endowment: Annotated[Endowment, *endowments.choice] = endowments.option(
        "uniform", "what parties have at first"
    )
    tolerance: float = Field(
        1e-6, gt=0, description="prices agree when the logarithms of any two differ by no more"
    )

    @model_validator(mode="after")
    def _fits(self) -> "ExchangeScenario":
        """Try what can be tried before anything runs."""
        if not self.network.is_random:
            luck = np.random.default_rng(0)
            network = build(self.network, luck)
            Meetings(network)
            counted(self.exchange, self.endowment, network.n, luck)
            self.exchange.exponents(network.n, luck)
            self.check_seats(network)
        return self


class Exchange(DealingModel):
    """Pairwise exchange, of goods or of money.

    Attributes
    ----------
    units : (goods, n) int array
        What each party holds, in units: coins, or equal parts of a good.
    unit : float
        How much a unit is: 1 for coins, a power of two for what can be divided.
    exponents : (n,) array
        The true weight of the first good in each party's utility.
    terms : Terms
        On which two exchange: what liars claim, insist on and keep.
    audit : Audit
        What was watched of it, step by step.
    deals : list of Deal
        What was signed in the latest step alone, as there may be millions: the price, or for money how much the first
        gave to the second; its round is the number of the encounter, from 0.

    References
    ----------
    .. [1] A. M. Feldman, "Bilateral trading processes, pairwise optimality, and Pareto optimality", Review of Economic
           Studies 40 (1973) 463-473, doi:10.2307/2296581.
    .. [2] A. Dragulescu, V. M. Yakovenko, "Statistical mechanics of money", European Physical Journal B 17 (2000)
           723-729, doi:10.1007/s100510070114.

    Examples
    --------
    >>> model = Exchange(network="complete(n=2)", endowment="given(amounts=[[4, 1], [1, 4]])", rng=1).run()
    >>> model.holdings.tolist(), model.clock
    ([[2.5, 2.5], [2.5, 2.5]], 1)
    """

    Scenario: ClassVar[type[AnyScenario]] = ExchangeScenario
    properties: ClassVar[tuple[Property, ...]] = PROPERTIES
    outcomes: ClassVar[dict[str, Column]] = {
        **DealingModel.shared_outcomes,
        "encounters": Column("int64", "encounters", "pairs that met"),
        "exchanges": Column("int64", "deals", "deals that were signed and kept"),
        "mean_wealth": Column("float64", "value", "mean wealth: coins, or the utility of what is held"),
        "gini": Column("float64", "1", "Gini coefficient of wealth"),
        "top_share": Column("float64", "1", "share of all wealth that the richest tenth has"),
        "broke": Column("float64", "1", "share of parties that have nothing"),
        "traitor_wealth": Column("float64", "value", "mean wealth of a traitor; missing where there is none"),
        "price": Column(
            "float64",
            "1",
            "geometric mean of the honest parties' marginal rates; missing for money, as below",
        ),
        "spread": Column("float64", "1", "the logarithm of the greatest of these rates by the least"),
        "walras_price": Column(
            "float64", "1", "price at which demand would have been supply, had all traded at one"
        ),
    }
    step_outcomes: ClassVar[dict[str, Column]] = {
        "disagreement": Column(
            "float64",
            "1",
            "the logarithm of the greatest marginal rate by the least, of honest parties who can reach each other; "
            "missing for money",
        ),
        "exchanges": Column("int64", "deals", "deals that were signed and kept in the step"),
        "gini": Column("float64", "1", "Gini coefficient of wealth"),
    }
    party_outcomes: ClassVar[dict[str, Column]] = {
        **DealingModel.shared_party_outcomes,
        "wealth": Column("float64", "value", "coins, or the utility of what it holds"),
        "rate": Column("float64", "1", "its marginal rate of substitution; missing for money"),
    }

    def setup(self) -> None:
        """Hand out what there is."""
        scenario: ExchangeScenario = self.scenario
        self.place(build(scenario.network, self.seed.stream(Purpose.NETWORK)))
        self.rule, n = scenario.exchange, self.network.n
        self.meetings = Meetings(self.network)
        initial = self.seed.stream(Purpose.INITIAL)
        self.units, self.unit = counted(self.rule, scenario.endowment, n, initial)
        self.exponents = self.rule.exponents(n, initial)
        self._first_holdings = self.holdings
        self.terms = Terms(
            self.rule, scenario.conduct, self.traitors, self.meetings, self.units, self.exponents
        )
        self.audit = Audit(self.terms, scenario.tolerance, self.units)
        self._lots, self._luck, self._whims = (
            self.seed.stream(purpose) for purpose in (Purpose.SCHEDULE, Purpose.COIN, Purpose.CONDUCT)
        )
        self._defaulted, self._met, self._spoke = np.zeros((3, n), dtype=bool)
        self._latest: Encounters | None = None
        self._ginis = [gini(self.wealth)] if Detail.STEPS in self.record else []
        self._past = [self._looks()] if self.record & {Detail.PARTIES, Detail.TRAJECTORIES} else []

    # What parties hold --------------------------------------------------------------------------

    @property
    def holdings(self) -> Values:
        """How much of each good each party has, (n, goods)."""
        held: Values = self.units.T.astype(np.float64) * self.unit
        return held

    @property
    def wealth(self) -> Values:
        """What that is worth to them, (n,): coins, or utility."""
        return self.rule.wealth(self.holdings, self.exponents)

    @property
    def opinions(self) -> Values:
        """The marginal rate of substitution of each party, (n,); for money its wealth."""
        return self.terms.rates(self.units) if self.rule.priced else self.wealth

    def gains(self) -> Values:
        """Return how much more everybody's holdings are worth to it than at first, (n,)."""
        return self.wealth - self.rule.wealth(self._first_holdings, self.exponents)

    def dues(self) -> Values:
        """Return the gains in theory, (n,): at the price of Walras, or for money in expectation."""
        first, components = self._first_holdings, self.network.components
        due = np.empty(self.network.n)
        for component in range(components.max() + 1):
            among = components == component
            due[among] = self.rule.due(first[among], self.exponents[among])
        return due - self.rule.wealth(first, self.exponents)

    def parties(self) -> None:
        """Create a `Holder` for each node."""
        for node in range(self.network.n):
            Holder(self, node)

    # Exchange -----------------------------------------------------------------------------------

    def advance(self) -> None:
        """Have as many pairs meet as there are parties, by two."""
        n = self.network.n
        pairs = max(n // 2, 1)
        step = Encounters(*self.meetings.draw(self._lots, pairs))
        if self.rule.needs_luck:
            step.luck = self._luck.random(pairs)
        if len(self.traitors):
            step.whims = self._whims.random((4, pairs))
            if self.scenario.conduct.quotes:
                step.hull = self.terms.hull(self.units)
        for wave in waves(step.first, step.second, n):
            self._play(step, wave)
        self._latest = step
        self._watch(step)

    def _play(self, step: Encounters, wave: Nodes) -> None:
        """Have pairs exchange that have nobody in common."""
        met = self.terms.meet(self.units, step, wave, self.clock)
        step.moved[wave] = met.moved[0]
        if self.rule.priced:
            step.price[wave] = met.price
        kept = met.moved
        if len(self.traitors):
            for side, (nodes, others) in enumerate((met.ends, met.ends[::-1])):
                seen = self.terms.lies[nodes] & ~self.terms.lies[others]
                self._met[nodes[seen]] = True
                self._spoke[nodes[seen & ~np.isnan(met.price)]] = True
                self._defaulted[nodes[seen & met.breaks[side]]] = True
            broken = met.breaks.any(axis=0)
            step.broken[wave], kept = broken, np.where(broken, 0, met.moved)
        first, second = met.ends
        for good, row in enumerate(self.units):
            row[first] = met.held[0][good] - kept[good]
            row[second] = met.held[1][good] + kept[good]

    # What is watched ----------------------------------------------------------------------------

    def _watch(self, step: Encounters) -> None:
        """Keep what is recorded of a step, see whether it was the last one, and catch who can be caught."""
        self.audit.note(self.units, step, self.clock)
        if Detail.STEPS in self.record:
            self._ginis.append(gini(self.wealth))
        if Detail.TRAJECTORIES in self.record:
            self._past.append(self._looks())
        self.running = not self.audit.settled
        for node in np.flatnonzero(self._defaulted).tolist():
            self.catch(node, Catch.SETTLEMENT)
        if not self.running or self.clock >= self.scenario.max_steps:
            for node in np.flatnonzero(self._met & ~self._spoke).tolist():
                self.catch(node, Catch.SILENCE)

    @property  # not kept as a list, as there may be millions
    def deals(self) -> list[Deal]:  # type: ignore[override]
        """What was signed in the latest step, kept or not, in the order of the encounters."""
        step = self._latest
        if step is None:
            return []
        past = (self.clock - 1) * len(step.first)
        outcomes = step.price if self.rule.priced else step.moved * self.unit
        return [
            Deal(
                (int(step.first[at]), int(step.second[at])),
                float(outcomes[at]),
                past + at,
                Ending.BREACHED if step.broken[at] else Ending.AGREED,
            )
            for at in np.flatnonzero(step.signed).tolist()
        ]

    @property
    def breached(self) -> int:
        """How many deals were signed and not kept, in all steps."""
        return self.audit.breached

    # Judgement ----------------------------------------------------------------------------------

    def judge(self) -> list[Judgement]:
        """Judge all properties."""
        return self.audit.judged()

    # What a run leaves behind -------------------------------------------------------------------

    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns."""
        wealth, priced = self.wealth, self.rule.priced
        logs = np.log(self.terms.rates(self.units)[self.terms.honest])
        return {
            **self.shared(),
            "encounters": self.clock * max(self.network.n // 2, 1),
            "exchanges": sum(self.audit.kept),
            "mean_wealth": float(wealth.mean()),
            "gini": gini(wealth),
            "top_share": top_share(wealth),
            "broke": float((wealth == 0).mean()),
            "traitor_wealth": float(wealth[self.traitors].mean()) if len(self.traitors) else nan,
            "price": float(np.exp(logs.mean())) if priced else nan,
            "spread": float(logs.max() - logs.min()) if priced else nan,
            "walras_price": walras_price(self._first_holdings, self.exponents) if priced else nan,
        }

    def step_columns(self) -> dict[str, NDArray[Any]]:
        """Return step, disagreement, exchanges and Gini coefficient, the last one only if steps are recorded."""
        return {
            "step": np.arange(self.clock + 1),
            "disagreement": np.array(self.audit.apart),
            "exchanges": np.array([0, *self.audit.kept]),
            "gini": np.array(self._ginis or [nan] * (self.clock + 1)),
        }

    def _looks(self) -> dict[str, NDArray[Any]]:
        """Return the columns of the frame of parties as they are now."""
        rates = self.terms.rates(self.units) if self.rule.priced else np.full(self.network.n, nan)
        return {**self.shared_parties(), "wealth": self.wealth, "rate": rates}

    def party_columns(self) -> dict[str, NDArray[Any]]:
        """Return what parties held and gained: at the first and the last step, or at every one."""
        past = self._past
        if self.clock and Detail.TRAJECTORIES not in self.record:
            past = [*past, self._looks()]
        return {name: np.concatenate([each[name] for each in past]) for name in past[0]}
