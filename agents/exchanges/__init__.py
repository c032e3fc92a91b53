"""Exchanges: what two parties do when they meet, one rule a file.

A rule is arithmetic on arrays with a column for every pair that meets at the same time; nobody is in two of them. What
parties hold is counted in whole units, coins or small equal parts of a good, so that nothing is ever lost or made by
rounding. Rules do not know who lies: of a traitor they see what it claims, and the price that it insists on.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ..catalogue import Catalogue
from ..parameters import Parameters

__all__ = ["ExchangeRule", "Meeting", "exchanges"]

Units = NDArray[np.int64]
Values = NDArray[np.float64]
Held = NDArray[Any]


@dataclass(frozen=True)
class Meeting:
    """Pairs that meet.

    Parameters
    ----------
    first, second : (goods, k)
        What the two of each pair hold, in units; of goods that can be divided, as floats.
    first_odds, second_odds : (k,)
        a/(1-a) of the exponents a that they claim; ones where goods have no price.
    price : (k,)
        The price of the first good that is named, in units of the second; positive.
    luck : (k,)
        Uniform random numbers in [0, 1); zeros unless the rule `needs_luck`.
    """

    first: Held
    second: Held
    first_odds: Values
    second_odds: Values
    price: Values
    luck: Values


class ExchangeRule(Parameters, ABC):
    """What a pair does.

    Attributes
    ----------
    goods : int
        How many goods there are.
    whole : bool
        True if goods come in pieces, such as coins; else they can be divided.
    priced : bool
        True if there is a price to agree on.
    needs_luck : bool
        True if `transfer` reads `Meeting.luck`.
    """

    goods: ClassVar[int] = 1
    whole: ClassVar[bool] = True
    priced: ClassVar[bool] = False
    needs_luck: ClassVar[bool] = False

    @abstractmethod
    def transfer(self, meeting: Meeting) -> Units:
        """Return what the first of each pair gives to the second, (goods, k); what it is given is negative."""

    def better(self, held: Held, odds: Values, given: Held) -> NDArray[np.bool_]:
        """Return who is better off, (k,), who held so much, (goods, k), and gives so much; all where money is given."""
        return np.ones(held.shape[1], dtype=np.bool_)

    def exponents(self, n: int, rng: np.random.Generator) -> Values:
        """Return the true taste of each of n parties for the first good, (n,); 1/2 where there is no choice."""
        return np.full(n, 0.5)

    def price(self, first: Held, second: Held, first_odds: Values, second_odds: Values) -> Values:
        """Return the price that the honest name, (k,), by what the two hold and claim; 1 where there is none."""
        return np.broadcast_to(1.0, first.shape[1])

    def rates(self, held: Held, odds: Values) -> Values:
        """Return the price, (k,), at which who holds so much neither buys nor sells; 1 where there is none."""
        return np.ones(held.shape[1])

    def wealth(self, holdings: Values, exponents: Values) -> Values:
        """Return what parties' holdings, (n, goods), are worth to them, (n,)."""
        return holdings[:, 0].copy()

    def due(self, holdings: Values, exponents: Values) -> Values:
        """Return the wealth, (n,), that theory gives in the end to parties who can all reach each other.

        Where only luck moves wealth it is the expected one: everybody's is the mean.
        """
        return np.full(len(holdings), holdings[:, 0].mean())


exchanges: Catalogue[type[ExchangeRule]] = Catalogue(__name__, "exchange")
