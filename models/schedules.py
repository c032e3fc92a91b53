"""Schedules: who would buy and sell how much of one good at what price, and where supply meets demand.

Sorted from the best down, the values of all units make the demand schedule, the costs sorted from the cheapest up the
supply schedule: two step functions. Where they cross is the competitive equilibrium. At its price nobody wishes to
trade other units than those that trade, and no other allocation has a greater surplus, the value of what was bought
less the cost of what was sold. How far the prices paid are from it says Smith's alpha [1]_.

References
----------
.. [1] V. L. Smith, "An experimental study of competitive market behavior", Journal of Political Economy 70 (1962)
       111-137, doi:10.1086/258609.
"""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from math import isfinite, nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..agents.errors import InputError

__all__ = ["Equilibrium", "Schedules", "Units", "alpha", "dues", "equilibrium"]

Values = NDArray[np.float64]
Units = tuple[tuple[float, ...], ...]
"""An amount for each unit of each trader."""


@dataclass(frozen=True)
class Schedules:
    """What units are worth to buyers, and what they cost sellers. Buyers are the first nodes, sellers the rest.

    Parameters
    ----------
    values
        What each unit is worth, buyer by buyer; kept best first, as one buys what is worth most.
    costs
        What each unit costs, seller by seller; kept cheapest first.
    low, high
        The least and the greatest price that can be named; nothing is worth less or more.
    name
        What they are called.
    labels
        The traders' names, buyers first; none: buyer 1, buyer 2, ..., seller 1, ...

    Raises
    ------
    InputError
        If there is no buyer or no seller, somebody has no units, or an amount is not a number in [low, high].

    Examples
    --------
    >>> schedules = Schedules(values=((5, 8), (6,)), costs=((4,), (7, 3)), low=0, high=10)
    >>> schedules.values, schedules.costs, schedules.n
    (((8.0, 5.0), (6.0,)), ((4.0,), (3.0, 7.0)), 4)
    >>> schedules.demand.tolist(), schedules.supply.tolist()
    ([8.0, 6.0, 5.0], [3.0, 4.0, 7.0])
    """

    values: Units
    costs: Units
    low: float
    high: float
    name: str = "schedules"
    labels: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (isfinite(self.low) and isfinite(self.high) and self.low < self.high):
            raise InputError(
                f"prices from low={self.low:g} to high={self.high:g}: use low < high, both finite"
            )
        for side, word in (("values", "buyer"), ("costs", "seller")):
            units = getattr(self, side)
            if not units:
                raise InputError(f"{side} is empty: a market needs a {word}; give the {side} of one at least")
            for number, each in enumerate(units, 1):
                self._check(f"{word} {number}", each)
            kept = tuple(tuple(sorted(map(float, each), reverse=side == "values")) for each in units)
            object.__setattr__(self, side, kept)
        labels = self.labels or (
            *(f"buyer {number}" for number in range(1, self.buyers + 1)),
            *(f"seller {number}" for number in range(1, self.sellers + 1)),
        )
        if len(labels) != self.n or len(set(labels)) != self.n:
            raise InputError(f"{len(set(labels))} different labels for {self.n} traders; give each its own")
        object.__setattr__(self, "labels", tuple(labels))

    def _check(self, who: str, units: tuple[float, ...]) -> None:
        if not units:
            raise InputError(f"{who} has no units; give one at least, or leave the trader out")
        for amount in units:
            if not self.low <= amount <= self.high:  # NaN is not, either
                raise InputError(
                    f"{who} has a unit at {amount:g}, outside the prices that can be named; use numbers from "
                    f"low={self.low:g} to high={self.high:g}"
                )

    @property
    def buyers(self) -> int:
        """How many buyers there are."""
        return len(self.values)

    @property
    def sellers(self) -> int:
        """How many sellers there are."""
        return len(self.costs)

    @property
    def n(self) -> int:
        """How many traders there are."""
        return self.buyers + self.sellers

    @cached_property
    def demand(self) -> Values:
        """The values of all units, best first."""
        return np.sort(np.concatenate([np.asarray(each) for each in self.values]))[::-1]

    @cached_property
    def supply(self) -> Values:
        """The costs of all units, cheapest first."""
        return np.sort(np.concatenate([np.asarray(each) for each in self.costs]))

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of all that it says, in hexadecimal digits."""
        told = (self.values, self.costs, float(self.low), float(self.high), self.name, self.labels)
        return sha256(repr(told).encode()).hexdigest()


@dataclass(frozen=True)
class Equilibrium:
    """Where supply meets demand.

    Parameters
    ----------
    low, high
        The least and the greatest price at which as much is wanted as is offered.
    quantity
        The most units that can trade at such a price; the last of them may gain nothing.
    gainful
        The units that have to trade for the greatest surplus, each with a gain.
    surplus
        The greatest surplus.
    """

    low: float
    high: float
    quantity: int
    gainful: int
    surplus: float

    @property
    def price(self) -> float:
        """The middle of the prices."""
        return (self.low + self.high) / 2


def equilibrium(schedules: Schedules) -> Equilibrium:
    """Return the competitive equilibrium.

    Examples
    --------
    >>> found = equilibrium(Schedules(values=((8,), (6,), (5,)), costs=((3,), (5,), (7,)), low=0, high=10))
    >>> found.low, found.high, found.quantity, found.surplus
    (5.0, 6.0, 2, 6.0)
    """
    demand, supply = schedules.demand, schedules.supply
    most = min(len(demand), len(supply))
    gain = demand[:most] - supply[:most]
    gainful = int((gain > 0).sum())
    # the price must please the last unit that trades, and not the first that does not
    wanted = np.append(np.insert(demand, 0, schedules.high), schedules.low)[gainful : gainful + 2]
    asked = np.append(np.insert(supply, 0, schedules.low), schedules.high)[gainful : gainful + 2]
    return Equilibrium(
        low=float(max(wanted[1], asked[0])),
        high=float(min(wanted[0], asked[1])),
        quantity=int((gain >= 0).sum()),
        gainful=gainful,
        surplus=float(gain[:gainful].sum()),
    )


def dues(schedules: Schedules, price: float | None = None) -> Values:
    """Return what each trader gains who trades every unit that gains at one price, (n,); buyers first.

    Parameters
    ----------
    schedules
        Who would trade what.
    price
        None: the equilibrium's; then the gains sum to the greatest surplus.

    Examples
    --------
    >>> schedules = Schedules(values=((8,), (6,), (5,)), costs=((3,), (5,), (7,)), low=0, high=10)
    >>> dues(schedules).tolist()
    [2.5, 0.5, 0.0, 2.5, 0.5, 0.0]
    """
    at = equilibrium(schedules).price if price is None else price
    buyers = [sum(max(value - at, 0.0) for value in units) for units in schedules.values]
    sellers = [sum(max(at - cost, 0.0) for cost in units) for units in schedules.costs]
    return np.array(buyers + sellers)


def alpha(prices: ArrayLike, price: float) -> float:
    """Return Smith's coefficient of convergence: by how much prices differ from the equilibrium's, in percent [1]_.

    Parameters
    ----------
    prices
        What was paid.
    price
        The equilibrium's, positive.

    Returns
    -------
    float
        The root of the mean squared difference, in percent of the equilibrium price; NaN of no prices.

    Raises
    ------
    InputError
        If the equilibrium price is not positive.

    Examples
    --------
    >>> alpha([190, 210, 200, 200], 200)
    3.5355...
    """
    if not price > 0:
        raise InputError(f"price={price:g}: a percentage of it is asked for; use a positive one")
    paid = np.asarray(prices, dtype=np.float64)
    return float(100 * np.sqrt(np.mean((paid - price) ** 2)) / price) if paid.size else nan
