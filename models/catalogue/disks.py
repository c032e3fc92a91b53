"""Disks: blocks that clients keep on servers which may lie, each with nothing but a root hash in its own hands.

Every client has a disk of its own on the same servers. It writes and reads blocks, waits for each answer, and believes
only what its root hash proves. Servers may crash, forget or lie, all but one of them at once. A step of the model is a
round of the network; a run ends when every honest client has its answers, or at a limit.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from heapq import merge
from math import ceil, nan
from operator import itemgetter
from typing import Annotated, Any, ClassVar, NamedTuple

import numpy as np
from pydantic import Field

from ...agents.command import Command
from ...agents.machine import Value
from ...agents.owner import Checked, Owner, as_block
from ...agents.protocols import Problem, Protocol, protocols
from ..agreement import AnyScenario
from ..audit import Audit
from ..consistency import same_order
from ..records import Column
from ..store_model import TERMINATION, StoreModel, StoreScenario
from ..verdict import Judgement, Kind, Property, Status

__all__ = ["Disks"]


class DisksScenario(StoreScenario):
    """Parameters of `Disks`."""

    problems: ClassVar[frozenset[Problem]] = frozenset({Problem.DISK})

    protocol: Annotated[Protocol, *protocols.choice] = protocols.option(
        "merkle-disk", "how servers keep disks, and owners check them"
    )
    clients: int = Field(1, ge=1, le=10_000, description="number of clients, each with a disk of its own")
    keys: int = Field(64, ge=1, le=1_000_000_000, description="blocks of each disk")


PROPERTIES = (
    Property(
        "agreement",
        Kind.SAFETY,
        "of any two servers' writes of a client one begins with the other",
        "two servers wrote",
    ),
    Property("validity", Kind.SAFETY, "servers write nothing but what clients asked for", "a server wrote"),
    Property(
        "authenticity",
        Kind.SAFETY,
        "no client believes that a block holds anything but what it wrote there last",
        "a claim was believed",
    ),
    TERMINATION,
)


class Told(NamedTuple):
    """A claim that was checked, when, by whom, and the truth."""

    time: float
    client: int
    claim: Checked
    truth: Value

    @property
    def is_lie(self) -> bool:
        return self.claim.value != self.truth


class Disks(StoreModel):
    """Blocks on servers that may lie, and clients that check every answer.

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
    >>> model = Disks(network="complete(n=2)", keys=10**6, traitors=1, conduct="corrupting", rng=1).run()
    >>> model.verdict.authenticity, model.outcome()["hashes_max"]
    (<Status.HELD: 'held'>, 21.0)
    """

    Scenario: ClassVar[type[AnyScenario]] = DisksScenario
    properties: ClassVar[tuple[Property, ...]] = PROPERTIES
    outcomes: ClassVar[dict[str, Column]] = {
        **StoreModel.outcomes,
        "claims": Column("int64", "claims", "claims about the block in question that honest clients checked"),
        "rejected": Column("int64", "claims", "claims that did not lead to the root hash"),
        "old": Column("int64", "claims", "claims rejected that said themselves to be of an earlier time"),
        "lies": Column("int64", "claims", "claims of anything but what was written to the block last"),
        "accepted_false": Column("int64", "claims", "lies that were believed"),
        "hashes": Column(
            "float64", "hashes / claim", "hashes to verify a claim that was believed, in the mean"
        ),
        "hashes_max": Column(
            "float64", "hashes / claim", "hashes to verify a claim that was believed, at most"
        ),
        "hashes_read": Column(
            "float64",
            "hashes / read",
            "hashes that a read took in the mean, those for claims rejected included",
        ),
        "proof_bytes": Column("float64", "bytes / claim", "length of a believed claim's path, in the mean"),
    }
    step_outcomes: ClassVar[dict[str, Column]] = {
        "disagreement": Column("int64", "writes", "most writes that an honest server did, less the fewest"),
        **StoreModel.step_outcomes,
    }

    def ledger(self, node: int) -> list[Command]:
        """Return the writes that a server did, in this order."""
        return [command for _, _, command in self.simulation.ledgers[node]]

    def disagreement(self) -> float:
        """Return how many writes the slowest honest server is behind."""
        lengths = [len(self.simulation.ledgers[node]) for node in self.honest_servers]
        return max(lengths, default=0) - min(lengths, default=0)

    # What clients were told -------------------------------------------------------------------------

    def told(self) -> Iterator[Told]:
        """Yield every claim that an honest client checked, with what the block held in truth."""
        for client, work in zip(self.council.clients, self.council.work, strict=True):
            if client in self.council.liars:
                continue
            held: dict[int, Value] = {}
            number = 0
            for time, _, claim in self.simulation.ledgers[client]:
                for command in work[number : claim.command.number]:
                    if command.value is not None:
                        held[command.key] = command.value
                number = claim.command.number
                yield Told(time, client, claim, held.get(claim.command.key, 0))

    def audits(self) -> Iterator[Audit]:
        """Yield every claim that an honest client checked, with its proof, the latest first."""
        machines, ledgers = self.simulation.machines, self.simulation.ledgers
        last_first = merge(
            *(
                ((time, client, claim) for time, _, claim in reversed(ledgers[client]))
                for client in self._owners
            ),
            key=itemgetter(0),
            reverse=True,
        )
        for time, client, claim in last_first:
            owner: Owner = machines[client]
            yield Audit(
                time,
                verifier=client,
                prover=claim.server,
                index=claim.command.key,
                size=owner.seat.size,
                leaf=as_block(claim.value),
                path=claim.path,
                root=claim.root,
                hashing=owner.hashing,
                compared=owner.compared,
                believed=claim.believed,
                told=f"block {claim.command.key} = {claim.value}",
                old=claim.old,
            )

    # Judgement ----------------------------------------------------------------------------------

    def judge(self) -> list[Judgement]:
        """Judge all properties."""
        return [self._agreement(), self._validity(), self._authenticity(), self.termination()]

    @cached_property
    def _owners(self) -> list[int]:
        return [client for client in self.council.clients if client not in self.council.liars]

    def _agreement(self) -> Judgement:
        """Judge the order of each client's writes; what a client with a conduct wrote may differ."""
        writes: dict[int, dict[int, list[Command]]] = {owner: {} for owner in self._owners}
        for node in self.truthful_servers:
            for command in self.ledger(node):
                if command.client in writes:
                    writes[command.client].setdefault(node, []).append(command)
        found = [same_order(ledgers) for ledgers in writes.values()]
        violated = [each for each in found if each.status is Status.VIOLATED]
        return next(iter(violated), Judgement(Status.HELD, vacuous=all(each.vacuous for each in found)))

    def _validity(self) -> Judgement:
        asked, wrote = self.simulation.invoked, False
        for node in self.truthful_servers:
            for time, _, command in self.simulation.ledgers[node]:
                wrote = True
                if command not in asked and command.client in self._owners:
                    return Judgement(Status.VIOLATED, ceil(time), (node,), f"nobody asked for {command}")
        return Judgement(Status.HELD, vacuous=not wrote)

    def _authenticity(self) -> Judgement:
        believed = False
        for time, client, claim, truth in self.told():
            if claim.believed and claim.value != truth:
                key, server, said = claim.command.key, claim.server, claim.value
                reason = f"block {key} held {truth}, and server {server} said {said}"
                return Judgement(Status.VIOLATED, ceil(time), (client,), reason)
            believed = believed or claim.believed
        return Judgement(Status.HELD, vacuous=not believed)

    def outcome(self) -> dict[str, Any]:
        """Return the run's own columns."""
        told = list(self.told())
        believed = [each.claim for each in told if each.claim.believed]
        lies = [each for each in told if each.is_lie]
        reads: defaultdict[Command, int] = defaultdict(int)
        for each in told:
            if each.claim.command.value is None:
                reads[each.claim.command] += each.claim.hashes
        return {
            **super().outcome(),
            "claims": len(told),
            "rejected": len(told) - len(believed),
            "old": sum(each.claim.old and not each.claim.believed for each in told),
            "lies": len(lies),
            "accepted_false": sum(each.claim.believed for each in lies),
            "hashes": _mean([each.hashes for each in believed]),
            "hashes_max": max([float(each.hashes) for each in believed], default=nan),
            "hashes_read": _mean([hashes for read, hashes in reads.items() if read in self.returned]),
            "proof_bytes": _mean([each.length for each in believed]),
        }


def _mean(numbers: list[int]) -> float:
    return float(np.mean(numbers)) if numbers else nan
