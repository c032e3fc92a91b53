"""Say everything, but late.

**Lie.** Each message to others is held back for `by` rounds, and then sent as it is.
**Effect.** Where parties act in rounds it comes too late and counts as lost; where they wait for the fastest n - f it
is not waited for. Where nothing hangs on time, nothing happens: the network could have done the same.
**Names.** Timing failure, performance failure, late messages, slow party.

References
----------
.. [1] F. Cristian, H. Aghili, R. Strong, D. Dolev, "Atomic broadcast: from simple message diffusion to
       Byzantine agreement", Information and Computation 118 (1995) 158-179, doi:10.1006/inco.1995.1060.
"""

from typing import Any

from pydantic import Field

from ..machine import Send, Step, Timer
from ..protocols import Faults
from ..puppet import Puppet, Role
from . import Conduct

__all__ = ["Delaying"]


class Delaying(Conduct):
    """Hold messages back."""

    by: float = Field(1.0, ge=0, description="rounds that each message is held back")

    @property
    def faults(self) -> Faults:
        """Omissions: who waits for a message no longer does not hear it."""
        return Faults.OMISSION

    def puppet(self, role: Role) -> Puppet:
        """Return a machine that sends late."""
        return _Delaying(role, self.by)


class _Delaying(Puppet):
    def __init__(self, role: Role, by: float) -> None:
        super().__init__(role)
        self.by = by

    def speak(self, memory: Any, effect: Send) -> Step:
        return memory, (Timer(self.own(effect), self.by),)

    def rang(self, memory: Any, name: Send) -> Step:
        return memory, (name,)
