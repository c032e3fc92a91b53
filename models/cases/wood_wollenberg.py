"""Three units that have to meet 850 MW: example 3A of the textbook.

**Case.** A coal-fired unit of 150 to 600 MW and two oil-fired ones, of 100 to 400 MW and of 50 to 200 MW.
**Known.** No limit binds: lambda is 9.148263 a MWh, the units produce 393.170, 334.604 and 122.226 MW, and all cost
8194.356 an hour.
**Names.** Wood-Wollenberg example 3A, the three-unit system.

References
----------
.. [1] A. J. Wood, B. F. Wollenberg, G. B. Sheble, Power Generation, Operation, and Control, 3rd ed., Wiley 2013, ch. 3.

Examples
--------
>>> WoodWollenberg().build().demand
850.0
"""

import numpy as np

from ..economic_dispatch import Units
from . import Case

__all__ = ["WoodWollenberg"]

_ROWS = [(0.001562, 7.92, 561, 150, 600), (0.00194, 7.85, 310, 100, 400), (0.00482, 7.97, 78, 50, 200)]


class WoodWollenberg(Case):
    """The three-unit system."""

    def build(self, rng: np.random.Generator | None = None) -> Units:
        """Return the three units."""
        return Units.of(_ROWS, 850, str(self))
