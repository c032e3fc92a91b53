"""Hold the honest apart with one mind, and without ever leaving their range.

**Lie.** In every step all traitors tell a listener in the upper half of the honest parties' present range the
greatest honest opinion, and one in the lower half the least. They see all opinions before they speak. Where messages
are sent, each traitor runs two honest copies of itself as an equivocating one does; but all have the same audiences,
the lower and the upper half of the honest parties' ids (of servers' and of clients' alike), and their copies on a side
speak to each other.
**Effect.** No quote is an outlier, so no rule can tell it by its size; many traitors back each other's story.
Holds off agreement wherever the traitors outweigh what links the two camps.
**Names.** Coordinated attack, rushing adversary with full information, camp splitting.

References
----------
.. [1] H. J. LeBlanc, H. Zhang, X. Koutsoukos, S. Sundaram, "Resilient asymptotic consensus in robust
       networks", IEEE Journal on Selected Areas in Communications 31 (2013) 766-781,
       doi:10.1109/JSAC.2013.130413 (the adversary of the necessity proofs).
"""

import numpy as np
from numpy.typing import NDArray

from ..puppet import Puppet, Role
from ..twins import Twins
from . import Conduct, View

__all__ = ["Colluding"]


class Colluding(Conduct):
    """Quote to each camp its own extreme."""

    def quote(self, view: View) -> NDArray[np.float64]:
        """Return the end of the honest range that the listener is nearer to."""
        middle = view.honest_low + (view.honest_high - view.honest_low) / 2
        return np.where(view.listener > middle, view.honest_high, view.honest_low)

    def puppet(self, role: Role) -> Puppet:
        """Return copies that work hand in hand with those of the other traitors."""
        low, high = role.camps(role.victims)
        audiences = frozenset(low), frozenset(high)
        return Twins(role, audiences, (min(role.values), max(role.values)), together=True)
