"""Take what is worth so much, whenever it comes.

**Condition.** ``offered >= level``, where 0 is the reservation value and 1 the best outcome.
**Effect.** Blind to time and to the other's concessions: too high, and there is no deal; too low, and money is left.
**Names.** AC-const(alpha), satisficing.

References
----------
.. [1] T. Baarslag, K. Hindriks, C. Jonker, "Acceptance conditions in automated negotiation", in: Complex Automated
       Negotiations, Studies in Computational Intelligence 435, Springer 2013, 95-111, doi:10.1007/978-3-642-30737-9_6.
"""

from typing import Any

from pydantic import Field

from ..profile import Profile
from . import Acceptance, Values

__all__ = ["Constant"]


class Constant(Acceptance):
    """Good enough."""

    level: float = Field(
        0.8, ge=0, le=1, description="least worth, from 0 (the reservation value) to 1 (the best outcome)"
    )

    def suffices(self, profile: Profile, time: Values, offered: Values, planned: Values) -> Any:
        """Return whether the offer is worth so much."""
        return offered >= profile.at(self.level)
