"""StoreModel: what models have in common in which clients write and read what servers keep.

Clients ask for one command after another and wait for the answer; what they asked for and were answered, and when, is
the run's history, by which stores are judged. Some servers, and some clients, have a conduct. A step of the model is a
round of the network; a run ends when every honest client has its answers, or at a limit.
"""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from math import ceil
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ..agents.command import Command
from ..agents.conducts import Conduct, conducts
from ..agents.errors import InputError
from ..agents.party import Client, Party, Server
from .cluster import Cluster
from .guarantees import are_bound, uncovered, unowed
from .histories import Access, Operation
from .message_model import MessageModel, MessageScenario
from .networks.topologies import Topology, topologies
from .records import Column
from .seeds import Seed
from .verdict import Judgement, Kind, Property, Status

__all__ = ["TERMINATION", "StoreModel", "StoreScenario"]

TERMINATION = Property(
    "termination", Kind.LIVENESS, "every honest client gets its answers", "a client was answered"
)


class StoreScenario(MessageScenario):
    """Parameters of every model in which clients write and read what servers keep."""

    relay: ClassVar[bool] = False
    least_honest: ClassVar[int] = 1
    most: ClassVar[int] = 10_000_000
    """Commands in a run at most: what a computer has room for."""

    network: Annotated[Topology, *topologies.choice] = topologies.option(
        "complete(n=5)", "which servers can send to each other; clients can send to all"
    )
    traitors: int = Field(0, ge=0, description="number of servers that have a conduct")
    conduct: Annotated[Conduct, *conducts.choice] = conducts.option("silent", "what those servers do")
    clients: int = Field(2, ge=1, le=10_000, description="number of clients")
    liars: int = Field(0, ge=0, description="number of clients, the last ones, that have a conduct")
    client_conduct: Annotated[Conduct, *conducts.choice] = conducts.option("forging", "what those clients do")
    commands: int = Field(10, ge=1, description="commands of each client")
    keys: int = Field(1, ge=1, le=1_000_000_000, description="keys that commands write and read")
    reads: float = Field(0.5, ge=0, le=1, description="probability that a command reads")
    pause: float = Field(0.0, ge=0, description="rounds that a client waits after an answer")

    @model_validator(mode="after")
    def _fits(self) -> "StoreScenario":
        """Try what can be tried before anything runs."""
        if self.clients * self.commands > self.most:
            raise InputError(
                f"clients={self.clients}, commands={self.commands} make {self.clients * self.commands} commands, "
                f"and a run has {self.most} at most; use commands <= {self.most // self.clients}"
            )
        if self.liars >= self.clients:
            raise InputError(
                f"liars={self.liars}, but there are {self.clients} clients and somebody must be honest to be "
                f"answered; use liars <= {self.clients - 1}"
            )
        if self.liars and self.client_conduct.adaptive:
            raise InputError(
                f"client_conduct={self.client_conduct}: clients have a conduct from the start or not at all; "
                f"use one that does not corrupt as the run goes"
            )
        if not self.network.is_random:
            Cluster.of(self, Seed(0))
        elif self.traitors:
            self.conduct.check(opinions=False)
        return self

    @property
    def asked(self) -> int:
        """Commands of all honest clients."""
        return (self.clients - self.liars) * self.commands

    def parties(self, nodes: int) -> int:
        """Return how many servers and clients there are."""
        return nodes + self.clients


