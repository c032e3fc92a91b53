"""Quote a new random value to every neighbour in every step.

**Lie.** Uniform on the hull of the honest parties' first opinions, stretched by `reach` of its width on
either side. Where messages are sent, each is replaced, for each recipient, by one drawn from the protocol's alphabet.
**Effect.** Keeps linear averaging from ever settling; the disagreement falls to a floor of noise and stays. In
protocols it finds by luck what a cleverer liar would say, given many runs.
**Names.** Random Byzantine behaviour, noise injection.

References
----------
.. [1] L. Xiao, S. Boyd, S.-J. Kim, "Distributed average consensus with least-mean-square deviation",
       Journal of Parallel and Distributed Computing 67 (2007) 33-46, doi:10.1016/j.jpdc.2006.08.010
       (averaging under additive noise).
"""

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..machine import Flip, Message, Send, Step
from ..puppet import Puppet, Role
from . import Conduct, View

__all__ = ["Random"]


class Random(Conduct):
    """Quote uniform noise."""

    needs_luck: ClassVar[bool] = True

    reach: float = Field(0.0, ge=0, description="how far beyond the hull, in widths of the hull")

    def quote(self, view: View) -> NDArray[np.float64]:
        """Return a uniform value for each listener."""
        return view.low + view.width * (view.luck * (1 + 2 * self.reach) - self.reach)

    def puppet(self, role: Role) -> Puppet:
        """Return a machine that says anything."""
        return _Random(role)


class _Random(Puppet):
    def speak(self, memory: Any, effect: Send) -> Step:
        alphabet = self.role.alphabet
        return memory, tuple(Flip(self.own(to), alphabet) for to in effect.to if alphabet)

    def fell(self, memory: Any, key: int, value: Message) -> Step:
        return memory, tuple(self.role.address(key, value))
