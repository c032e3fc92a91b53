"""Two goods change hands at a price between what they are worth to either.

**Rule.** A party holds x and y of two goods and has the utility x^a y^(1-a). The price is the geometric mean of the
two marginal rates of substitution; whoever values the first good more buys it, as much as both want at that price: as
much as the one who wants less.
**Effect.** Whoever exchanges is better off by it, and goods are conserved. Marginal rates come together at last, and
nothing is left that two could both gain by: with Cobb-Douglas utilities pairs are enough for that. Where all have the
same exponent a, their rate is then a/(1-a) Y/X, of what there is of both goods. Else it depends on who met whom: it
is efficient, and is not the price of Walras, since on the way goods were exchanged at other prices.
**Names.** Pairwise barter, bilateral trade, Edgeworth process, contract curve; the price rule of Sugarscape.

References
----------
.. [1] A. M. Feldman, "Bilateral trading processes, pairwise optimality, and Pareto optimality", Review of Economic
       Studies 40 (1973) 463-473, doi:10.2307/2296581.
.. [2] J. M. Epstein, R. Axtell, "Growing artificial societies", Brookings Institution Press and MIT Press, 1996.
.. [3] D. Gale, "Bargaining and competition part I: characterization", Econometrica 54 (1986) 785-806,
       doi:10.2307/1912836.

Examples
--------
>>> from accord.agents.exchanges import Meeting
>>> rule, odds = Barter(), np.ones(1)
>>> first, second = np.array([[400], [100]]), np.array([[100], [400]])
>>> price = rule.price(first, second, odds, odds)
>>> price, rule.transfer(Meeting(first, second, odds, odds, price, odds)).tolist()
(array([1.]), [[150], [-150]])
"""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ..edgeworth import utilities, walras_allocation
from ..errors import InputError
from . import ExchangeRule, Held, Meeting, Units, Values

__all__ = ["Barter"]


class Barter(ExchangeRule):
    """Two goods at a price in between."""

    goods: ClassVar[int] = 2
    whole: ClassVar[bool] = False
    priced: ClassVar[bool] = True

    a: float | tuple[float, ...] = Field(
        0.5, description="exponent of the first good, between 0 and 1: one for all, or one for each party"
    )
    spread: float = Field(
        0.0,
        ge=0,
        lt=0.5,
        description="each party's exponent is drawn uniformly from a - spread to a + spread",
    )

    @model_validator(mode="after")
    def _inside(self) -> "Barter":
        given = np.atleast_1d(self.a)
        wrong = (given - self.spread <= 0) | (given + self.spread >= 1)
        if wrong.any():
            spread = f", spread={self.spread:g}" if self.spread else ""
            raise InputError(
                f"a={given[wrong][0]:g}{spread}: exponents must lie between 0 and 1, so that both goods are wanted; "
                "use one such as 0.5"
            )
        return self

    def exponents(self, n: int, rng: np.random.Generator) -> Values:
        """Return those that are given, moved at random as far as there is a spread."""
        given = np.array(self.a, dtype=np.float64)
        if given.ndim and len(given) != n:
            raise InputError(f"a has {len(given)} entries for {n} parties; give one for all, or one for each")
        return given + self.spread * rng.uniform(-1, 1, n)

    def rates(self, held: Held, odds: Values) -> Values:
        """Return the marginal rates of substitution."""
        rates: Values = odds * held[1] / held[0]
        return rates

    def wealth(self, holdings: Values, exponents: Values) -> Values:
        """Return the utilities."""
        return utilities(holdings, exponents)

    def due(self, holdings: Values, exponents: Values) -> Values:
        """Return the utilities after trade at the price of Walras."""
        return utilities(walras_allocation(holdings, exponents), exponents)

    def price(self, first: Held, second: Held, first_odds: Values, second_odds: Values) -> Values:
        """Return the geometric mean of the two marginal rates of substitution."""
        price: Values = np.sqrt(self.rates(first, first_odds) * self.rates(second, second_odds))
        return price

    def transfer(self, meeting: Meeting) -> Units:
        """Return what both want at the price, rounded down to units, where both are better off by it."""
        first, second, price = meeting.first, meeting.second, meeting.price
        with np.errstate(over="ignore", invalid="ignore"):  # at prices that are hardly any
            wanted = self._wanted(first, meeting.first_odds, price)
            left = -self._wanted(second, meeting.second_odds, price)  # what the second would part with
            bought = np.trunc(np.where(abs(wanted) < abs(left), wanted, left))
            bought = np.where(wanted * left > 0, bought, 0.0)
        moved = np.array((-bought, np.rint(bought * price)))
        both = self.better(first, meeting.first_odds, moved)
        both &= self.better(second, meeting.second_odds, -moved)
        return (moved * both).astype(np.int64)

    def _wanted(self, held: Held, odds: Values, price: Values) -> Values:
        """Return how much of the first good is missing to what a party would buy with all that it has."""
        wanted: Values = held[0] * (self.rates(held, odds) / price - 1) / (1 + odds)
        return wanted

    def better(self, held: Held, odds: Values, given: Held) -> NDArray[np.bool_]:
        """Return whose utility rises: rounding to units must not eat up what little there is to gain."""
        with np.errstate(
            divide="ignore"
        ):  # whoever gives all that it has of a good has nothing of worth left
            risen = np.log1p(-given / held)
        better: NDArray[np.bool_] = odds * risen[0] + risen[1] > 0
        return better
