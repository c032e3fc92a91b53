"""Acceptance conditions: when a negotiator takes what it is offered, one condition a file.

A condition is arithmetic on utilities, so that it can be asked of one offer, or of all offers of a negotiation at once.
Whatever it says, nobody takes less than its reservation value.
"""

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..catalogue import Catalogue
from ..parameters import Parameters
from ..profile import Profile

__all__ = ["Acceptance", "acceptances"]

Values = NDArray[np.float64] | float


class Acceptance(Parameters, ABC):
    """When an offer is good enough."""

    @abstractmethod
    def suffices(self, profile: Profile, time: Values, offered: Values, planned: Values) -> Any:
        """Return whether to take an offer, or each of several.

        Parameters
        ----------
        profile
            One's own preferences.
        time
            The share of the time that is over, when one's next offer would stand.
        offered
            What the offer is worth to oneself.
        planned
            What the offer is worth that one would make instead.
        """

    def takes(self, profile: Profile, time: Values, offered: Values, planned: Values) -> Any:
        """Return whether to take an offer, or each of several, that is not below the reservation value."""
        return self.suffices(profile, time, offered, planned) & (offered >= profile.reservation)


acceptances: Catalogue[type[Acceptance]] = Catalogue(__name__, "acceptance condition")
