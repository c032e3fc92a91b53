"""Money, and what is had for it.

**Utility.** A buyer's is v(x) - m, a seller's m - c(x): m is the amount of one issue, and v or c a worth or a
cost of its own plus what the levels of the other issues add to it.
**Property.** Money moves utility from one side to the other without loss, so the outcomes that maximise the sum
of utilities are the efficient ones, whatever the price.
**Names.** Transferable utility; private value and cost of bilateral trade.

References
----------
.. [1] A. Mas-Colell, M. D. Whinston, J. R. Green, "Microeconomic theory", Oxford University Press, 1995, sec. 3.C.

Examples
--------
>>> from accord.agents.outcomes import Integer, Space
>>> space = Space([Integer("price", 1, 4)])
>>> QuasiLinear("buyer", worth=3)(space), QuasiLinear("seller", worth=2)(space)
(array([ 2.,  1.,  0., -1.]), array([-1.,  0.,  1.,  2.]))
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..errors import InputError, UnknownNameError
from ..outcomes import Space
from . import Utility, along, levels_worth

__all__ = ["QuasiLinear"]


class QuasiLinear(Utility):
    """The worth of a good less its price, or its price less its cost."""

    side: Literal["buyer", "seller"] = Field("buyer", description="who pays, or who is paid")
    worth: float = Field(0.0, description="what the good is worth to the buyer, or costs the seller")
    values: tuple[tuple[float, ...], ...] = Field(
        (),
        description="for each issue but the money what its levels add to that: one number a level, "
        "or the first and the last; empty: nothing",
    )
    money: str = Field("price", description="the issue that is money")

    def over(self, space: Space) -> NDArray[np.float64]:
        """Return worth less money, or money less cost."""
        if self.money not in space.names:
            raise UnknownNameError("issue", self.money, space.names)
        axis = space.names.index(self.money)
        others = [each for each in range(len(space.issues)) if each != axis]
        if self.values and len(self.values) != len(others):
            raise InputError(
                f"values has {len(self.values)} entries, but there are {len(others)} issues beside "
                f"{self.money!r}; give one for each"
            )
        good = np.full((1,) * len(space.issues), self.worth)
        for other, worth in zip(others, self.values, strict=False):
            good = good + along(other, levels_worth(worth, other, space), space)
        money = along(axis, space.issues[axis].quantities, space)
        return good - money if self.side == "buyer" else money - good
