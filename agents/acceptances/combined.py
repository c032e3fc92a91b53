"""Take what is as good as one's own next offer; and, once it is late, what is good enough for the time that is left.

**Condition.** AC-next at any time; from `after` on also whatever is worth the `level`, 0 being the reservation value.
**Effect.** As choosy as AC-next for as long as there is time, and not left without a deal at the end for a trifle.
**Names.** AC-combi(T, alpha).

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

__all__ = ["Combined"]


class Combined(Acceptance):
    """As good as one's own next offer, or good enough and late."""

    after: float = Field(0.99, ge=0, le=1, description="share of the time after which less is taken")
    level: float = Field(
        0.0,
        ge=0,
        le=1,
        description="least worth then, from 0 (the reservation value) to 1 (the best outcome)",
    )

    def suffices(self, profile: Profile, time: Values, offered: Values, planned: Values) -> Any:
        """Return whether the offer is worth one's own, or it is late and the offer worth the level."""
        late = np.greater_equal(time, self.after) & (offered >= profile.at(self.level))
        return late | (offered >= planned)
