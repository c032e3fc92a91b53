"""Tell every neighbour something else.

**Lie.** The listeners of a traitor, in the order of their ids, are quoted values evenly spaced over the hull of
the honest parties' first opinions, stretched by `reach` of its width on either side; the same ones in every step.
A traitor with one listener quotes the lower end. Where messages are sent, it runs two honest copies of itself: one with
the least value, heard by the lower half of the parties' ids, one with the greatest, heard by the others; each
hears its own broadcasts only. Where there are servers and clients, half of each are of either audience, and a copy
hears the clients of its own: so a leader is asked for other things, and proposes them to its audience.
**Effect.** Holds the honest apart: with linear averaging they settle at different values, with broken thresholds they
decide differently. Needs point-to-point links; a broadcast medium rules it out.
**Names.** Two-faced, twins, split brain, Byzantine (against "malicious", which quotes one value to all), equivocation.

References
----------
.. [1] L. Lamport, R. Shostak, M. Pease, "The Byzantine generals problem", ACM Transactions on Programming
       Languages and Systems 4 (1982) 382-401, doi:10.1145/357172.357176.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ..puppet import Puppet, Role
from ..twins import Twins
from . import Conduct, View

__all__ = ["Equivocating"]


class Equivocating(Conduct):
    """Tell each neighbour something else."""

    reach: float = Field(0.0, ge=0, description="how far beyond the hull, in widths of the hull")

    def quote(self, view: View) -> NDArray[np.float64]:
        """Return values spread over the hull by the listeners' order."""
        return view.low + view.width * (view.turn * (1 + 2 * self.reach) - self.reach)

    def puppet(self, role: Role) -> Puppet:
        """Return two copies with disjoint audiences."""
        low, high = role.camps(role.seat.others)
        return Twins(role, (frozenset(low), frozenset(high)), (min(role.values), max(role.values)))
