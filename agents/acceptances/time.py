"""Take anything once it is late.

**Condition.** ``time >= after``; what is below the reservation value is refused all the same.
**Effect.** A deal at any price, at the last moment. Alone it gives away whatever the other asks for; combined with
another condition it is a safety net.
**Names.** AC-time(T).

References
----------
.. [1] T. Baarslag, K. Hindriks, C. Jonker, "Acceptance conditions in automated negotiation", in: Complex Automated
       Negotiations, Studies in Computational Intelligence 435, Springer 2013, 95-111, doi:10.1007/978-3-642-30737-9_6.
"""

from typing import Any

import numpy as np
from pydantic import Field

from ..profile import Profile
from . import Acceptance, Values

__all__ = ["Time"]


class Time(Acceptance):
    """Late enough."""

    after: float = Field(0.99, ge=0, le=1, description="share of the time after which anything is taken")

    def suffices(self, profile: Profile, time: Values, offered: Values, planned: Values) -> Any:
        """Return whether it is late."""
        return np.greater_equal(time, self.after)
