"""A number for each outcome.

**Utility.** The entry of the table, by the outcome's number: the last issue's levels run fastest.
**Property.** None; any preferences can be written so. An array that is at hand already needs no table: a
`Profile` takes it.
**Names.** Mapping utility, extensional preferences, lookup table.

Examples
--------
>>> from accord.agents.outcomes import Categorical, Space
>>> Table([3, 5])(Space([Categorical("where", ["opera", "football"])]))
array([3., 5.])
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..errors import InputError
from ..outcomes import Space
from . import Utility

__all__ = ["Table"]


class Table(Utility):
    """The utilities of all outcomes, one by one."""

    utilities: tuple[float, ...] = Field(
        min_length=1, description="one for each outcome, the last issue fastest"
    )

    def over(self, space: Space) -> NDArray[np.float64]:
        """Return the table."""
        if len(self.utilities) != space.size:
            raise InputError(
                f"utilities has {len(self.utilities)} entries, but there are {space.size} outcomes "
                f"({' x '.join(map(str, space.shape))}); give one for each"
            )
        return np.array(self.utilities).reshape(space.shape)
