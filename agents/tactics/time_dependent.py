"""Concede as time goes by, whatever the others do.

**Tactic.** It aspires to ``best - alpha(t) (best - reservation)``, where t is the share of the time that is over:
polynomial, ``alpha = k + (1 - k) t**(1 / beta)``, or exponential, ``alpha = exp((1 - t)**beta ln k)``. At first it
concedes a share k, and all at the end. Without a deadline no time is ever over, and it concedes nothing more.
**Effect.** With ``beta < 1`` it holds out until shortly before the deadline (Boulware), with ``beta = 1`` it concedes
steadily, and with ``beta > 1`` at once (Conceder). Against each other the tougher gets more of a deal, and two tough
ones may come too late.
**Names.** Time-dependent tactic, Boulware, Linear, Conceder; NegMAS's and Genius's exponent e is beta.

References
----------
.. [1] P. Faratin, C. Sierra, N. R. Jennings, "Negotiation decision functions for autonomous agents", Robotics and
       Autonomous Systems 24 (1998) 159-182, doi:10.1016/S0921-8890(98)00029-3.
"""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ..bargaining import View
from ..errors import InputError
from ..profile import Profile
from . import Aspiring

__all__ = ["TimeDependent"]


class TimeDependent(Aspiring):
    """Boulware to Conceder."""

    beta: float = Field(
        0.2, gt=0, le=1000, description="how soon it concedes: below 1 Boulware, above 1 Conceder"
    )
    k: float = Field(0.0, ge=0, le=1, description="share that it concedes at first")
    form: Literal["polynomial", "exponential"] = Field("polynomial", description="the curve's form")

    @model_validator(mode="after")
    def _begins(self) -> "TimeDependent":
        if self.form == "exponential" and self.k == 0:
            raise InputError("k=0: an exponential curve begins above 0; use k > 0, such as k=0.01")
        return self

    def conceded(self, times: Any) -> Any:
        """Return the share alpha that it has conceded at a time from 0 to 1, or several.

        >>> [float(TimeDependent(beta=beta).conceded(0.25)) for beta in (0.5, 1, 2)]
        [0.0625, 0.25, 0.5]
        """
        # the power is numpy's for one time as for many, to the last bit
        if self.form == "exponential":
            return np.exp(np.power(1 - times, self.beta) * np.log(self.k))
        return self.k + (1 - self.k) * np.power(times, 1 / self.beta)

    def aspiration(self, view: View) -> float:
        """Return what it aspires to now."""
        return float(view.profile.at(1 - self.conceded(view.time)))

    def plan(self, profile: Profile, times: NDArray[np.float64]) -> NDArray[np.intp] | None:
        """Return all its bids, unless they are to please the rival."""
        return None if self.trade_off else profile.above(profile.at(1 - self.conceded(times)))
