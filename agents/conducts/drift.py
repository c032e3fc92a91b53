"""Walk away slowly, so that no single step looks like a lie.

**Lie.** One's own first opinion plus ``rate * k + swing * sin(k)`` in step k.
**Effect.** Drags linear averaging along without end: no agreement on any value, and validity is lost sooner
or later. With ``rate=1, swing=100`` it is the malicious node of the simulations in [1].
**Names.** Ramp fault, slow poisoning.

References
----------
.. [1] H. J. LeBlanc, H. Zhang, X. Koutsoukos, S. Sundaram, "Resilient asymptotic consensus in robust
       networks", IEEE Journal on Selected Areas in Communications 31 (2013) 766-781,
       doi:10.1109/JSAC.2013.130413.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from . import Conduct, View

__all__ = ["Drift"]


class Drift(Conduct):
    """Quote a moving value."""

    rate: float = Field(0.01, description="change a step")
    swing: float = Field(0.0, description="amplitude of the sine on top of it")

    def quote(self, view: View) -> NDArray[np.float64]:
        """Return the walk's position, the same for every listener."""
        walked: float = self.rate * view.step + self.swing * np.sin(view.step)
        return view.opening + walked
