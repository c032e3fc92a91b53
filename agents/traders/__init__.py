"""Traders: what price a party names in a market, knowing what its next unit is worth to it. One a file.

A trader is a function of that and of luck; one that learns has a mind beside it, which hears what others quote and
deal. All who trade alike in a market share one mind, which holds what each of them knows in arrays. Prices are whole
numbers of ticks throughout, held as floats; what nobody can say is NaN.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from ..catalogue import Catalogue
from ..parameters import Parameters

__all__ = ["ROUNDING", "Asked", "Mind", "Seats", "Shout", "Trader", "Unlearning", "traders", "whole"]

Values = NDArray[np.float64]

ROUNDING = 1e-6  # of a tick: what lies so near to a whole one is meant to be it


@dataclass(frozen=True)
class Seats:
    """Who is in a market.

    Parameters
    ----------
    buys
        Whether each party buys; else it sells, (n,).
    low, high
        The least and the greatest price that can be named, in ticks.
    public
        Whether everybody hears everything; else each hears some.
    """

    buys: NDArray[np.bool_]
    low: float
    high: float
    public: bool = True

    @property
    def n(self) -> int:
        """Number of parties."""
        return len(self.buys)


@dataclass(frozen=True)
class Asked:
    """Parties that are asked for a price, one after another; a party may come more than once.

    Parameters
    ----------
    parties
        Their numbers, (m,).
    buys
        Whether each buys, (m,).
    limits
        What the next unit of each is worth to it, or costs it, in ticks, (m,); NaN if it has none.
    low, high
        The least and the greatest price that can be named.
    luck
        Uniform random numbers in [0, 1), (m,).
    """

    parties: NDArray[np.intp]
    buys: NDArray[np.bool_]
    limits: Values
    low: float
    high: float
    luck: Values


@dataclass(frozen=True)
class Shout:
    """A quote that was heard: of an offer that still stands, or of one that was just taken.

    Parameters
    ----------
    party
        Who quoted it.
    bid
        Whether it was a bid; else it was an ask.
    price
        The price: one, or one for each of those who heard it.
    taken
        Whether somebody has just dealt at this price.
    hearers
        Who heard it, as an index of arrays over parties; a slice where everybody did.
    limits
        What the next unit of each party is worth now, (n,); NaN for who has none.
    """

    party: int
    bid: bool
    price: Any
    taken: bool
    hearers: Any
    limits: Values


class Mind(Protocol):
    """What parties that trade alike know."""

    def prices(self, asked: Asked) -> Values:
        """Return the prices that they name, (m,), in whole ticks; NaN where one names none."""

    def hear(self, shout: Shout) -> None:
        """Learn from a shout."""


class Trader(Parameters, ABC):
    """How a party names prices, by what it knows.

    Attributes
    ----------
    learns
        Whether its mind must hear every shout.
    """

    learns: ClassVar[bool] = True

    @property
    def is_constrained(self) -> bool:
        """Whether it never names a price at which it would lose; unless it says otherwise."""
        return True

    @abstractmethod
    def mind(self, seats: Seats, rng: np.random.Generator) -> Mind:
        """Return what the parties of a market know at its start, if all trade like this."""


class Unlearning(Trader):
    """A trader that learns nothing, and is all the mind that it needs."""

    learns: ClassVar[bool] = False

    @abstractmethod
    def prices(self, asked: Asked) -> Values:
        """Return the prices named, (m,), in whole ticks; NaN where there is none to name."""

    def hear(self, shout: Shout) -> None:
        """Learn nothing."""

    def mind(self, seats: Seats, rng: np.random.Generator) -> Mind:
        """Return itself."""
        return self


def whole(prices: Values, asked: Asked) -> Values:
    """Return prices in whole ticks, rounded to the party's own favour; none beyond its limit or what can be named."""
    rounded = np.where(asked.buys, np.floor(prices + ROUNDING), np.ceil(prices - ROUNDING))
    rounded = np.clip(rounded, asked.low, asked.high)
    beyond = np.where(asked.buys, rounded > asked.limits, rounded < asked.limits)
    return np.where(beyond, np.nan, rounded)


traders: Catalogue[type[Trader]] = Catalogue(__name__, "trader")
