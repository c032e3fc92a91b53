"""Each issue is worth something by itself, and the worths add up.

**Utility.** u(x) = sum over issues of w_i v_i(x_i). Weights are divided by their sum, so that values in [0, 1] make
utilities in [0, 1]; the values are taken as they are. An issue's values are one number for each level, or, on an
ordered issue, the two at its ends: a linear value function.
**Property.** Preferential independence: how two outcomes that differ in some issues compare does not depend on
the others.
**Names.** Linear additive utility, weighted sum, multi-attribute value function; the preferences of Genius and ANAC.

References
----------
.. [1] R. L. Keeney, H. Raiffa, "Decisions with multiple objectives", Wiley, 1976, ch. 3.

Examples
--------
>>> from accord.agents.outcomes import Categorical, Integer, Space
>>> space = Space([Integer("price", 1, 3), Categorical("colour", ["red", "green"])])
>>> Additive(weights=[3, 1], values=[[1, 0], [0.4, 1]])(space)
array([0.85 , 1.   , 0.475, 0.625, 0.1  , 0.25 ])
"""

from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ..errors import InputError
from ..outcomes import Space
from . import Utility, along, levels_worth

__all__ = ["Additive"]


class Additive(Utility):
    """A weighted sum of what each issue is worth."""

    values: tuple[tuple[float, ...], ...] = Field(
        min_length=1, description="for each issue the worth of each level, or of the first and the last"
    )
    weights: tuple[Annotated[float, Field(ge=0)], ...] = Field(
        (), description="for each issue its importance, divided by their sum; empty: all alike"
    )

    @model_validator(mode="after")
    def _has_weight(self) -> Self:
        if self.weights and not 0 < sum(self.weights) < np.inf:
            raise InputError(
                f"weights={list(self.weights)!s:.60} have the sum {sum(self.weights):g}; let it be positive and finite"
            )
        return self

    def over(self, space: Space) -> NDArray[np.float64]:
        """Return the weighted sum."""
        values = self._one_an_issue("values", space)
        weights = self._one_an_issue("weights", space) if self.weights else (1.0,) * len(values)
        whole = sum(weights)
        utilities = np.zeros((1,) * len(space.issues))
        for axis, (worth, weight) in enumerate(zip(values, weights, strict=True)):
            utilities = utilities + along(axis, weight / whole * levels_worth(worth, axis, space), space)
        return utilities
