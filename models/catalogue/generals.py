"""Generals: parties agree by messages, once, while messengers fail and traitors lie.

Each party runs a protocol's machine on the event queue; a step of the model is a round of the network, and lets
everything happen that is due in it. A run ends when nothing is under way that concerns an honest party, or at a limit.
"""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ...agents.conducts import Conduct, conducts
from ...agents.machine import Effect, Machine, State
from ...agents.party import General, Traitor
from ...agents.protocols import Faults, Protocol, protocols
from ..agreement import AgreementModel, AnyScenario
from ..channels import Channel, channels
from ..council import Council
from ..guarantees import uncovered, unowed
from ..monitors import PROPERTIES, Account, judged
from ..networks.network import Network
from ..networks.routes import connectivity, is_complete
from ..networks.topologies import Topology, topologies
from ..openings import Opening, openings
from ..placements import Placement, placements
from ..placements.given import Given
from ..records import Column, Detail, Record
from ..scenario import Scenario
from ..schedule import Promise, Schedule, Script
from ..schedulers import Scheduler, schedulers
from ..seeds import Purpose, Seed
from ..side_by_side import Minutes, played
from ..simulation import Luck, Simulation
from ..verdict import Judgement, Kind, Property, Status

__all__ = ["Generals"]


class GeneralsScenario(Scenario):
    """Parameters of `Generals`."""

    network: Annotated[Topology, *topologies.choice] = topologies.option(
        "complete(n=4)", "who can send to whom"
    )
    protocol: Annotated[Protocol, *protocols.choice] = protocols.option("bracha", "what honest parties do")
    initial: Annotated[Opening, *openings.choice] = openings.option("bits", "what parties put in")
    traitors: int = Field(0, ge=0, description="number of parties that have a conduct")
    conduct: Annotated[Conduct, *conducts.choice] = conducts.option("silent", "what traitors do")
    placement: Annotated[Placement, *placements.choice] = placements.option("random", "where traitors sit")
    f: int | None = Field(
        None,
        ge=0,
        description="traitors that the protocol is set up to bear; by default as many as there are",
    )
    relay: bool = Field(
        False,
        description="let parties without a link reach each other over disjoint routes, by way of the others",
    )
    channel: Annotated[Channel, *channels.choice] = channels.option("constant", "what messengers do")
    scheduler: Annotated[Scheduler, *schedulers.choice] = schedulers.option(
        "earliest", "in which order what is under way arrives"
    )
    pace: float = Field(
        1.0,
        gt=0,
        description="length of a round of the protocol, in rounds of the network: how long it waits",
    )
    allow_below_bound: bool = Field(
        False, description="run all the same with fewer parties, or more traitors, than the protocol bears"
    )
    max_events: int = Field(1_000_000, ge=1, description="event at which a run ends at the latest")

    @property
    def borne(self) -> int:
        """Number of traitors that the protocol is set up to bear."""
        return self.traitors if self.f is None else self.f

    @model_validator(mode="after")
    def _fits(self) -> "GeneralsScenario":
        """Try what can be tried before anything runs."""
        if not self.network.is_random:
            Council.of(self, Seed(0))
        elif self.traitors:
            self.conduct.check(opinions=False)
        return self


