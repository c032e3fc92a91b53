"""Quote one value for ever, whatever is heard.

**Lie.** The given value, or one's own first opinion, to everybody in every step. Where messages are sent, the given
value (of those that parties argue about, the nearest), or one's own input, is put in, and every message names it.
**Effect.** One stubborn party captures linear averaging: everybody converges to its value. Several with
different values hold the others apart, between them. In protocols it is the mildest of liars: it tells all the same.
**Names.** Stubborn agent, zealot, forceful agent, leader; "malicious, constant" in resilient consensus.

References
----------
.. [1] D. Acemoglu, G. Como, F. Fagnani, A. Ozdaglar, "Opinion fluctuations and disagreement in social
       networks", Mathematics of Operations Research 38 (2013) 1-27, doi:10.1287/moor.1120.0570.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..machine import Send, Step
from ..puppet import Puppet, Role, Voice
from . import Conduct, View

__all__ = ["Stubborn"]


class Stubborn(Conduct):
    """Quote a constant."""

    value: float | None = Field(
        None, description="opinion quoted for ever; by default the first of one's own"
    )

    def quote(self, view: View) -> NDArray[np.float64]:
        """Return the value, or each traitor's first opinion."""
        return view.opening if self.value is None else np.full_like(view.own, self.value)

    def puppet(self, role: Role) -> Puppet:
        """Return the honest machine with an input that it sticks to."""
        value = role.seat.value if self.value is None else role.nearest(self.value)
        return _Stubborn(replace(role, seat=role.seat.but(value=value)))


class _Stubborn(Puppet):
    def speak(self, memory: Any, effect: Send) -> Step:
        return memory, (Send(effect.to, effect.message.saying(self.seat.value)),)

    def voices(self) -> tuple[Voice, ...] | None:
        seat = self.seat
        stuck = seat.value, seat.value
        return self.alone(Voice(seat.value, frozenset(seat.others), frozenset({seat.node}), stuck))
