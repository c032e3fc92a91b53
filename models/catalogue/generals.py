"""Generals: parties agree by messages, once, while messengers fail and traitors lie.

Each party runs a protocol's machine on the event queue; a step of the model is a round of the network, and lets
everything happen that is due in it. A run ends when nothing is under way that concerns an honest party, or at a limit.
"""

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ...agents.conducts import Conduct, conducts
from ...agents.errors import InputError
from ...agents.keys import Keys
from ...agents.machine import Effect, Machine, Seat, State, Value
from ...agents.parameters import name_of
from ...agents.party import General, Traitor
from ...agents.protocols import Problem, Protocol, Timing, protocols
from ...agents.puppet import Role
from ..agreement import AgreementModel, AnyScenario
from ..channels import Channel, Row, channels
from ..monitors import PROPERTIES, Account, judged
from ..networks.built import build, check_traitors
from ..networks.network import Network
from ..networks.topologies import Topology, topologies
from ..openings import Opening, openings
from ..placements import Placement, placements
from ..records import Column, Detail, Record
from ..scenario import Scenario
from ..schedulers import Scheduler, schedulers
from ..seeds import Purpose, Seed
from ..simulation import Luck, Simulation
from ..verdict import Judgement, Property, Status

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
        if self.traitors:
            self.conduct.check(opinions=False)
        if not self.network.is_random:
            network = build(self.network, np.random.default_rng(0))
            self.initial.opinions(network, np.random.default_rng(0))
            _check(self, network)
            self.placement.candidates(network, self.traitors, np.random.default_rng(0))
        return self


