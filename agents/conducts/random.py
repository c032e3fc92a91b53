"""Quote a new random value to every neighbour in every step.

**Lie.** Uniform on the hull of the honest parties' first opinions, stretched by `reach` of its width on
either side.
**Effect.** Keeps linear averaging from ever settling; the disagreement falls to a floor of noise and stays.
**Names.** Random Byzantine behaviour, noise injection.

References
----------
.. [1] L. Xiao, S. Boyd, S.-J. Kim, "Distributed average consensus with least-mean-square deviation",
       Journal of Parallel and Distributed Computing 67 (2007) 33-46, doi:10.1016/j.jpdc.2006.08.010
       (averaging under additive noise).
"""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from . import Conduct, View

__all__ = ["Random"]


class Random(Conduct):
    """Quote uniform noise."""

    needs_luck: ClassVar[bool] = True

    reach: float = Field(0.0, ge=0, description="how far beyond the hull, in widths of the hull")

    def quote(self, view: View) -> NDArray[np.float64]:
        """Return a uniform value for each listener."""
        return view.low + view.width * (view.luck * (1 + 2 * self.reach) - self.reach)
