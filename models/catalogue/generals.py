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

from ...agents.party import General
from ...agents.protocols import Problem, Protocol
from ..agreement import AnyScenario
from ..council import Council
from ..guarantees import are_bound, uncovered, unowed
from ..message_model import MessageModel, MessageScenario
from ..monitors import PROPERTIES, Account, judged
from ..networks.routes import connectivity
from ..openings import Opening, openings
from ..records import Column, Detail, Record
from ..seeds import Seed
from ..side_by_side import Minutes, played
from ..verdict import Judgement, Property, Status

__all__ = ["Generals"]


class GeneralsScenario(MessageScenario):
    """Parameters of `Generals`."""

    problems: ClassVar[frozenset[Problem]] = frozenset(
        {Problem.BROADCAST, Problem.CONSENSUS, Problem.APPROXIMATE, Problem.COMMIT}
    )
    liars: ClassVar[int] = 0

    initial: Annotated[Opening, *openings.choice] = openings.option("bits", "what parties put in")
    relay: bool = Field(
        False,
        description="let parties without a link reach each other over disjoint routes, by way of the others",
    )

    @model_validator(mode="after")
    def _fits(self) -> "GeneralsScenario":
        """Try what can be tried before anything runs."""
        if not self.network.is_random:
            Council.of(self, Seed(0))
        elif self.traitors:
            self.conduct.check(opinions=False)
        return self


class Generals(MessageModel):
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

    def convened(self) -> Council:
        """Return who sits where, and what everybody puts in."""
        return Council.of(self.scenario, self.seed)

    def setup(self) -> None:
        """Seat the parties."""
        super().setup()
        self.inputs = self.council.inputs
        self._steps: list[tuple[float, int, int]] = [(0.0, 0, 0)]
        self._made, self._spread, self._decided = (0, len(self._traitors)), 0.0, 0

    def noted(self) -> None:
        """Note who has decided, and how far apart."""
        simulation = self.simulation
        made = sum(map(len, simulation.decisions)), len(self._traitors)
        if made != self._made:  # else nothing has changed since the last round
            self._made = made
            values = [decision.value for decision in self._account().first.values()]
            self._spread, self._decided = max(values, default=0.0) - min(values, default=0.0), len(values)
        self._steps.append((self._spread, self._decided, sum(simulation.sent)))

    def is_done(self) -> bool:
        """Return whether all honest parties have decided, and only traitors still wait for anything."""
        everybody = self._decided == self.network.n - len(self._traitors)
        return everybody and all(event[2] in self._traitors for event in self.simulation.pending())

    def harm(self) -> tuple[int, ...]:
        """Return how many properties were violated, and how many parties did not decide."""
        return len(self.verdict.violated), self.outcome()["undecided"]

    def host(self, node: int) -> type[General]:
        """Return `General`."""
        return General

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

    @property
    def was_certain(self) -> bool:
        """Whether no random number was drawn, so that another run from the same inputs and traitors is the same."""
        return isinstance(self.simulation, Minutes) or super().was_certain  # minutes were made without any

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
        return Account(
            problem=protocol.problem,
            inputs=self.inputs,
            honest=self.honest,
            decisions=self.simulation.decisions,
            over=self.over,
            not_owed=self._unowed,
            tolerance=protocol.tolerance,
            truthful=range(self.network.n) if are_bound(self.scenario) else self.honest,
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
