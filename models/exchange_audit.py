"""The audit of an exchange: what is watched while parties exchange, step by step, and what it says in the end."""

from math import inf, nan

import numpy as np
from numpy.typing import NDArray

from ..agents.exchanges import Units, Values
from .exchange_terms import Encounters, Terms
from .verdict import Judgement, Kind, Property, Status

__all__ = ["PROPERTIES", "Audit"]

_ROUNDING = 1e-12  # of the logarithms of utilities

PROPERTIES = (
    Property(
        "agreement",
        Kind.LIVENESS,
        "honest parties who can reach each other come to value the goods at the same rate",
        "something was exchanged",
    ),
    Property("validity", Kind.SAFETY, "only neighbours deal with each other", "a deal was signed"),
    Property(
        "termination",
        Kind.LIVENESS,
        "prices agree, or nothing is left that two could both gain by",
        "something was exchanged",
    ),
    Property(
        "conservation",
        Kind.SAFETY,
        "there is as much of each good as at first, to the last unit, and nobody holds less than nothing",
        "something was exchanged",
    ),
    Property(
        "rationality",
        Kind.SAFETY,
        "no step leaves an honest party worse off than it was before",
        "something was exchanged",
    ),
)


class Audit:
    """The books of a run.

    Parameters
    ----------
    terms
        On which parties exchange.
    tolerance
        Prices agree when the logarithms of any two differ by no more.
    units : (goods, n)
        What parties hold at first.

    Attributes
    ----------
    kept : list of int
        How many deals were signed and kept in each step.
    breached : int
        How many were signed and not kept.
    apart : list of float
        The logarithm of the greatest marginal rate by the least, of honest parties who can reach each other, at first
        and after each step; NaN for money.
    settled : str
        Why it is over; empty while it is not.
    """

    def __init__(self, terms: Terms, tolerance: float, units: Units) -> None:
        self._terms, self._tolerance, self._priced = terms, tolerance, terms.rule.priced
        self._totals, self._utility = units.sum(axis=1), self._log_utility(units)
        self._wrong: dict[str, Judgement] = {}
        self.kept: list[int] = []
        self.apart = [self._disagreement(units)]
        self.breached, self.settled = 0, ""

    def note(self, units: Units, step: Encounters, clock: int) -> None:
        """Note what a step brought and what went wrong in it, and see whether it was the last one."""
        terms = self._terms
        self.kept.append(int(np.count_nonzero(step.kept)))
        self.breached += int(np.count_nonzero(step.broken))
        self.apart.append(self._disagreement(units))
        strangers = step.signed & ~terms.meetings.linked(step.first, step.second)
        self._check("validity", step.parties_of(strangers), clock)
        below = (units < 0).any(axis=0)
        self._check("conservation", np.flatnonzero(below | (units.sum(axis=1) != self._totals).any()), clock)
        if self._priced:
            before, self._utility = self._utility, self._log_utility(units)
            worse = self._utility < before - _ROUNDING
            self._check("rationality", np.flatnonzero(~terms.lies)[worse], clock)
            agreed = self.apart[-1] <= self._tolerance
            if agreed and not terms.lies.any():
                self.settled = "prices agree"
            elif (agreed or not step.signed.any()) and terms.nothing_left(units, self._tolerance, clock):
                self.settled = "nothing is left that two could both gain by"

    def _check(self, name: str, witnesses: NDArray[np.integer], clock: int) -> None:
        if len(witnesses) and name not in self._wrong:
            self._wrong[name] = Judgement(Status.VIOLATED, clock, tuple(witnesses[:10].tolist()))

    def _log_utility(self, units: Units) -> Values:
        """Return the logarithms of the honest parties' utilities; none where there is no price to be had for money."""
        if not self._priced:
            return np.empty(0)
        logs = np.log(units)
        utility: Values = (logs[1] + self._terms.exponents * (logs[0] - logs[1]))[self._terms.honest]
        return utility

    def _disagreement(self, units: Units) -> float:
        terms, network = self._terms, self._terms.meetings.network
        if not self._priced:
            return nan
        if network.is_connected:
            low, high = terms.hull(units)
            return float(np.log(high / low))
        logs, component = np.log(terms.rates(units)[terms.honest]), network.components[terms.honest]
        ends = np.full((2, component.max() + 1), -inf)
        np.maximum.at(ends[0], component, logs)
        np.maximum.at(ends[1], component, -logs)
        return float(ends.sum(axis=0).max())

    def judged(self) -> list[Judgement]:
        """Return the judgements on `PROPERTIES`, in their order."""
        idle = not any(self.kept)
        held = Judgement(Status.HELD, vacuous=idle)
        rational = held if self._priced else _none_owed("money is given for nothing", idle)
        unsigned = Judgement(Status.HELD, vacuous=idle and not self.breached)
        return [
            self._agreement(idle),
            self._wrong.get("validity", unsigned),
            self._termination(idle),
            self._wrong.get("conservation", held),
            self._wrong.get("rationality", rational),
        ]

    def _agreement(self, idle: bool) -> Judgement:
        if not self._priced:
            return _none_owed("money has no price to agree on", idle)
        clock, apart = len(self.kept), self.apart[-1]
        if apart <= self._tolerance:
            return Judgement(Status.HELD, clock, vacuous=idle)
        told = f"rates differ by the factor {np.exp(apart):.6g}"
        if self.settled:
            return Judgement(Status.VIOLATED, clock, reason=f"{self.settled}, but {told}", vacuous=idle)
        return Judgement(Status.INCONCLUSIVE, reason=f"cut off while {told}", vacuous=idle)

    def _termination(self, idle: bool) -> Judgement:
        if not self._priced:
            return _none_owed("money changes hands for ever; a run lasts max_steps", idle)
        if self.settled:
            return Judgement(Status.HELD, len(self.kept), reason=self.settled, vacuous=idle)
        return Judgement(Status.INCONCLUSIVE, reason="it was cut off", vacuous=idle)


def _none_owed(reason: str, idle: bool) -> Judgement:
    return Judgement(Status.INCONCLUSIVE, reason=reason, vacuous=idle)
