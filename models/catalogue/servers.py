"""Servers: a store that is kept by several servers, for clients that write and read.

Servers keep a ledger of commands in one order, as their protocol says; clients ask for one command after another and
wait for the answer. Some servers crash, come back or lie. A step of the model is a round of the network; a run ends
when every client has its answers, or at a limit.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from math import ceil
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ...agents.command import Command
from ...agents.errors import InputError
from ...agents.party import Client, Party, Server
from ...agents.protocols import Faults, Problem, Protocol, protocols
from ..agreement import AnyScenario
from ..cluster import Cluster
from ..consistency import preserved, same_order
from ..guarantees import uncovered, unowed
from ..histories import Access, Operation
from ..linearizability import linearizable
from ..message_model import MessageModel, MessageScenario
from ..networks.topologies import Topology, topologies
from ..records import Column
from ..seeds import Seed
from ..verdict import Judgement, Kind, Property, Status

__all__ = ["Servers"]


class ServersScenario(MessageScenario):
    """Parameters of `Servers`."""

    problems: ClassVar[frozenset[Problem]] = frozenset({Problem.LEDGER})
    relay: ClassVar[bool] = False
    most: ClassVar[int] = 10_000_000
    """Commands in a run at most: what a computer has room for."""

    network: Annotated[Topology, *topologies.choice] = topologies.option(
        "complete(n=5)", "which servers can send to each other; clients can send to all"
    )
    protocol: Annotated[Protocol, *protocols.choice] = protocols.option("raft", "how servers keep the ledger")
    clients: int = Field(2, ge=1, le=10_000, description="number of clients, which are honest")
    commands: int = Field(10, ge=1, description="commands of each client")
    keys: int = Field(1, ge=1, le=1_000_000_000, description="keys that commands write and read")
    reads: float = Field(0.5, ge=0, le=1, description="probability that a command reads")
    pause: float = Field(0.0, ge=0, description="rounds that a client waits after an answer")

    @model_validator(mode="after")
    def _fits(self) -> "ServersScenario":
        """Try what can be tried before anything runs."""
        if self.asked > self.most:
            raise InputError(
                f"clients={self.clients}, commands={self.commands} make {self.asked} commands, and a run has "
                f"{self.most} at most; use commands <= {self.most // self.clients}"
            )
        if not self.network.is_random:
            Cluster.of(self, Seed(0))
        elif self.traitors:
            self.conduct.check(opinions=False)
        return self

    @property
    def asked(self) -> int:
        """Commands of all clients."""
        return self.clients * self.commands

    def parties(self, nodes: int) -> int:
        """Return how many servers and clients there are."""
        return nodes + self.clients


_ASKED, _ENTERED = "a client was answered", "a server entered something"

PROPERTIES = (
    Property(
        "agreement",
        Kind.SAFETY,
        "of any two servers' ledgers one begins with the other",
        "two servers entered something",
    ),
    Property("validity", Kind.SAFETY, "ledgers hold nothing but what clients asked for", _ENTERED),
    Property(
        "integrity", Kind.SAFETY, "ledgers have no gaps, and nothing in them is ever replaced", _ENTERED
    ),
    Property(
        "linearizability",
        Kind.SAFETY,
        "clients cannot tell the store from one that does a single command at a time",
        "a read was answered",
    ),
    Property("durability", Kind.SAFETY, "what a client was answered stands in a ledger at last", _ASKED),
    Property("termination", Kind.LIVENESS, "every client gets its answers", _ASKED),
)


class Servers(MessageModel):
    """A store kept by several servers.

    Attributes
    ----------
    network : Network
        Of the servers, 0..n-1; clients have the nodes after them.
    simulation : Simulation
        The event queue, with everybody's machine and state.
    history : list of Operation
        What clients asked for, and what they were answered.

    Examples
    --------
    >>> model = Servers(network="complete(n=5)", protocol="raft", traitors=2, conduct="crash(at=9)", rng=1)
    >>> model.run().verdict.linearizability
    <Status.HELD: 'held'>
    """

    Scenario: ClassVar[type[AnyScenario]] = ServersScenario
    properties: ClassVar[tuple[Property, ...]] = PROPERTIES
    outcomes: ClassVar[dict[str, Column]] = {
        "nodes": Column("int64", "parties", "servers"),
        "covered": Column("bool", "1", "whether the protocol's guarantee of safety covers the run"),
        "uncovered": Column("str", "1", "why it does not"),
        "ended": Column("str", "1", "how the run ended: answered, step-limit, event-limit or schedule-limit"),
        "asked": Column("int64", "commands", "commands that clients asked for"),
        "answered": Column("int64", "commands", "commands that they had an answer to"),
        "latency": Column("float64", "rounds", "mean time from a command to its answer"),
        "latency_max": Column("float64", "rounds", "longest time from a command to its answer"),
        "throughput": Column("float64", "commands / round", "commands answered a round"),
        "entries": Column("int64", "entries", "length of the longest honest ledger"),
        "reigns": Column("int64", "1", "leaders that honest servers knew: terms or views"),
        "messages": Column("int64", "messages", "messages sent to others, by everybody"),
        "bytes": Column("int64", "bytes", "length of the messages sent to others"),
        "events": Column("int64", "events", "arrivals, timers and starts that happened"),
        "accusations": Column("int64", "1", "accusations by honest parties"),
        "traitor_nodes": Column("str", "1", "the traitors' node ids"),
    }
    step_outcomes: ClassVar[dict[str, Column]] = {
        "disagreement": Column("int64", "entries", "longest honest ledger less the shortest"),
        "answered": Column("int64", "commands", "commands answered so far"),
        "messages": Column("int64", "messages", "messages sent to others so far"),
    }
    party_outcomes: ClassVar[dict[str, Column]] = {
        "party": Column("int64", "1", "the party's node id"),
        "label": Column("str", "1", "the node's name"),
        "role": Column("str", "1", "server, client or traitor"),
        "entries": Column("int64", "entries", "length of a server's ledger; commands answered of a client"),
        "messages": Column("int64", "messages", "messages that it sent to others"),
    }

    council: Cluster

    def convened(self) -> Cluster:
        """Return who sits where, and what clients ask for."""
        return Cluster.of(self.scenario, self.seed)

    def setup(self) -> None:
        """Seat servers and clients."""
        super().setup()
        self._steps: list[tuple[int, int, int]] = [(0, 0, 0)]

    def noted(self) -> None:
        """Note how far ledgers and answers have come."""
        simulation = self.simulation
        lengths = [len(simulation.ledgers[node]) for node in self._keepers]
        self._steps.append((max(lengths) - min(lengths), len(simulation.returned), sum(simulation.sent)))

    def is_done(self) -> bool:
        """Return whether all commands are answered."""
        return len(self.simulation.returned) == int(self.scenario.asked)

    def harm(self) -> tuple[int, ...]:
        """Return how many properties were violated, and how many commands were not answered."""
        return len(self.verdict.violated), -len(self.simulation.returned)

    def holding(self, node: int) -> str:
        """Return how much a server has entered, or a client was answered."""
        if node < self.network.n:
            return f"{len(self.ledger(node))} entries"
        return f"{self._answered(node)} answers"

    def host(self, node: int) -> type[Party]:
        """Return `Server` or `Client`."""
        return Client if node in self.council.clients else Server

    def _answered(self, client: int) -> int:
        """Return how many of its commands a client was answered."""
        work, returned = self.council.work[client - self.network.n], self.simulation.returned
        return sum(command in returned for command in work)

    @property
    def _keepers(self) -> list[int]:
        """The honest servers."""
        return [node for node in self.honest if node not in self.council.clients]

    @property
    def _truthful(self) -> Sequence[int]:
        """The servers whose ledgers bind: where faulty ones fail but do not lie, all."""
        scenario = self.scenario
        lies = max(scenario.protocol.faults, scenario.conduct.faults) is Faults.BYZANTINE
        return self._keepers if lies else range(self.network.n)

    def ledger(self, node: int) -> list[Command | None]:
        """Return what a server has entered, in order of place; what it entered again, or after a gap, left out."""
        entries: list[Command | None] = []
        for _, place, command in self.simulation.ledgers[node]:
            if place == len(entries):
                entries.append(command)
        return entries

    @property
    def history(self) -> list[Operation]:
        """What clients asked for and were answered; times count events."""
        returned = self.simulation.returned
        return [
            _operation(command, begin, returned.get(command))
            for command, (_, begin) in self.simulation.invoked.items()
        ]

    # Judgement ----------------------------------------------------------------------------------

    @cached_property
    def _uncovered(self) -> str:
        return uncovered(self.scenario, self.network, self.council.inputs)

    def judge(self) -> list[Judgement]:
        """Judge all properties."""
        ledgers = {node: self.ledger(node) for node in self._truthful}
        acknowledged = {command: command.client for command in self.simulation.returned}
        return [
            same_order(ledgers),
            self._validity(),
            self._integrity(),
            self._timed(linearizable(self.history, initial=0)),
            preserved(acknowledged, ledgers),
            self._termination(),
        ]

    def _timed(self, judgement: Judgement) -> Judgement:
        """Return a judgement whose step counted events with the round of that event."""
        if judgement.step is None:
            return judgement
        ends = [*self.simulation.invoked.values(), *(end[:2] for end in self.simulation.returned.values())]
        return replace(judgement, step=ceil(min(time for time, event in ends if event >= judgement.step)))

    def _validity(self) -> Judgement:
        asked = self.simulation.invoked
        for node in self._truthful:
            for time, _, command in self.simulation.ledgers[node]:
                if command is not None and command not in asked:
                    return Judgement(Status.VIOLATED, ceil(time), (node,), f"nobody asked for {command}")
        return Judgement(Status.HELD, vacuous=not any(map(len, self.simulation.ledgers)))

    def _integrity(self) -> Judgement:
        for node in self._truthful:
            entries: list[Command | None] = []
            for time, place, command in self.simulation.ledgers[node]:
                reason = ""
                if place > len(entries):
                    reason = f"place {place} was filled after {len(entries)} entries"
                elif place == len(entries):
                    entries.append(command)
                elif entries[place] != command:
                    reason = f"place {place} held {entries[place]} before {command}"
                if reason:
                    return Judgement(Status.VIOLATED, ceil(time), (node,), reason)
        return Judgement(Status.HELD, vacuous=not any(map(len, self.simulation.ledgers)))

    def _termination(self) -> Judgement:
        returned = self.simulation.returned
        waiting = tuple(
            client
            for client, work in zip(self.council.clients, self.council.work, strict=True)
            if any(command not in returned for command in work)
        )
        if not waiting:
            return Judgement(Status.HELD, ceil(max(end[0] for end in returned.values())))
        if reason := unowed(self.scenario, self.network, self.council.inputs):
            return Judgement(Status.INCONCLUSIVE, reason=reason)
        if not self.over:
            return Judgement(
                Status.INCONCLUSIVE, reason="the run was cut off before everybody had been answered"
            )
        return Judgement(Status.VIOLATED, witnesses=waiting, reason="nothing is under way any more")

    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns."""
        scenario, simulation = self.scenario, self.simulation
        took = [end[0] - simulation.invoked[command][0] for command, end in simulation.returned.items()]
        reigns = [scenario.protocol.reign(simulation.states[node]) for node in self._keepers]
        return {
            "nodes": self.network.n,
            "covered": not self._uncovered,
            "uncovered": self._uncovered,
            "ended": self._ended(),
            "asked": scenario.asked,
            "answered": len(took),
            "latency": float(np.mean(took)) if took else np.nan,
            "latency_max": max(took, default=np.nan),
            "throughput": len(took) / simulation.now if simulation.now else np.nan,
            "entries": max(len(self.ledger(node)) for node in self._keepers),
            "reigns": max(reigns),
            "messages": sum(simulation.sent),
            "bytes": simulation.bytes,
            "events": simulation.events,
            "accusations": sum(each[1] in self.honest for each in simulation.accusations),
            "traitor_nodes": " ".join(map(str, self._traitors)),
        }

    def _ended(self) -> str:
        if self.over:
            return "answered" if self.is_done() else "blocked"
        if self.simulation.cut:
            return "event-limit"
        return "step-limit" if self.schedule is None else "schedule-limit"

    def step_columns(self) -> dict[str, NDArray[Any]]:
        """Return step, lag of the shortest ledger, commands answered and messages sent."""
        lag, answered, messages = (np.array(each, dtype=np.int64) for each in zip(*self._steps, strict=True))
        return {
            "step": np.arange(len(self._steps)),
            "disagreement": lag,
            "answered": answered,
            "messages": messages,
        }

    def party_columns(self) -> dict[str, NDArray[Any]]:
        """Return what each party has entered or was answered, and sent, as it is now."""
        parties, clients, simulation = self.council.parties, self.council.clients, self.simulation
        roles = [
            "traitor" if node in self._traitors else "client" if node in clients else "server"
            for node in range(parties)
        ]
        answered = list(map(self._answered, clients))
        labels = [*map(str, self.network.node_labels), *(f"client {k}" for k in range(len(clients)))]
        return {
            "step": np.full(parties, self.clock),
            "party": np.arange(parties),
            "label": np.array(labels, dtype=object),
            "role": np.array(roles, dtype=object),
            "entries": np.array([*(len(self.ledger(node)) for node in range(self.network.n)), *answered]),
            "messages": np.array(simulation.sent, dtype=np.int64),
        }


def _operation(command: Command, begin: int, end: tuple[float, int, Any] | None) -> Operation:
    read = command.value is None
    return Operation(
        client=command.client,
        access=Access.READ if read else Access.WRITE,
        key=command.key,
        value=command.value,
        result=end[2] if read and end else None,
        invoked=begin,
        returned=end[1] if end else None,
    )