class Generals(AgreementModel):
    """One-shot agreement by messages, on any network, with faulty messengers and traitors.

    Parameters
    ----------
    schedule
        The choices to be made, in place of channel, scheduler and coins.
    traced
        Whether to keep the run's choices in `simulation.trace`; those of a schedule are kept in any case.

    Attributes
    ----------
    network : Network
    simulation : Simulation
        The event queue, with everybody's machine and state.
    inputs : tuple
        What each party put in, by node; in a broadcast only the sender's counts, and the others' are 0.
    traitors : (k,) array
        The nodes that have a conduct, ascending. An adaptive conduct adds to them as the run goes.
    over : bool
        Whether nothing is under way any more that concerns an honest party.
    schedule : Schedule, or None
    script : Script, or None
        What happened, where a schedule is followed.

    References
    ----------
    .. [1] L. Lamport, R. Shostak, M. Pease, "The Byzantine generals problem", ACM Transactions on Programming
           Languages and Systems 4 (1982) 382-401, doi:10.1145/357172.357176.

    Examples
    --------
    >>> model = Generals(network="complete(n=7)", protocol="bracha", traitors=2, conduct="equivocating", rng=1)
    >>> model.run().verdict.agreement
    <Status.HELD: 'held'>
    """

    Scenario: ClassVar[type[AnyScenario]] = GeneralsScenario
    properties: ClassVar[tuple[Property, ...]] = PROPERTIES
    outcomes: ClassVar[dict[str, Column]] = {
        "nodes": Column("int64", "parties", "parties in the network"),
        "edges": Column("int64", "edges", "links in the network"),
        "connectivity": Column(
            "Int64",
            "nodes",
            "vertex connectivity of the network, where messages are relayed; missing elsewhere",
        ),
        "covered": Column("bool", "1", "whether the protocol's guarantee of safety covers the run"),
        "uncovered": Column("str", "1", "why it does not"),
        "ended": Column(
            "str", "1", "how the run ended: decided, blocked, step-limit, event-limit or schedule-limit"
        ),
        "value": Column("float64", "opinion", "the value agreed on; missing where there is none"),
        "decided": Column("int64", "parties", "honest parties that decided"),
        "undecided": Column("int64", "parties", "honest parties that did not"),
        "first_decision": Column("float64", "rounds", "time at which the first honest party decided"),
        "last_decision": Column("float64", "rounds", "time at which the last one that did decided"),
        "rounds": Column("Int64", "rounds", "last round of the protocol in which an honest party decided"),
        "messages": Column("int64", "messages", "messages sent to others, by everybody"),
        "honest_messages": Column("int64", "messages", "messages sent to others by honest parties"),
        "own_messages": Column("int64", "messages", "messages that parties sent to themselves"),
        "bytes": Column("int64", "bytes", "length of the messages sent to others"),
        "events": Column("int64", "events", "arrivals, timers and starts that happened"),
        "accusations": Column("int64", "1", "accusations by honest parties"),
        "traitor_nodes": Column("str", "1", "the traitors' node ids"),
    }
    step_outcomes: ClassVar[dict[str, Column]] = {
        "disagreement": Column("float64", "opinion", "greatest honest decision so far less the least"),
        "decided": Column("int64", "parties", "honest parties that have decided"),
        "messages": Column("int64", "messages", "messages sent to others so far"),
    }
    party_outcomes: ClassVar[dict[str, Column]] = {
        "party": Column("int64", "1", "the party's node id"),
        "label": Column("str", "1", "the node's name"),
        "role": Column("str", "1", "general or traitor"),
        "input": Column("float64", "opinion", "what it put in"),
        "opinion": Column("float64", "opinion", "what it decided; missing if it did not"),
        "time": Column("float64", "rounds", "when it decided"),
        "messages": Column("int64", "messages", "messages that it sent to others"),
    }

    def __init__(
        self,
        scenario: AnyScenario | None = None,
        *,
        schedule: Schedule | None = None,
        traced: bool = False,
        **given: Any,
    ) -> None:
        self.schedule, self._traced = schedule, traced or schedule is not None
        super().__init__(scenario, **given)

    def setup(self) -> None:
        """Seat the parties; of several placements of the traitors the one that does most harm is kept."""
        council = Council.of(self.scenario, self.seed)
        if len(council.placements) > 1:
            council = replace(council, placements=(_worst(type(self), council),))
        self.council = council
        self.network, self.inputs = council.network, council.inputs
        self._traitors = council.traitors
        self._steps: list[tuple[float, int, int]] = [(0.0, 0, 0)]
        self._made, self._spread, self._decided = (0, len(self._traitors)), 0.0, 0
        self.over = False

    @cached_property
    def script(self) -> Script | None:
        """What happened, where a schedule is followed."""
        return None if self.schedule is None else self._scripted(self.schedule)

    @cached_property
    def simulation(self) -> Any:
        """The event queue, with everybody's machine and state, and what they have sent and decided."""
        scenario, seed = self.scenario, self.seed
        purposes = Purpose.COIN, Purpose.CONDUCT, Purpose.CHANNEL, Purpose.SCHEDULE
        self._streams = coins, lies, delays, orders = [seed.stream(purpose) for purpose in purposes]
        self._untouched = [stream.bit_generator.state for stream in self._streams]

        def coin(node: int, key: Hashable, domain: Sequence[Any]) -> Any:
            return domain[int((lies if node in self._traitors else coins).random() * len(domain))]

        script: Any = self.script
        return Simulation(
            self.council.machines(),
            script or scenario.channel,
            script or scenario.scheduler,
            Luck(delays, orders, script.coin if script else coin),
            pace=scenario.pace,
            links=None if is_complete(self.network) else _links(self.network),
            seize=self._seize if scenario.conduct.adaptive and scenario.traitors else None,
            traced=self._traced,
            max_events=scenario.max_events,
        )

    def _scripted(self, schedule: Schedule) -> Script:
        scenario, goal = self.scenario, schedule.until
        return Script(
            schedule,
            Promise.of(scenario.channel, scenario.protocol.timing),
            lambda: self._traitors,
            lambda: goal in self.verdict.violated,
            lasting=any(each.name == goal and each.kind is Kind.LIVENESS for each in self.properties),
        )

    def _seize(self, node: int, state: State, effects: Sequence[Effect]) -> Machine | None:
        """Corrupt a party if the conduct is tempted and may corrupt one more."""
        scenario = self.scenario
        if node in self._traitors or len(self._traitors) >= scenario.traitors:
            return None
        if not scenario.conduct.tempted(node, self.network.n, effects, self._traitors):
            return None
        self._traitors = tuple(sorted((*self._traitors, node)))
        return self.council.puppet(node, self._traitors)

    def advance(self) -> None:
        """Let everything happen that is due in the next round of the network."""
        simulation = self.simulation
        left = simulation.drain(self.clock)
        made = sum(map(len, simulation.decisions)), len(self._traitors)
        if made != self._made:  # else nothing has changed since the last round
            if made[1] != self._made[1]:
                self.forget_parties()
            self._made = made
            values = [decision.value for decision in self._account().first.values()]
            self._spread, self._decided = max(values, default=0.0) - min(values, default=0.0), len(values)
        self._steps.append((self._spread, self._decided, sum(simulation.sent)))
        everybody = self._decided == self.network.n - len(self._traitors)
        if self.script is not None and self.schedule is not None:
            self.over = not (left or self.script.owed() or self.schedule.cut)
        else:
            self.over = not left or (
                everybody and all(event[2] in self._traitors for event in simulation.pending())
            )
        if self.over or not left or simulation.cut:
            self.running = False

    @property
    def traitors(self) -> NDArray[np.intp]:
        """The nodes that have a conduct, ascending."""
        return np.array(self._traitors, dtype=np.intp)

    @property
    def honest(self) -> tuple[int, ...]:
        """The nodes that have none, ascending."""
        return tuple(node for node in range(self.network.n) if node not in self._traitors)

    @property
    def opinions(self) -> NDArray[np.float64]:
        """What each party has decided, or else what it put in, (n,)."""
        decisions = self.simulation.decisions
        return np.array(
            [made[0].value if made else own for made, own in zip(decisions, self.inputs, strict=True)],
            dtype=np.float64,
        )

    @property
    def disagreement(self) -> float:
        """Greatest honest decision so far less the least."""
        return self._steps[-1][0]

    def parties(self) -> None:
        """Create a `General` or a `Traitor` for each node."""
        for node in range(self.network.n):
            (Traitor if node in self._traitors else General)(self, node)

    @property
    def was_certain(self) -> bool:
        """Whether no random number was drawn, so that another run from the same inputs and traitors is the same."""
        if isinstance(self.simulation, Minutes):  # made without any
            return True
        return self._untouched == [stream.bit_generator.state for stream in self._streams]

    @classmethod
    def run_many(
        cls, scenario: AnyScenario, seeds: Sequence[Seed], record: Collection[str] = (Detail.STEPS,)
    ) -> list[Record]:
        """Run a scenario once for each seed.

        Of runs that are bound to be the same, one is made; those in which everybody speaks in honest voices, in
        lockstep, are made side by side on arrays. Records equal those of single runs.
        """
        models = [cls(scenario, rng=seed, record=record) for seed in seeds]
        if models[0].scenario.network.is_random:
            return [model.run().recorded() for model in models]
        alike: dict[Any, list[Generals]] = {}
        for model in models:
            alike.setdefault((model.inputs, model._traitors), []).append(model)
        first = [same[0] for same in alike.values()]
        for model, minutes in zip(first, played([model.council for model in first]), strict=True):
            model._adopt(minutes)
        records: dict[Generals, Record] = {}
        for same in alike.values():
            made = same[0].run().recorded()
            certain = same[0].was_certain
            records[same[0]] = made
            records |= {model: made if certain else model.run().recorded() for model in same[1:]}
        return [records[model] for model in models]

    def _adopt(self, minutes: Minutes | None) -> None:
        """Take over a run that was made elsewhere, if it was."""
        scenario = self.scenario
        if minutes is None or len(minutes.steps) > scenario.max_steps or minutes.events > scenario.max_events:
            return
        self.__dict__["simulation"] = minutes
        self._steps += minutes.steps
        self.clock, self.over, self.running = len(minutes.steps), True, False

    # Judgement ----------------------------------------------------------------------------------

    def _account(self) -> Account:
        protocol: Protocol = self.scenario.protocol
        lies = max(protocol.faults, self.scenario.conduct.faults) is Faults.BYZANTINE
        return Account(
            problem=protocol.problem,
            inputs=self.inputs,
            honest=self.honest,
            decisions=self.simulation.decisions,
            over=self.over,
            not_owed=self._unowed,
            tolerance=protocol.tolerance,
            truthful=self.honest if lies else range(self.network.n),
        )

    @cached_property
    def _uncovered(self) -> str:
        return uncovered(self.scenario, self.network, self.inputs)

    @cached_property
    def _unowed(self) -> str:
        return unowed(self.scenario, self.network, self.inputs)

    def judge(self) -> list[Judgement]:
        """Judge all properties."""
        return judged(self._account())

    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns."""
        scenario, simulation = self.scenario, self.simulation
        account = self._account()
        first = account.first
        times = [decision.time for decision in first.values()]
        rounds = [decision.round for decision in first.values() if decision.round is not None]
        agreed = self.verdict.agreement is Status.HELD and len(first) == len(account.honest) > 0
        undecided = len(account.honest) - len(first)
        return {
            "nodes": self.network.n,
            "edges": self.network.m,
            "connectivity": connectivity(self.network) if scenario.relay else None,
            "covered": not self._uncovered,
            "uncovered": self._uncovered,
            "ended": self._ended(undecided),
            "value": float(next(iter(first.values())).value) if agreed else np.nan,
            "decided": len(first),
            "undecided": undecided,
            "first_decision": min(times, default=np.nan),
            "last_decision": max(times, default=np.nan),
            "rounds": max(rounds, default=None),
            "messages": sum(simulation.sent),
            "honest_messages": sum(simulation.sent[node] for node in account.honest),
            "own_messages": simulation.own,
            "bytes": simulation.bytes,
            "events": simulation.events,
            "accusations": sum(each[1] in account.honest for each in simulation.accusations),
            "traitor_nodes": " ".join(map(str, self._traitors)),
        }

    def _ended(self, undecided: int) -> str:
        if self.over:
            return "blocked" if undecided else "decided"
        if self.simulation.cut:
            return "event-limit"
        return "step-limit" if self.schedule is None else "schedule-limit"

    def step_columns(self) -> dict[str, NDArray[Any]]:
        """Return step, disagreement, parties decided and messages sent."""
        spread, decided, messages = zip(*self._steps, strict=True)
        return {
            "step": np.arange(len(self._steps)),
            "disagreement": np.array(spread, dtype=np.float64),
            "decided": np.array(decided, dtype=np.int64),
            "messages": np.array(messages, dtype=np.int64),
        }

    def party_columns(self) -> dict[str, NDArray[Any]]:
        """Return what each party put in, decided and sent, as it is now."""
        n, decisions = self.network.n, self.simulation.decisions
        first = [made[0] if made else None for made in decisions]
        return {
            "step": np.full(n, self.clock),
            "party": np.arange(n),
            "label": np.array(self.network.node_labels, dtype=object),
            "role": np.array(
                ["traitor" if node in self._traitors else "general" for node in range(n)], dtype=object
            ),
            "input": np.array(self.inputs, dtype=np.float64),
            "opinion": np.array([np.nan if each is None else each.value for each in first], dtype=np.float64),
            "time": np.array([np.nan if each is None else each.time for each in first], dtype=np.float64),
            "messages": np.array(self.simulation.sent, dtype=np.int64),
        }


def _links(network: Network) -> list[frozenset[int]]:
    return [frozenset(map(int, network.neighbours(node))) for node in range(network.n)]


def _worst(kind: type[Generals], council: Council) -> tuple[int, ...]:
    """Return the placement that does most harm: most properties violated, then fewest parties decided."""

    def harm(nodes: tuple[int, ...]) -> tuple[int, int]:
        given = council.scenario.but(placement=Given.at(nodes, council.network))
        model = kind(given, rng=council.seed).run()
        return len(model.verdict.violated), model.outcome()["undecided"]

    return max(council.placements, key=harm)  # of equals the first
