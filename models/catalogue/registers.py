"""Registers: values under keys that several servers keep, for clients that write and read.

Clients ask servers what they keep and tell them what to keep, as their protocol says; servers need no order among
commands, and no word with each other. Some servers crash, come back or lie, and so may some clients. What reads return
is held against what the protocol promises: safe, regular or atomic registers. A step of the model is a round of the
network; a run ends when every honest client has its answers, or at a limit.
"""

from collections import Counter
from typing import Annotated, Any, ClassVar

from ...agents.conducts import Conduct, conducts
from ...agents.protocols import Problem, Protocol, protocols
from ...agents.register import Version
from ...agents.register_protocol import Consistency
from ..agreement import AnyScenario
from ..consistency import durable, regular, safe, wrong_reads
from ..histories import Finding
from ..linearizability import linearizable
from ..records import Column
from ..store_model import TERMINATION, StoreModel, StoreScenario
from ..verdict import Judgement, Kind, Property, Status

__all__ = ["Registers"]


class RegistersScenario(StoreScenario):
    """Parameters of `Registers`."""

    problems: ClassVar[frozenset[Problem]] = frozenset({Problem.REGISTER})

    protocol: Annotated[Protocol, *protocols.choice] = protocols.option("abd", "how clients write and read")
    conduct: Annotated[Conduct, *conducts.choice] = conducts.option("crash", "what those servers do")
    client_conduct: Annotated[Conduct, *conducts.choice] = conducts.option("crash", "what those clients do")


PROPERTIES = (
    Property(
        "consistency",
        Kind.SAFETY,
        "reads return what the protocol promises: of a safe, a regular or an atomic register",
        "a read was answered",
    ),
    Property(
        "durability",
        Kind.SAFETY,
        "what was written is not gone at last",
        "a read followed a write",
    ),
    TERMINATION,
)

_JUDGES = {Consistency.ATOMIC: linearizable, Consistency.REGULAR: regular, Consistency.SAFE: safe}


class Registers(StoreModel):
    """Registers that several servers keep.

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
    >>> model = Registers(network="complete(n=5)", protocol="masking", traitors=1, conduct="forging", rng=1)
    >>> model.run().verdict.consistency, model.outcome()["wrong_reads"]
    (<Status.HELD: 'held'>, 0)
    """

    Scenario: ClassVar[type[AnyScenario]] = RegistersScenario
    properties: ClassVar[tuple[Property, ...]] = PROPERTIES
    outcomes: ClassVar[dict[str, Column]] = {
        **StoreModel.outcomes,
        "answered_reads": Column("int64", "reads", "reads of honest clients that were answered"),
        "wrong_reads": Column(
            "int64",
            "reads",
            "those answered as no regular register would have; as no safe one would have, if that is all that is "
            "promised",
        ),
        "blank_reads": Column("int64", "reads", "those answered with nothing, as nothing was to be believed"),
        "consistency_seen": Column(
            "str", "1", "the strongest that all reads agree with: atomic, regular, safe or none"
        ),
    }
    step_outcomes: ClassVar[dict[str, Column]] = {
        "disagreement": Column("int64", "servers", "honest servers that lack the newest version of some key"),
        **StoreModel.step_outcomes,
    }

    def setup(self) -> None:
        """Seat servers and clients."""
        super().setup()
        self._newest: dict[int, Version] = {}
        self._holders: dict[int, set[int]] = {}
        self._current: Counter[int] = Counter()  # of how many keys a server has the newest version
        self._seen = [0] * self.network.n

    def noted(self) -> None:
        """Note who keeps what."""
        for node in range(self.network.n):
            entered = self.simulation.ledgers[node]
            for _, _, version in entered.since(self._seen[node]):
                self._kept(node, version)
            self._seen[node] = len(entered)
        super().noted()

    def _kept(self, node: int, version: Version) -> None:
        """Note that a server keeps a version."""
        key, newest = version.key, self._newest.get(version.key)
        if newest is None or version.stamp > newest.stamp:
            self._current.subtract(self._holders.get(key, ()))
            self._newest[key], self._holders[key] = version, set()
        if version.stamp == self._newest[key].stamp:
            self._holders[key].add(node)
            self._current[node] += 1

    def disagreement(self) -> float:
        """Return how many honest servers lack the newest version of some key."""
        return sum(self._current[node] < len(self._newest) for node in self.honest_servers)

    def ledger(self, node: int) -> list[Version]:
        """Return what a server keeps, by key."""
        kept = {version.key: version for _, _, version in self.simulation.ledgers[node]}
        return [kept[key] for key in sorted(kept)]

    # Judgement ----------------------------------------------------------------------------------

    @property
    def promise(self) -> Consistency:
        """What the protocol promises of reads."""
        promise: Consistency = self.scenario.protocol.promise
        return promise

    def judge(self) -> list[Judgement]:
        """Judge all properties."""
        overlapping = self.promise > Consistency.SAFE
        return [
            self.in_rounds(self._judged(self.promise)),
            self.in_rounds(durable(self.history, initial=0, overlapping=overlapping)),
            self.termination(),
        ]

    def _judged(self, consistency: Consistency) -> Finding:
        return _JUDGES[consistency](self.history, initial=0)

    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns."""
        history, overlapping = self.history, self.promise > Consistency.SAFE
        results = [end[2] for command, end in self.returned.items() if command.value is None]
        seen = (
            each.name.lower()
            for each in sorted(Consistency, reverse=True)
            if self._judged(each).status is Status.HELD
        )
        return {
            **super().outcome(),
            "answered_reads": len(results),
            "wrong_reads": len(wrong_reads(history, initial=0, overlapping=overlapping)),
            "blank_reads": sum(result is None for result in results),
            "consistency_seen": next(seen, "none"),
        }