class StoreModel(MessageModel):
    """Base of models in which clients write and read what servers keep.

    Attributes
    ----------
    network : Network
        Of the servers, 0..n-1; clients have the nodes after them.
    history : list of Operation
        What clients asked for, and what they were answered.
    """

    outcomes: ClassVar[dict[str, Column]] = {
        "nodes": Column("int64", "parties", "servers"),
        "covered": Column("bool", "1", "whether the protocol's guarantee of safety covers the run"),
        "uncovered": Column("str", "1", "why it does not"),
        "ended": Column("str", "1", "how the run ended: answered, step-limit, event-limit or schedule-limit"),
        "asked": Column("int64", "commands", "commands that honest clients were to ask for"),
        "answered": Column("int64", "commands", "commands that they had an answer to"),
        "latency": Column("float64", "rounds", "mean time from a command to its answer"),
        "latency_max": Column("float64", "rounds", "longest time from a command to its answer"),
        "throughput": Column("float64", "commands / round", "commands answered a round"),
        "messages": Column("int64", "messages", "messages sent to others, by everybody"),
        "bytes": Column("int64", "bytes", "length of the messages sent to others"),
        "events": Column("int64", "events", "arrivals, timers and starts that happened"),
        "accusations": Column("int64", "1", "accusations by honest parties"),
        "traitor_nodes": Column("str", "1", "node ids of the servers and clients that have a conduct"),
    }
    step_outcomes: ClassVar[dict[str, Column]] = {
        "answered": Column("int64", "commands", "commands answered so far"),
        "messages": Column("int64", "messages", "messages sent to others so far"),
    }
    party_outcomes: ClassVar[dict[str, Column]] = {
        "party": Column("int64", "1", "the party's node id"),
        "label": Column("str", "1", "the node's name"),
        "role": Column("str", "1", "server, client or traitor"),
        "entries": Column("int64", "entries", "what a server keeps; commands answered of a client"),
        "messages": Column("int64", "messages", "messages that it sent to others"),
    }

    council: Cluster

    # What a model fills in ----------------------------------------------------------------------

    @abstractmethod
    def ledger(self, node: int) -> Sequence[Any]:
        """Return what a server keeps, entry by entry."""

    @abstractmethod
    def disagreement(self) -> float:
        """Return how far honest servers are apart."""

    # A run ----------------------------------------------------------------------------------------

    def convened(self) -> Cluster:
        """Return who sits where, and what clients ask for."""
        return Cluster.of(self.scenario, self.seed)

    def setup(self) -> None:
        """Seat servers and clients."""
        super().setup()
        self._steps: list[tuple[float, int, int]] = [(0, 0, 0)]

    def noted(self) -> None:
        """Note how far servers and answers have come."""
        simulation = self.simulation
        self._steps.append((self.disagreement(), len(self.returned), sum(simulation.sent)))

    def is_done(self) -> bool:
        """Return whether all commands are answered."""
        return len(self.returned) == int(self.scenario.asked)

    def harm(self) -> tuple[int, ...]:
        """Return how many properties were violated, and how many commands were not answered."""
        return len(self.verdict.violated), -len(self.returned)

    def holding(self, node: int) -> str:
        """Return how much a server keeps, or a client was answered."""
        if node < self.network.n:
            return f"{len(self.ledger(node))} entries"
        return f"{self.answered_of(node)} answers"

    def host(self, node: int) -> type[Party]:
        """Return `Server` or `Client`."""
        return Client if node in self.council.clients else Server

    def label(self, node: int) -> str:
        """Return a server's name in the network, or which client it is."""
        return super().label(node) if node < self.network.n else f"client {node - self.network.n}"

    def neighbours(self, node: int) -> Sequence[int]:
        """Return the servers that a server can send to, or all for a client."""
        return super().neighbours(node) if node < self.network.n else range(self.network.n)

    @property
    def honest_servers(self) -> list[int]:
        """The servers that have no conduct; all where each fails in its turn."""
        return [node for node in self.honest if node < self.network.n] or list(range(self.network.n))

    @property
    def truthful_servers(self) -> Sequence[int]:
        """The servers whose entries bind: where faulty ones fail but do not lie, all."""
        return range(self.network.n) if are_bound(self.scenario) else self.honest_servers

    @property
    def returned(self) -> dict[Command, tuple[float, int, Any]]:
        """By command of an honest client that was answered: when, at which event, and what."""
        returned: dict[Command, tuple[float, int, Any]] = self.simulation.returned
        if not self.scenario.liars:
            return returned
        liars = self.council.liars
        return {command: end for command, end in returned.items() if command.client not in liars}

    def answered_of(self, client: int) -> int:
        """Return how many of its commands a client was answered."""
        work, returned = self.council.work[client - self.network.n], self.simulation.returned
        return sum(command in returned for command in work)

    @property
    def history(self) -> list[Operation]:
        """What honest clients asked for and were answered, and what others may have written; times count events.

        Nobody knows when a client with a conduct wrote something: it may have been at any time, or never.
        """
        returned, liars = self.returned, self.council.liars
        return [
            *(
                _operation(command, begin, returned.get(command))
                for command, (_, begin) in self.simulation.invoked.items()
                if command.client not in liars
            ),
            *(_operation(command, 0, None) for command in self.foisted()),
        ]

    def foisted(self) -> list[Command]:
        """Return what clients with a conduct may have written."""
        liars = self.council.liars
        return [each for each in self.simulation.invoked if each.client in liars and each.value is not None]

    # Judgement ------------------------------------------------------------------------------------

    @cached_property
    def uncovered(self) -> str:
        """Why the protocol's guarantee of safety does not cover the run; empty if it does."""
        return uncovered(self.scenario, self.network, self.council.inputs)

    def in_rounds(self, judgement: Judgement) -> Judgement:
        """Return a judgement whose step counted events with the round of that event."""
        if judgement.step is None:
            return judgement
        ends = [*self.simulation.invoked.values(), *(end[:2] for end in self.simulation.returned.values())]
        return replace(judgement, step=ceil(min(time for time, event in ends if event >= judgement.step)))

    def termination(self) -> Judgement:
        """Judge whether every honest client got its answers."""
        returned = self.returned
        waiting = tuple(
            client
            for client, work in zip(self.council.clients, self.council.work, strict=True)
            if client not in self.council.liars and any(command not in returned for command in work)
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

    # What a run leaves behind -----------------------------------------------------------------------

    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns."""
        simulation, returned = self.simulation, self.returned
        took = [end[0] - simulation.invoked[command][0] for command, end in returned.items()]
        return {
            "nodes": self.network.n,
            "covered": not self.uncovered,
            "uncovered": self.uncovered,
            "ended": self._ended(),
            "asked": self.scenario.asked,
            "answered": len(took),
            "latency": float(np.mean(took)) if took else np.nan,
            "latency_max": max(took, default=np.nan),
            "throughput": len(took) / simulation.now if simulation.now else np.nan,
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
        """Return step, disagreement, commands answered and messages sent."""
        apart, answered, messages = zip(*self._steps, strict=True)
        return {
            "step": np.arange(len(self._steps)),
            "disagreement": np.array(apart, dtype=self.step_outcomes["disagreement"].dtype),
            "answered": np.array(answered, dtype=np.int64),
            "messages": np.array(messages, dtype=np.int64),
        }

    def party_columns(self) -> dict[str, NDArray[Any]]:
        """Return what each party keeps or was answered, and sent, as it is now."""
        parties, clients, simulation = self.council.parties, self.council.clients, self.simulation
        roles = [
            "traitor" if node in self._traitors else "client" if node in clients else "server"
            for node in range(parties)
        ]
        kept = [len(self.ledger(node)) for node in range(self.network.n)]
        return {
            "step": np.full(parties, self.clock),
            "party": np.arange(parties),
            "label": np.array([self.label(node) for node in range(parties)], dtype=object),
            "role": np.array(roles, dtype=object),
            "entries": np.array([*kept, *map(self.answered_of, clients)]),
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
