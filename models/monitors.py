"""Monitors: the properties of one-shot agreement, stated once for all protocols.

Each monitor is a pure function from the account of a run, finished or not, to a judgement. What validity means depends
on the problem that the protocol solves; agreement, integrity and termination mean the same for all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from ..agents.machine import Value
from ..agents.protocols import Problem
from .simulation import Decision
from .verdict import Judgement, Kind, Property, Status

__all__ = ["PROPERTIES", "Account", "judged"]

_ROUNDING = 1e-9  # relative: averages of equal numbers may differ in the last bits


@dataclass(frozen=True)
class Account:
    """What a run's judges need to know of it.

    Parameters
    ----------
    problem
        What the protocol solves.
    inputs
        Each party's input, by node.
    honest
        The parties that were never corrupted, ascending.
    decisions
        What each party decided, by node, in order of time.
    over
        Whether nothing that concerns an honest party is under way any more.
    not_owed
        Why the fault model owes no termination; empty where it does.
    tolerance
        Range of decisions that counts as agreement.
    truthful
        The parties whose inputs bind, ascending: where faulty parties fail but do not lie, all of them. By default the
        honest ones.
    """

    problem: Problem
    inputs: Sequence[Value]
    honest: Sequence[int]
    decisions: Sequence[Sequence[Decision]]
    over: bool
    not_owed: str = ""
    tolerance: float = 0.0
    truthful: Sequence[int] | None = None

    @property
    def first(self) -> Mapping[int, Decision]:
        """The first decision of each honest party that has decided, in order of time."""
        made = {node: self.decisions[node][0] for node in self.honest if self.decisions[node]}
        return dict(sorted(made.items(), key=lambda each: (each[1].time, each[0])))

    @property
    def faulty(self) -> bool:
        """Whether there is any traitor."""
        return len(self.honest) < len(self.inputs)


PROPERTIES = (
    Property(
        "agreement",
        Kind.SAFETY,
        "no two honest parties decide differently",
        "two honest parties decided",
    ),
    Property(
        "validity",
        Kind.SAFETY,
        "what honest parties decide is bound by what honest parties put in: an honest sender's value is decided; "
        "a value that all honest parties put in is decided; approximate decisions stay in the range of honest "
        "inputs; commit is decided only if every honest party voted for it. Of a protocol that bears no lies, parties "
        "that fail without lying count as honest here",
        "an honest party decided, and the inputs bound it",
    ),
    Property(
        "weak_validity",
        Kind.SAFETY,
        "the same, asked only of runs without traitors",
        "an honest party decided, the inputs bound it, and there was no traitor",
    ),
    Property(
        "integrity",
        Kind.SAFETY,
        "no honest party decides twice, or on a value that nobody could have put in",
        "an honest party decided",
    ),
    Property(
        "termination",
        Kind.LIVENESS,
        "every honest party decides; of a broadcast by a traitor, if any does",
        "an honest party exists",
    ),
)


def judged(account: Account) -> list[Judgement]:
    """Return the judgements on `PROPERTIES`, in their order."""
    validity = _validity(account)
    return [
        _agreement(account),
        validity,
        validity if not account.faulty else Judgement(Status.HELD, vacuous=True),
        _integrity(account),
        _termination(account),
    ]


def _agreement(account: Account) -> Judgement:
    first = account.first
    low = high = next(iter(first), None)
    for node, decision in first.items():
        low = node if decision.value < first[low].value else low  # type: ignore[index]
        high = node if decision.value > first[high].value else high  # type: ignore[index]
        if first[high].value - first[low].value > account.tolerance * (1 + _ROUNDING):  # type: ignore[index]
            return Judgement(Status.VIOLATED, _step(decision), (low, high))  # type: ignore[arg-type]
    last = _step(list(first.values())[-1]) if first else None
    return Judgement(Status.HELD, last, vacuous=len(first) < 2)


def _validity(account: Account) -> Judgement:
    bounds = _bounds(account)
    if bounds is None:
        return Judgement(Status.HELD, vacuous=True)
    low, high = bounds
    slack = _ROUNDING * max(abs(low), abs(high), high - low)
    for node, decision in account.first.items():
        if not low - slack <= decision.value <= high + slack:
            return Judgement(Status.VIOLATED, _step(decision), (node,))
    return Judgement(Status.HELD, vacuous=not account.first)


def _bounds(account: Account) -> tuple[Value, Value] | None:
    """Return the least and greatest decision that is valid, or None where anything is."""
    truthful = account.honest if account.truthful is None else account.truthful
    inputs = [account.inputs[node] for node in truthful]
    if account.problem is Problem.BROADCAST:
        return (account.inputs[0],) * 2 if 0 in truthful else None
    if not inputs:
        return None
    low, high = min(inputs), max(inputs)
    if account.problem is Problem.APPROXIMATE:
        return low, high
    if account.problem is Problem.COMMIT:
        if low == 0:
            return 0, 0
        return None if account.faulty else (1, 1)
    return (low, high) if low == high else None


def _integrity(account: Account) -> Judgement:
    possible = {0, 1, *account.inputs}
    exact = account.problem is not Problem.APPROXIMATE
    for node, decision in account.first.items():
        made = account.decisions[node]
        if len(made) > 1:
            return Judgement(Status.VIOLATED, _step(made[1]), (node,), "decided twice")
        if exact and decision.value not in possible:
            return Judgement(Status.VIOLATED, _step(decision), (node,), "nobody put that in")
    return Judgement(Status.HELD, vacuous=not account.first)


def _termination(account: Account) -> Judgement:
    first = account.first
    waiting = tuple(node for node in account.honest if node not in first)
    if not waiting:
        last = max((_step(decision) for decision in first.values()), default=None)
        return Judgement(Status.HELD, last, vacuous=not first)
    if account.problem is Problem.BROADCAST and 0 not in account.honest and not first and account.over:
        return Judgement(
            Status.HELD, reason="the sender is a traitor, and nobody decided anything", vacuous=True
        )
    if account.not_owed:
        return Judgement(Status.INCONCLUSIVE, reason=account.not_owed)
    if not account.over:
        return Judgement(Status.INCONCLUSIVE, reason="the run was cut off before everybody had decided")
    return Judgement(Status.VIOLATED, witnesses=waiting, reason="nothing is under way any more")


def _step(decision: Decision) -> int:
    return ceil(decision.time)
