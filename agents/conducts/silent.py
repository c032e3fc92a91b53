"""Say nothing to anybody.

**Lie.** No opinion is ever quoted; listeners go on with what they hear from the others.
**Effect.** Removes the traitor from the network. With linear averaging its weight falls back to the listener,
so the honest parties converge to an average of their own wherever they stay connected.
**Names.** Crash from the start, omission fault, fail-silent.

References
----------
.. [1] F. Cristian, H. Aghili, R. Strong, D. Dolev, "Atomic broadcast: from simple message diffusion to
       Byzantine agreement", Information and Computation 118 (1995) 158-179, doi:10.1006/inco.1995.1060.
"""

import numpy as np
from numpy.typing import NDArray

from . import Conduct, View

__all__ = ["Silent"]


class Silent(Conduct):
    """Quote nothing."""

    def quote(self, view: View) -> NDArray[np.float64]:
        """Return NaN for everybody."""
        return np.full_like(view.own, np.nan)
