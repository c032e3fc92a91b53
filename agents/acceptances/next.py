"""Take what is worth as much as the offer that one would make instead.

**Condition.** ``offered >= planned``; more exactly ``scale * offered + plus >= planned``.
**Effect.** Never refuses what one is about to ask for oneself. With ``scale=1`` and ``plus=0`` the usual condition.
**Names.** AC-next, AC_next(alpha, beta).

References
----------
.. [1] T. Baarslag, K. Hindriks, C. Jonker, "Acceptance conditions in automated negotiation", in: Complex Automated
       Negotiations, Studies in Computational Intelligence 435, Springer 2013, 95-111, doi:10.1007/978-3-642-30737-9_6.
"""

from typing import Any

from pydantic import Field

from ..profile import Profile
from . import Acceptance, Values

__all__ = ["Next"]


class Next(Acceptance):
    """As good as one's own next offer."""

    scale: float = Field(1.0, gt=0, description="what the offer's utility is multiplied by (alpha)")
    plus: float = Field(0.0, description="what is added to it (beta)")

    def suffices(self, profile: Profile, time: Values, offered: Values, planned: Values) -> Any:
        """Return whether the offer, scaled, is worth as much as one's own."""
        return self.scale * offered + self.plus >= planned
