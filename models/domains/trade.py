"""A buyer and a seller of one good haggle over its price.

**Domain.** One issue, the price, in evenly spaced steps. The buyer gains its value less the price, the seller
the price less its cost; no deal gains nothing. Values and costs that are not given are drawn uniformly from the
range of prices, independently.
**Known.** Trade is efficient where value exceeds cost, at any price between. With both drawn from [0, 1] the greatest
gain is 1/6 on average, of which no mechanism can realise more than 27/32 [1]_.
**Names.** Bilateral trade, bilateral monopoly, haggling; zone of possible agreement.

References
----------
.. [1] R. B. Myerson, M. A. Satterthwaite, "Efficient mechanisms for bilateral trading", Journal of Economic
       Theory 29 (1983) 265-281, doi:10.1016/0022-0531(83)90048-0.

Examples
--------
>>> bargain = Trade(value=80, cost=30).build()
>>> bargain.space.outcome(50), bargain.utilities[50]
({'price': 50.0}, array([30., 20.]))
"""

import numpy as np
from pydantic import Field, model_validator

from ...agents.errors import InputError
from ...agents.outcomes import MOST_OUTCOMES, Continuous, Space
from ...agents.preferences.quasi_linear import QuasiLinear
from ...agents.profile import Profile
from ..bargain import Bargain
from . import Discount, Domain, one_each

__all__ = ["Trade"]


class Trade(Domain):
    """A buyer and a seller of one good."""

    low: float = Field(0.0, description="lowest price")
    high: float = Field(100.0, description="highest price")
    steps: int = Field(
        100, ge=1, lt=MOST_OUTCOMES, description="a price is low plus a multiple of (high-low)/steps"
    )
    value: float | None = Field(None, description="what the good is worth to the buyer; none: drawn")
    cost: float | None = Field(None, description="what it costs the seller; none: drawn")
    discount: Discount = 1.0

    @model_validator(mode="after")
    def _ordered(self) -> "Trade":
        if self.low >= self.high:
            raise InputError(f"low={self.low:g} must be less than high={self.high:g}")
        return self

    @property
    def is_random(self) -> bool:
        """Whether value or cost is drawn."""
        return self.value is None or self.cost is None

    def build(self, rng: np.random.Generator | None = None) -> Bargain:
        """Return the bargain, the buyer first."""
        space = Space([Continuous(name="price", low=self.low, high=self.high, levels=self.steps + 1)])
        drawn = (
            np.random.default_rng(rng).uniform(self.low, self.high, 2).tolist() if self.is_random else (0, 0)
        )
        value, cost = (drawn[k] if each is None else each for k, each in enumerate((self.value, self.cost)))
        discount = one_each("discount", self.discount, 2)
        buyer = Profile(QuasiLinear(side="buyer", worth=value)(space), 0.0, discount[0], "buyer")
        seller = Profile(QuasiLinear(side="seller", worth=cost)(space), 0.0, discount[1], "seller")
        return Bargain(space, [buyer, seller], str(self))
