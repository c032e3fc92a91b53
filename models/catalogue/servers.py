"""Servers: a ledger of commands that is kept by several servers, for clients that write and read.

Servers keep their ledgers in one order, as their protocol says; clients ask for one command after another and wait for
the answer. Some servers crash, come back or lie, and so may some clients. A step of the model is a round of the
network; a run ends when every honest client has its answers, or at a limit.
"""

from math import ceil
from typing import Annotated, Any, ClassVar

from ...agents.command import Command
from ...agents.protocols import Problem, Protocol, protocols
from ...agents.puppet import unpossessed
from ..agreement import AnyScenario
from ..consistency import preserved, same_order
from ..linearizability import linearizable
from ..records import Column
from ..store_model import TERMINATION, StoreModel, StoreScenario
from ..verdict import Judgement, Kind, Property, Status

__all__ = ["Servers"]


class ServersScenario(StoreScenario):
    """Parameters of `Servers`."""

    problems: ClassVar[frozenset[Problem]] = frozenset({Problem.LEDGER})

    protocol: Annotated[Protocol, *protocols.choice] = protocols.option("raft", "how servers keep the ledger")


_ENTERED = "a server entered something"

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
    Property(
        "durability",
        Kind.SAFETY,
        "what a client was answered stands in a ledger at last",
        "a client was answered",
    ),
    TERMINATION,
)


class Servers(StoreModel):
    """A ledger kept by several servers.

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
        **StoreModel.outcomes,
        "entries": Column("int64", "entries", "length of the longest honest ledger"),
        "reigns": Column("int64", "1", "leaders that honest servers knew: terms or views"),
    }
    step_outcomes: ClassVar[dict[str, Column]] = {
        "disagreement": Column("int64", "entries", "longest honest ledger less the shortest"),
        **StoreModel.step_outcomes,
    }

    def ledger(self, node: int) -> list[Command | None]:
        """Return what a server has entered, in order of place; what it entered again, or after a gap, left out."""
        entries: list[Command | None] = []
        for _, place, command in self.simulation.ledgers[node]:
            if place == len(entries):
                entries.append(command)
        return entries

    def disagreement(self) -> float:
        """Return how many entries the shortest honest ledger is behind."""
        lengths = [len(self.simulation.ledgers[node]) for node in self.honest_servers]
        return max(lengths, default=0) - min(lengths, default=0)

    def foisted(self) -> list[Command]:
        """Return what clients with a conduct may have written, and what of theirs stands in ledgers."""
        liars = self.council.liars
        if not liars:
            return []
        entered = {
            command
            for node in self.truthful_servers
            for command in self.ledger(node)
            if command is not None and command.client in liars and command.value is not None
        }
        return list(dict.fromkeys([*super().foisted(), *sorted(entered)]))

    # Judgement ----------------------------------------------------------------------------------

    def judge(self) -> list[Judgement]:
        """Judge all properties."""
        ledgers = {node: self.ledger(node) for node in self.truthful_servers}
        acknowledged: dict[Any, int] = {command: command.client for command in self.returned}
        return [
            same_order(ledgers),
            self._validity(),
            self._integrity(),
            self.in_rounds(linearizable(self.history, initial=0)),
            preserved(acknowledged, ledgers),
            self.termination(),
        ]

    def _validity(self) -> Judgement:
        asked, liars = self.simulation.invoked, self.council.liars
        for node in self.truthful_servers:
            for time, _, command in self.simulation.ledgers[node]:
                if command is not None and command not in asked and command.client not in liars:
                    return Judgement(Status.VIOLATED, ceil(time), (node,), f"nobody asked for {command}")
        return Judgement(Status.HELD, vacuous=not any(map(len, self.simulation.ledgers)))

    def _integrity(self) -> Judgement:
        for node in self.truthful_servers:
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

    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns."""
        states = [unpossessed(self.simulation.states[node]) for node in self.honest_servers]
        return {
            **super().outcome(),
            "entries": max((len(self.ledger(node)) for node in self.honest_servers), default=0),
            "reigns": max(map(self.scenario.protocol.reign, states), default=0),
        }
