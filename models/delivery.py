"""Delivery: what units schedule round by round and deliver in the end, and how near that is to the best there is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .economic_dispatch import Optimum, Units
from .verdict import Judgement, Kind, Property, Status

__all__ = ["PROPERTIES", "Delivery", "judged"]

Values = NDArray[np.float64]

PROPERTIES = (
    Property(
        "agreement",
        Kind.SAFETY,
        "when the run is over, the honest units hold one price, within the tolerance",
        "they did not at first",
    ),
    Property("validity", Kind.SAFETY, "no unit is ever scheduled beyond its limits", "some schedule changed"),
    Property(
        "balance",
        Kind.SAFETY,
        "when the run is over, what is delivered meets the demand, within the tolerance",
        "it did not at first",
    ),
    Property(
        "optimality",
        Kind.SAFETY,
        "when the run is over, the demand is met at least cost, within the tolerance",
        "it was not at first",
    ),
    Property("termination", Kind.LIVENESS, "all prices come to rest", "some price moved"),
)


@dataclass(frozen=True)
class Delivery:
    """What the judges of a dispatch need to know of it.

    Parameters
    ----------
    units
        As they are.
    best
        The dispatch at least cost.
    prices, powers : sequences of (n,)
        What each unit held, and was scheduled to produce, at first and after each round.
    kept : (n,) array of bool
        Who delivers what it is scheduled to; the others deliver nothing.
    honest : (k,) array
        The nodes that have no conduct.
    tolerance
        Error of prices, balance and costs that counts as none, relative to the case.
    running, at_rest
        Whether prices may still move, and whether they have come to rest.
    """

    units: Units
    best: Optimum
    prices: Sequence[Values]
    powers: Sequence[Values]
    kept: NDArray[np.bool_]
    honest: NDArray[np.intp]
    tolerance: float
    running: bool
    at_rest: bool

    @property
    def delivered(self) -> Values:
        """What each unit produces, (n,)."""
        return np.where(self.kept, self.powers[-1], 0.0)

    def held(self, vacuous: bool) -> Judgement:
        """Return that something holds now, vacuously if it did at first."""
        return Judgement(Status.HELD, len(self.prices) - 1, vacuous=vacuous)

    def broken(self, witnesses: NDArray[np.bool_], told: str) -> Judgement:
        """Return that something does not hold, which counts when the run is over."""
        if self.running:
            return Judgement(Status.INCONCLUSIVE, reason=f"so far {told}")
        nodes = tuple(np.flatnonzero(witnesses).tolist())
        return Judgement(Status.VIOLATED, len(self.prices) - 1, nodes, told)


def judged(delivery: Delivery) -> list[Judgement]:
    """Return the judgements on `PROPERTIES`, in their order."""
    balance = _balance(delivery)
    return [
        _agreement(delivery),
        _validity(delivery),
        balance,
        _optimality(delivery, balance.status is Status.HELD),
        _termination(delivery),
    ]


def _agreement(delivery: Delivery) -> Judgement:
    (low, high), honest = delivery.units.believed, delivery.honest
    allowed, now = delivery.tolerance * (high - low), delivery.prices[-1]
    spread = np.ptp(now[honest])
    if not spread <= allowed:  # NaN where prices have overflown
        apart = np.zeros(len(now), dtype=np.bool_)
        apart[honest] = np.abs(now[honest] - np.median(now[honest])) > allowed / 2
        return delivery.broken(apart, f"honest prices are {spread:.4g} apart")
    return delivery.held(bool(np.ptp(delivery.prices[0][honest]) <= allowed))


def _validity(delivery: Delivery) -> Judgement:
    units, powers = delivery.units, delivery.powers
    for step, each in enumerate(powers):
        beyond = (each < units.low) | (each > units.high)
        if beyond.any():
            told = "scheduled beyond its limits"
            return Judgement(Status.VIOLATED, step, tuple(np.flatnonzero(beyond).tolist()), told)
    return Judgement(Status.HELD, vacuous=bool((powers[0] == powers[-1]).all()))


def _balance(delivery: Delivery) -> Judgement:
    demand, supply = delivery.units.demand, float(delivery.delivered.sum())
    allowed = delivery.tolerance * max(abs(demand), 1.0)
    if abs(supply - demand) > allowed:
        told = f"{supply:.6g} MW are delivered, and {demand:.6g} are demanded"
        return delivery.broken(~delivery.kept, told)
    return delivery.held(bool(abs(delivery.powers[0].sum() - demand) <= allowed))


def _optimality(delivery: Delivery, balanced: bool) -> Judgement:
    units, best = delivery.units, delivery.best
    allowed = delivery.tolerance * max(abs(best.cost), 1.0)
    excess = units.cost(delivery.delivered) - best.cost
    if not balanced and excess <= allowed:
        return Judgement(Status.INCONCLUSIVE, reason="the demand is not met, so that costs say nothing")
    if excess > allowed:
        away = np.abs(delivery.delivered - best.powers) > delivery.tolerance * units.demand
        told = f"it costs {excess:.4g} an hour more than the least, {best.cost:.6g}"
        return delivery.broken(away, told)
    return delivery.held(bool(abs(units.cost(delivery.powers[0]) - best.cost) <= allowed))


def _termination(delivery: Delivery) -> Judgement:
    if delivery.at_rest:
        return delivery.held(bool((delivery.prices[0] == delivery.prices[-1]).all()))
    return Judgement(Status.INCONCLUSIVE, reason="prices still move")
