"""Negotiation: parties with private preferences bargain over deals, by a procedure and with tactics.

All parties whom a domain describes sit at one table if everybody can talk to everybody. On any other network each
link is a table of two, and a party bargains with each of its neighbours about a deal of their own. A step of the
model is a round at every table that is still open; a run ends when all are closed, or at a limit.

A traitor claims a reservation value: no deal is a cost that signing has for it. What its conduct quotes are utilities,
for which it bids in place of what its tactic would; and what it has signed it may not keep.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import inf, nan
from statistics import fmean
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ...agents.errors import InputError
from ...agents.party import Bargainer
from ...agents.profile import Profile
from ...agents.tactics import Tactic, tactics
from ..agreement import AnyScenario
from ..deal import Catch, Ending
from ..dealing_model import DealingModel, DealingScenario
from ..domains import Domain, domains
from ..lying import lies
from ..networks.built import build
from ..networks.network import Network
from ..networks.routes import is_complete
from ..networks.topologies import Topology, topologies
from ..procedures import Procedure, procedures
from ..records import Column, Detail
from ..seeds import Purpose
from ..standing import GAINED, gained, standing
from ..table import Table
from ..verdict import Judgement, Kind, Property, Status

__all__ = ["Negotiation"]

_UNUSED = np.random.default_rng(0)


class NegotiationScenario(DealingScenario):
    """Parameters of `Negotiation`."""

    network: Annotated[Topology, *topologies.choice] = topologies.option(
        "complete(n=2)", "who can talk to whom; if all can, they sit at one table"
    )
    domain: Annotated[Domain, *domains.choice] = domains.option(
        "random", "what is negotiated, and who wants what"
    )
    procedure: Annotated[Procedure, *procedures.choice] = procedures.option(
        "alternating-offers", "who may propose when, and what makes a deal"
    )
    tactic: Annotated[Tactic, *tactics.choice] = tactics.option(
        "time-dependent", "how the first party at a table bargains"
    )
    rivals: Annotated[Tactic, *tactics.choice] = tactics.option(
        "time-dependent", "how the other parties bargain"
    )
    information: Literal["private", "complete"] = Field(
        "private", description="whether parties know each other's preferences"
    )
    deadline: int | None = Field(100, ge=1, description="number of rounds; none: no end but max_steps")
    break_off: float = Field(
        0.0,
        ge=0,
        lt=1,
        description="probability that a round without a deal is the last, for whatever reason",
    )

    @model_validator(mode="after")
    def _fits(self) -> "NegotiationScenario":
        """Try what can be tried before anything runs."""
        knowing = [name for name in ("tactic", "rivals") if getattr(self, name).needs_rivals]
        if knowing and self.information == "private":
            raise InputError(
                f"{knowing[0]}={getattr(self, knowing[0])} knows the others' preferences; use information='complete', "
                "or a tactic that does without"
            )
        bargain = build(self.domain, np.random.default_rng(0))
        if knowing and len(bargain.profiles) > 2:
            raise InputError(
                f"{knowing[0]}={getattr(self, knowing[0])} is for two parties, and domain={self.domain} is for "
                f"{len(bargain.profiles)}; use a tactic that does not go by a rival's preferences"
            )
        if not self.network.is_random:
            self.procedure.check(len(bargain.profiles))
            network = build(self.network, np.random.default_rng(0))
            self.check_seats(network)
            _tables(network, len(bargain.profiles), self)
        return self


PROPERTIES = (
    Property("agreement", Kind.LIVENESS, "every table ends with a deal", "a table was closed"),
    Property(
        "validity",
        Kind.SAFETY,
        "a deal is an outcome of the space, worth its reservation value to everybody honest at the table",
        "there was a deal",
    ),
    Property(
        "termination", Kind.LIVENESS, "every table is closed, with a deal or without", "an offer was made"
    ),
)


class Negotiation(DealingModel):
    """Bargaining over several issues.

    Attributes
    ----------
    network : Network
    tables : tuple of Table
        Who bargains with whom, with all offers so far; one, or one for each link.
    deals : list of Deal
        How each table ended, in the order in which they did; those that are open are missing.

    References
    ----------
    .. [1] P. Faratin, C. Sierra, N. R. Jennings, "Negotiation decision functions for autonomous agents", Robotics and
           Autonomous Systems 24 (1998) 159-182, doi:10.1016/S0921-8890(98)00029-3.

    Examples
    --------
    >>> model = Negotiation(domain="pie(steps=10)", tactic="time-dependent(beta=1)", rivals="time-dependent(beta=1)")
    >>> model.run().deals
    [Deal(parties=(0, 1), outcome=5, round=50, ending=<Ending.AGREED: 'agreed'>)]
    """

    Scenario: ClassVar[type[AnyScenario]] = NegotiationScenario
    properties: ClassVar[tuple[Property, ...]] = PROPERTIES
    outcomes: ClassVar[dict[str, Column]] = {
        **DealingModel.shared_outcomes,
        "tables": Column("int64", "tables", "tables at which they bargained"),
        "outcome_count": Column("int64", "outcomes", "size of the outcome space"),
        "deals": Column("int64", "tables", "tables that ended with a deal"),
        "ended": Column(
            "str", "1", "how the tables ended: agreed, breached, deadline, left, broken off, stuck or open"
        ),
        "deal": Column("str", "1", "what was agreed on, issue by issue, where there is one table"),
        "round": Column("float64", "rounds", "mean round of the deals, from 0"),
        "offers": Column("int64", "offers", "offers that were made"),
        "opposition": Column("float64", "1", "mean opposition of the tables' bargains"),
        "zone": Column("float64", "1", "share of the tables with an outcome that suits everybody"),
        **GAINED,
    }
    step_outcomes: ClassVar[dict[str, Column]] = {
        "disagreement": Column(
            "float64",
            "utility",
            "mean over tables and parties of what they ask for above what they are offered",
        ),
        "open": Column("int64", "tables", "tables that are still open"),
    }
    party_outcomes: ClassVar[dict[str, Column]] = {
        **{
            name: DealingModel.shared_party_outcomes[name] for name in ("party", "label", "traitor", "caught")
        },
        "table": Column("int64", "1", "the table at which it sits"),
        "tactic": Column("str", "1", "how it bargains"),
        "utility": Column(
            "float64", "utility", "what its deal is worth to it, discounted; its reservation value without"
        ),
        "offer": Column("int64", "1", "number of the outcome that it last asked for; -1 before"),
        "asked": Column("float64", "utility", "what that is worth to itself"),
        "conceded": Column("float64", "utility", "what that is worth to the party after it"),
    }

    def setup(self) -> None:
        """Seat the parties."""
        scenario: NegotiationScenario = self.scenario
        self.place(build(scenario.network, self._drawn_from(scenario.network, Purpose.NETWORK)))
        self.deals = []
        rng = self._drawn_from(scenario.domain, Purpose.INITIAL)
        first = build(scenario.domain, rng)
        seats = _tables(self.network, len(first.profiles), scenario)
        self.bargains = [first, *(build(scenario.domain, rng) for _ in seats[1:])]
        tactics: Sequence[Sequence[Tactic]] = [
            (scenario.tactic, *(scenario.rivals,) * (len(nodes) - 1)) for nodes in seats
        ]
        claimed: Sequence[Sequence[Profile]] = [bargain.profiles for bargain in self.bargains]
        if scenario.traitors:
            tactics, claimed = lies(scenario.conduct, set(self.traitors.tolist()), seats, tactics, claimed)
        self.tables = tuple(
            Table(
                nodes,
                bargain,
                using,
                deadline=scenario.deadline,
                informed=scenario.information == "complete",
                luck=self._luck,
                break_off=scenario.break_off,
                claimed=profiles,
            )
            for nodes, bargain, using, profiles in zip(seats, self.bargains, tactics, claimed, strict=True)
        )
        self._rounds: list[Iterator[None]] = [scenario.procedure.rounds(table) for table in self.tables]

    def _drawn_from(self, part: Any, purpose: Purpose) -> np.random.Generator:
        """Return the stream that a part is drawn from; of one that is no matter of chance any."""
        return self.seed.stream(purpose) if part.is_random else _UNUSED

    @cached_property
    def _coins(self) -> np.random.Generator:
        return self.seed.stream(Purpose.COIN)

    def _luck(self) -> float:
        return self._coins.random()

    def advance(self) -> None:
        """Play a round at every open table."""
        for table, rounds in zip(self.tables, self._rounds, strict=True):
            if table.deal is None:
                next(rounds, None)
                self._close(table)
        self.running = any(table.deal is None for table in self.tables)

    def run(self) -> Self:
        """Step until the run is over and return the model; at once where the procedure can settle all tables."""
        procedure, whole = self.scenario.procedure, self.scenario.deadline or inf
        if self.clock == 0 and whole <= self.scenario.max_steps and all(map(procedure.settle, self.tables)):
            for table in self.tables:
                self._close(table)
            self.clock = 1 + max(deal.round for deal in self.deals)
            self.running = False
        return super().run()

    def _close(self, table: Table) -> None:
        """Note how a table ended, once it has, and what came of it after it had been signed."""
        if table.deal is None:
            return
        for node in sorted(set(self.traitors.tolist()).intersection(table.nodes)):
            seat = table.nodes.index(node)
            if table.deal.ending is Ending.AGREED:
                if not self.scenario.conduct.honours(self._lies_luck.random(1))[0]:
                    table.deal = table.deal._replace(ending=Ending.BREACHED)
                    self.catch(node, Catch.SETTLEMENT)
            elif not table.mine[seat] and (seat == 0 or table.heard[seat]):
                self.catch(node, Catch.SILENCE)
        self.deals.append(table.deal)

    @cached_property
    def _lies_luck(self) -> np.random.Generator:
        return self.seed.stream(Purpose.CONDUCT)

    def gains(self) -> NDArray[np.float64]:
        """Return what each party's deals are worth to it above no deal, discounted, (n,)."""
        return self._summed(
            table.bargain.utilities[table.agreed] * table.discounts() - table.bargain.disagreement
            if table.agreed is not None
            else np.zeros(len(table.nodes))
            for table in self.tables
        )

    def dues(self) -> NDArray[np.float64]:
        """Return what the Nash solutions are worth to each party above no deal, (n,)."""
        points = [standing(table.bargain).points[0] for table in self.tables]
        return self._summed(
            np.zeros(len(table.nodes)) if point is None else point - table.bargain.disagreement
            for table, point in zip(self.tables, points, strict=True)
        )

    def _summed(self, by_table: Iterable[NDArray[np.float64]]) -> NDArray[np.float64]:
        """Return the sums over the tables at which each party sits, (n,)."""
        sums = np.zeros(self.network.n)
        for table, values in zip(self.tables, by_table, strict=True):
            sums[list(table.nodes)] += values
        return sums

    @property
    def opinions(self) -> NDArray[np.float64]:
        """What each party asks for now, or has got, in its own utility, (n,); of several tables the mean."""
        asked: list[list[float]] = [[] for _ in range(self.network.n)]
        for table in self.tables:
            for seat, node in enumerate(table.nodes):
                outcome = (
                    table.deal.outcome if table.deal else table.mine[seat][-1] if table.mine[seat] else None
                )
                profile = table.profiles[seat]
                closed = table.deal is not None and outcome is None
                asked[node].append(
                    profile.reservation
                    if closed
                    else profile.best
                    if outcome is None
                    else table.worth(seat, outcome)
                )
        return np.array([np.mean(each) if each else np.nan for each in asked])

    def parties(self) -> None:
        """Create a `Bargainer` for each node."""
        for node in range(self.network.n):
            Bargainer(self, node)

    # Judgement ----------------------------------------------------------------------------------

    def judge(self) -> list[Judgement]:
        """Judge all properties."""
        return [self._agreement(), self._validity(), self._termination()]

    def _agreement(self) -> Judgement:
        deals = self.deals
        failed = [deal for deal in deals if deal.ending is not Ending.AGREED]
        if len(deals) < len(self.tables):
            return Judgement(Status.INCONCLUSIVE, reason="a table is still open")
        if not failed:
            return Judgement(Status.HELD, self.clock)
        witnesses = tuple(dict.fromkeys(node for deal in failed for node in deal.parties))
        told = ", ".join(dict.fromkeys(deal.ending.value for deal in failed))
        return Judgement(Status.INCONCLUSIVE, witnesses=witnesses, reason=f"nobody owes a deal: {told}")

    def _validity(self) -> Judgement:
        agreed = [(table, table.agreed) for table in self.tables if table.agreed is not None]
        for table, outcome in agreed:
            if not 0 <= outcome < table.space.size:
                return Judgement(Status.VIOLATED, self.clock, table.nodes, f"there is no outcome {outcome}")
            for node, profile in zip(table.nodes, table.bargain.profiles, strict=True):
                worth = profile.utilities[outcome]
                if worth < profile.reservation and node not in self.traitors:
                    told = f"{worth:g} is less than the reservation value {profile.reservation:g}"
                    return Judgement(Status.VIOLATED, self.clock, (node,), told)
        return Judgement(Status.HELD, vacuous=not agreed)

    def _termination(self) -> Judgement:
        if all(table.deal is not None for table in self.tables):
            return Judgement(Status.HELD, self.clock)
        if self.scenario.deadline is None:
            return Judgement(Status.INCONCLUSIVE, reason="there is no deadline, so it need not end")
        return Judgement(Status.INCONCLUSIVE, reason="the run was cut off before the deadline")

    # What a run leaves behind -------------------------------------------------------------------

    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns."""
        standings = [standing(table.bargain) for table in self.tables]
        deals = [table.deal for table in self.tables]
        endings = sorted({"open" if deal is None else deal.ending.value for deal in deals})
        agreed = [deal.round for deal in self.deals if deal.ending is Ending.AGREED]
        came = [gained(table) for table in self.tables]
        return {
            **self.shared(),
            "tables": len(self.tables),
            "outcome_count": self.tables[0].space.size,
            "deals": len(agreed),
            "ended": " ".join(endings),
            "deal": _told(self.tables[0]) if len(self.tables) == 1 else "",
            "round": _mean(agreed),
            "offers": sum(map(len, self.tables)),
            "opposition": _mean([each.opposition for each in standings]),
            "zone": _mean([each.zone for each in standings]),
            **{name: _mean([each[name] for each in came]) for name in came[0]},
        }

    def step_columns(self) -> dict[str, NDArray[Any]]:
        """Return step, disagreement and open tables."""
        steps = self.clock + 1
        apart = np.array([_extended(table.apart(), steps) for table in self.tables])
        closed = [table.deal.round + 1 if table.deal else steps for table in self.tables]
        return {
            "step": np.arange(steps),
            "disagreement": apart.mean(axis=0),
            "open": (np.arange(steps) < np.array(closed)[:, None]).sum(axis=0),
        }

    def party_columns(self) -> dict[str, NDArray[Any]]:
        """Return a row for each party and table: at the first and the last step, or at every one."""
        clock = self.clock
        steps = np.arange(clock + 1) if Detail.TRAJECTORIES in self.record else np.unique([0, clock])
        rows = []
        for number, table in enumerate(self.tables):
            for seat, node in enumerate(table.nodes):
                same = {
                    "party": node,
                    "label": str(self.network.node_labels[node]),
                    "traitor": node in self.traitors,
                    "caught": str(self.caught.get(node, "")),
                    "table": number,
                    "tactic": str(self.scenario.rivals if seat else self.scenario.tactic),
                }
                told = {
                    name: np.full(len(steps), value, dtype=object if isinstance(value, str) else None)
                    for name, value in same.items()
                }
                rows.append({"step": steps, **told, **table.history(seat, steps)})
        together = {name: np.concatenate([row[name] for row in rows]) for name in rows[0]}
        order = np.argsort(together["step"], kind="stable")
        return {name: values[order] for name, values in together.items()}


def _extended(values: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Return a table's values up to the end of the run: the last one stays."""
    return np.concatenate((values, np.full(length - len(values), values[-1])))


def _mean(values: Sequence[float]) -> float:
    """Return the mean of those that are not missing; NaN of none."""
    known = [value for value in values if value == value]
    return fmean(known) if known else nan


def _told(table: Table) -> str:
    if table.agreed is None:
        return ""
    return ", ".join(f"{issue}={value}" for issue, value in table.space.outcome(table.agreed).items())


def _tables(network: Network, parties: int, scenario: Any) -> list[tuple[int, ...]]:
    """Return who sits at each table: all at one, or the two ends of each link.

    Raises
    ------
    InputError
        If the domain is not for so many.
    """
    if is_complete(network) and network.n == parties:
        return [tuple(range(network.n))]
    if parties != 2:
        raise InputError(
            f"domain={scenario.domain} is for {parties} parties, and {network.name} has {network.n} nodes; use "
            f"network='complete(n={parties})', or a domain for two, to bargain on each link"
        )
    lows, highs, _ = network.edge_list
    return list(zip(lows.tolist(), highs.tolist(), strict=True))