class Generals(AgreementModel):
    """One-shot agreement by messages, on any network, with faulty messengers and traitors.

    Attributes
    ----------
    network : Network
    simulation : Simulation
        The event queue, with everybody's machine and state.
    inputs : tuple
        What each party put in, by node; in a broadcast only the sender's counts, and the others' are 0.
    traitors : (k,) array
        The nodes that have a conduct, ascending. An adaptive conduct adds to them as the run goes.

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
        "covered": Column("bool", "1", "whether the protocol's guarantee of safety covers the run"),
        "uncovered": Column("str", "1", "why it does not"),
        "ended": Column("str", "1", "how the run ended: decided, blocked, step-limit or event-limit"),
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

    def setup(self) -> None:
        """Build the network, seat the parties and put everybody's start on the queue."""
        scenario: GeneralsScenario = self.scenario
        seed = self.seed
        network = self.network = build(scenario.network, seed.stream(Purpose.NETWORK))
        if scenario.network.is_random:
            _check(scenario, network)
        opinions = scenario.initial.opinions(network, seed.stream(Purpose.INITIAL))
        inputs = map(_plain, opinions.tolist())
        # in a broadcast nobody but the sender puts anything in
        broadcast = scenario.protocol.problem is Problem.BROADCAST
        self.inputs = (next(inputs), *(0,) * (network.n - 1)) if broadcast else tuple(inputs)
        candidates = scenario.placement.candidates(network, scenario.traitors, seed.stream(Purpose.PLACEMENT))
        if len(candidates) > 1:
            candidates = candidates[[_worst(type(self), scenario, seed, candidates)]]
        self._seat(candidates[0])

    def _seat(self, traitors: NDArray[np.intp], *, traced: bool = False) -> None:
        scenario, seed, n = self.scenario, self.seed, self.network.n
        adaptive = scenario.conduct.adaptive
        self._traitors = () if adaptive else tuple(sorted(map(int, traitors)))
        self._secret = f"{seed.number}/{seed.replicate}".encode()
        machines = [
            scenario.conduct.puppet(self._role(node))
            if node in self._traitors
            else scenario.protocol.machine(self._seat_of(node, (node,)))
            for node in range(n)
        ]
        purposes = Purpose.COIN, Purpose.CONDUCT, Purpose.CHANNEL, Purpose.SCHEDULE
        self._streams = coins, lies, delays, orders = [seed.stream(purpose) for purpose in purposes]
        self._untouched = [stream.bit_generator.state for stream in self._streams]

        def coin(node: int, sides: int) -> int:
            return int((lies if node in self._traitors else coins).random() * sides)

        self.simulation = Simulation(
            machines,
            scenario.channel,
            scenario.scheduler,
            Luck(delays, orders, coin),
            pace=scenario.pace,
            links=None if _is_complete(self.network) else _links(self.network),
            seize=self._seize if adaptive and scenario.traitors else None,
            traced=traced,
            max_events=scenario.max_events,
        )
        self._steps: list[tuple[float, int, int]] = [(0.0, 0, 0)]
        self._made, self._spread, self._decided = (0, 0), 0.0, 0
        self._over = False

    def _seat_of(self, node: int, owners: tuple[int, ...]) -> Seat:
        return Seat(node, self.network.n, self.scenario.borne, self.inputs[node], Keys(owners, self._secret))

    def _role(self, node: int) -> Role:
        coalition = self._traitors
        seat = self._seat_of(node, coalition)
        protocol: Protocol = self.scenario.protocol
        values = tuple(sorted({0, 1, *self.inputs}))
        return Role(
            seat,
            coalition,
            lambda value: protocol.machine(seat.but(value=value, keys=Keys((node,), self._secret))),
            protocol.alphabet(seat, values),
            values,
        )

    def _seize(self, node: int, state: State, effects: Sequence[Effect]) -> Machine | None:
        """Corrupt a party if the conduct is tempted and may corrupt one more."""
        scenario = self.scenario
        if node in self._traitors or len(self._traitors) >= scenario.traitors:
            return None
        if not scenario.conduct.tempted(node, self.network.n, effects, self._traitors):
            return None
        self._traitors = tuple(sorted((*self._traitors, node)))
        puppet: Machine = scenario.conduct.puppet(self._role(node))
        return puppet

    def advance(self) -> None:
        """Let everything happen that is due in the next round of the network."""
        simulation = self.simulation
        left = simulation.drain(self.clock)
        made = sum(map(len, simulation.decisions)), len(self._traitors)
        if made != self._made:  # else nothing has changed since the last round
            self._made = made
            values = [decision.value for decision in self._account().first.values()]
            self._spread, self._decided = max(values, default=0.0) - min(values, default=0.0), len(values)
        self._steps.append((self._spread, self._decided, sum(simulation.sent)))
        everybody = self._decided == self.network.n - len(self._traitors)
        self._over = not left or (
            everybody and all(event[2] in self._traitors for event in simulation.pending())
        )
        if self._over or simulation.cut:
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
        return self._untouched == [stream.bit_generator.state for stream in self._streams]

    @classmethod
    def run_many(
        cls, scenario: AnyScenario, seeds: Sequence[Seed], record: Collection[str] = (Detail.STEPS,)
    ) -> list[Record]:
        """Run a scenario once for each seed; of runs that are bound to be the same, one is made."""
        records: list[Record] = []
        known: dict[Any, Record] = {}
        for seed in seeds:
            model = cls(scenario, rng=seed, record=record)
            key = model.inputs, tuple(model.traitors)
            if key not in known or scenario.network.is_random:  # type: ignore[attr-defined]
                made = model.run().recorded()
                if model.was_certain:
                    known[key] = made
                records.append(made)
            else:
                records.append(known[key])
        return records

    # Judgement ----------------------------------------------------------------------------------

    def _account(self) -> Account:
        protocol: Protocol = self.scenario.protocol
        return Account(
            problem=protocol.problem,
            inputs=self.inputs,
            honest=self.honest,
            decisions=self.simulation.decisions,
            over=self._over,
            not_owed=self._uncovered or self._unlive,
            tolerance=protocol.tolerance,
        )

    @cached_property
    def _uncovered(self) -> str:
        """Why the protocol's guarantee of safety does not cover the run; empty if it does."""
        scenario, n = self.scenario, self.network.n
        protocol, f, traitors = scenario.protocol, scenario.borne, scenario.traitors
        name = name_of(type(protocol))
        if n < protocol.least(f):
            return f"{name} bears {f} traitors from n={protocol.least(f)}, and there are {n} parties"
        if traitors > f:
            return f"{name} is set up for {f} traitors, and there are {traitors}"
        if traitors and scenario.conduct.faults > protocol.faults:
            return f"{name} bears {protocol.faults.name.lower()} faults only"
        if protocol.timing is Timing.SYNCHRONOUS:
            return self._untimely
        return ""

    @property
    def _untimely(self) -> str:
        """Why a message may come too late for a protocol in rounds; empty if none does."""
        scenario = self.scenario
        row = Row(stages=(scenario.channel,)) if not isinstance(scenario.channel, Row) else scenario.channel
        worst = row.worst(0.0)
        if not row.reliable(True):
            return "messages may be lost"
        if row.stable_from > 0 or worst > scenario.pace:
            return f"a message may take {worst:g} rounds of the network, and the protocol waits {scenario.pace:g}"
        return ""

    @cached_property
    def _unlive(self) -> str:
        """Why no termination is owed although safety is; empty if it is owed."""
        scenario = self.scenario
        protocol, channel = scenario.protocol, scenario.channel
        if protocol.blocks and scenario.traitors:
            return f"{name_of(type(protocol))} may block when somebody fails"
        if not channel.reliable(True):
            return "messages may be lost"
        if protocol.timing is Timing.EVENTUAL and not channel.worst(0.0) < float("inf"):
            return "no bound on delays ever holds"
        return ""

    def judge(self) -> list[Judgement]:
        """Judge all properties."""
        return judged(self._account())

    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns."""
        simulation = self.simulation
        account = self._account()
        first = account.first
        times = [decision.time for decision in first.values()]
        rounds = [decision.round for decision in first.values() if decision.round is not None]
        agreed = self.verdict.agreement is Status.HELD and len(first) == len(account.honest) > 0
        undecided = len(account.honest) - len(first)
        return {
            "nodes": self.network.n,
            "edges": self.network.m,
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
        if self._over:
            return "blocked" if undecided else "decided"
        return "event-limit" if self.simulation.cut else "step-limit"

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


def _check(scenario: GeneralsScenario, network: Network) -> None:
    """Raise InputError if a scenario cannot be played on a network."""
    n, traitors, f = network.n, scenario.traitors, scenario.borne
    protocol = scenario.protocol
    name = name_of(type(protocol))
    check_traitors(traitors, network.name, n)
    scenario.channel.check(n)
    if not _is_complete(network):
        raise InputError(
            f"{name} needs everybody to hear everybody, and {network.name} is not complete; "
            f"use network='complete(n={n})'"
        )
    if scenario.allow_below_bound:
        return
    if traitors > f:
        raise InputError(
            f"traitors={traitors}, f={f}: {name} is set up to bear f traitors; use f >= {traitors} "
            "(or allow_below_bound=True to watch it fail)"
        )
    if n < protocol.least(f):
        borne = max((fewer for fewer in range(f) if protocol.least(fewer) <= n), default=None)
        fewer = f" or traitors <= {borne}" if borne is not None else ""
        raise InputError(
            f"traitors={f}, n={n}: {name} needs n >= {protocol.least(f)} to bear {f} traitors; "
            f"use n >= {protocol.least(f)}{fewer} (or allow_below_bound=True to watch it fail)"
        )


def _is_complete(network: Network) -> bool:
    return 2 * network.m == network.n * (network.n - 1)


def _links(network: Network) -> list[frozenset[int]]:
    return [frozenset(map(int, network.neighbours(node))) for node in range(network.n)]


def _plain(value: float) -> Value:
    """Return a whole number as an int: votes are 0 and 1, not 0.0 and 1.0."""
    return int(value) if value.is_integer() else value


def _worst(kind: type[Generals], scenario: Any, seed: Seed, candidates: NDArray[np.intp]) -> int:
    """Return which placement does most harm: most properties violated, then fewest parties decided."""

    def harm(place: int) -> tuple[int, int, int]:
        given = placements.choose({"name": "given", "nodes": candidates[place].tolist()})
        model = kind(scenario.but(placement=given), rng=seed).run()
        return len(model.verdict.violated), model.outcome()["undecided"], -place

    return max(range(len(candidates)), key=harm)
