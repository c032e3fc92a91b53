"""Say nothing to anybody.

**Lie.** No opinion is ever quoted and no message ever sent; listeners go on with what they hear from the others.
**Effect.** Removes the traitor from the network. With linear averaging its weight falls back to the listener,
so the honest parties converge to an average of their own wherever they stay connected. A protocol that waits for
everybody waits for ever.
**Names.** Crash from the start, omission fault, fail-silent.

References
----------
.. [1] F. Cristian, H. Aghili, R. Strong, D. Dolev, "Atomic broadcast: from simple message diffusion to
       Byzantine agreement", Information and Computation 118 (1995) 158-179, doi:10.1006/inco.1995.1060.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..machine import Effect, Send, Step
from ..protocols import Faults
from ..puppet import Puppet, Role, Voice
from . import Conduct, View

__all__ = ["Silent"]


class Silent(Conduct):
    """Quote and send nothing."""

    @property
    def faults(self) -> Faults:
        """A crash before the start."""
        return Faults.CRASH

    def quote(self, view: View) -> NDArray[np.float64]:
        """Return NaN for everybody."""
        return np.full_like(view.own, np.nan)

    def puppet(self, role: Role) -> Puppet:
        """Return a machine that sends nothing."""
        return _Silent(role)


class _Silent(Puppet):
    def rewrite(self, memory: Any, effects: Sequence[Effect]) -> Step:
        return memory, tuple(effect for effect in effects if type(effect) is not Send)

    def voices(self) -> tuple[Voice, ...] | None:
        return self.alone()
