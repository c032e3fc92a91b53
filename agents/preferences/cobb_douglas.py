"""Quantities of goods, each indispensable: their powers are multiplied.

**Utility.** u(x) = prod over issues of x_i^a_i, of the quantities that the issues' values are, or, for the
other side of a division, of what is left of each issue's greatest value.
**Property.** Shares of spending are constant, a_i / sum a; with one issue and a < 1 it is risk aversion, x^a.
**Names.** Cobb-Douglas utility; with two goods and two parties, one of whom gets what the other leaves, the
Edgeworth box.

References
----------
.. [1] A. Mas-Colell, M. D. Whinston, J. R. Green, "Microeconomic theory", Oxford University Press, 1995, sec. 3.B.

Examples
--------
>>> from accord.agents.outcomes import Integer, Space
>>> pie = Space([Integer("share", 0, 4)])
>>> CobbDouglas([0.5])(pie).round(3), CobbDouglas([0.5], rest=True)(pie).round(3)
(array([0.   , 1.   , 1.414, 1.732, 2.   ]), array([2.   , 1.732, 1.414, 1.   , 0.   ]))
"""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..errors import InputError
from ..outcomes import Space
from . import Utility, along

__all__ = ["CobbDouglas"]


class CobbDouglas(Utility):
    """A product of powers of quantities."""

    powers: tuple[Annotated[float, Field(ge=0)], ...] = Field(
        (1.0,), min_length=1, description="for each issue the exponent a_i; 0: it does not matter"
    )
    rest: bool = Field(
        False,
        description="whether the party gets what is left of each issue's greatest value, not the value itself",
    )

    def over(self, space: Space) -> NDArray[np.float64]:
        """Return the product of powers."""
        utilities = np.ones((1,) * len(space.issues))
        for axis, power in enumerate(self._one_an_issue("powers", space)):
            issue = space.issues[axis]
            quantities = issue.quantities
            if self.rest:
                quantities = quantities.max() - quantities
            if quantities.min() < 0:
                raise InputError(
                    f"issue {issue.name!r}: {quantities.min():g} is no quantity; let it begin at 0 or above"
                )
            utilities = utilities * along(axis, quantities**power, space)
        return utilities
