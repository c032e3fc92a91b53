"""Additive preferences drawn at random, their opposition as wanted.

**Domain.** Some issues of equally many levels. Each party draws weights uniformly from the simplex and a worth
uniformly from [0, 1] for every level, and worths are stretched so that an issue's best level is worth 1 and its
worst 0. Utilities reach from 0 to 1.
**Opposition.** Let m be the parties' mean worth of a level, and d how one of them departs from it. Its
preferences are d sin t + m cos t, stretched again, an issue's weight being multiplied by how much it had to be
(and the weights themselves are m + d sin 2t). All want the same at t = 0, the draws are as they were at t =
pi/4, and at t = pi/2 nothing is left that they have in common: two are then opposed outright, u1 + u2 = 1. In
between opposition (`agents.solutions.opposition`) is a continuous function of t, and t is found by bisection so
that it is what is wanted within 1e-3.
**Known.** Two parties can be opposed to any degree from 0 to sqrt(1/2), about 0.707.
**Cost.** About ten evaluations of the space where an opposition is wanted.
**Names.** Random utility spaces, ANAC-like domains; issues in which interests are compatible, integrative or
distributive.

References
----------
.. [1] T. Baarslag et al., "Evaluating practical negotiating agents: results and analysis of the 2011 international
       competition", Artificial Intelligence 198 (2013) 73-103, doi:10.1016/j.artint.2012.09.004.

Examples
--------
>>> from accord.agents.solutions import opposition
>>> bargain = Random(issues=3, levels=5, opposition=0.4).build(np.random.default_rng(1))
>>> bargain, round(opposition(bargain.utilities), 2)
(<Bargain random(levels=5, opposition=0.4): 125 outcomes, 2 parties>, 0.4)
"""

import math

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ...agents import solutions
from ...agents.errors import InputError
from ...agents.outcomes import MOST_OUTCOMES, Integer, Space
from ...agents.preferences.additive import Additive
from ...agents.profile import Profile
from ..bargain import Bargain
from . import Discount, Domain, Reservation, one_each

__all__ = ["Random"]

Floats = NDArray[np.float64]

_TOLERANCE = 1e-3
_DRAWS = 100  # so many are tried until one can be opposed as wanted


class Random(Domain):
    """Additive preferences drawn at random."""

    issues: int = Field(3, ge=1, le=25, description="how many issues")
    levels: int = Field(10, ge=2, description="levels of each issue")
    parties: int = Field(2, ge=2, description="how many parties")
    opposition: float | None = Field(
        None,
        ge=0,
        description="least distance of an outcome from satisfying everybody (0: all want the same; two parties: up to "
        "0.707); none: as it comes",
    )
    reservation: Reservation = 0.0
    discount: Discount = 1.0

    @model_validator(mode="after")
    def _can_be(self) -> "Random":
        outcomes = self._space().require_room().size
        if outcomes * self.parties > 4 * MOST_OUTCOMES:
            raise InputError(
                f"{outcomes:,} outcomes for {self.parties:,} parties are more than the {4 * MOST_OUTCOMES:,} "
                "utilities that are evaluated; use fewer issues, levels or parties"
            )
        most = math.sqrt(self.parties) * (1 - 1 / self.parties)
        if self.opposition is not None and self.opposition > most:
            raise InputError(
                f"opposition={self.opposition:g} is more than {self.parties} parties who "
                f"divide what there is can reach, {most:.4g}; choose a smaller one"
            )
        return self

    @property
    def is_random(self) -> bool:
        """True."""
        return True

    def build(self, rng: np.random.Generator | None = None) -> Bargain:
        """Return a draw.

        Raises
        ------
        InputError
            If none of 100 draws can be opposed as wanted.
        """
        rng = np.random.default_rng(rng)
        space = self._space()
        reservation = one_each("reservation", self.reservation, self.parties)
        discount = one_each("discount", self.discount, self.parties)
        for _ in range(_DRAWS):
            weights = rng.dirichlet(np.ones(self.issues), self.parties)
            values = _stretched(rng.random((self.parties, self.issues, self.levels)))[0]
            utilities = self._opposed(space, weights, values)
            if utilities is not None:
                return Bargain(space, list(map(Profile, utilities, reservation, discount)), str(self))
        raise InputError(
            f"{self}: no opposition of {self.opposition:g} in {_DRAWS} draws; choose a smaller one, more levels, or "
            "fewer parties"
        )

    def _space(self) -> Space:
        return Space(
            [Integer(name=f"issue {number}", low=1, high=self.levels) for number in range(1, self.issues + 1)]
        )

    def _opposed(self, space: Space, weights: Floats, values: Floats) -> list[Floats] | None:
        """Return utilities, (size,) each, of the wanted opposition; None if this draw cannot have it."""
        if self.opposition is None:
            return _utilities(space, weights, values, math.pi / 4)
        low, high = 0.0, math.pi / 2
        angle = high
        while high - low > 1e-12:
            utilities = _utilities(space, weights, values, angle)
            reached = solutions.opposition(np.stack(utilities, axis=1)) if utilities else -math.inf
            if abs(reached - self.opposition) <= _TOLERANCE:
                return utilities
            low, high = (angle, high) if reached < self.opposition else (low, angle)
            angle = (low + high) / 2
        return None


def _utilities(space: Space, weights: Floats, values: Floats, angle: float) -> list[Floats] | None:
    """Return each party's utilities, (size,), at an angle; None if somebody is left indifferent to everything.

    Parameters
    ----------
    space
    weights : (parties, issues)
    values : (parties, issues, levels)
    angle
    """
    mean = values.mean(axis=0)
    values, ranges = _stretched((values - mean) * math.sin(angle) + mean * math.cos(angle))
    weights = weights.mean(axis=0) + (weights - weights.mean(axis=0)) * math.sin(2 * angle)
    weights = weights * ranges
    if weights.sum(axis=1).min() <= 0:
        return None
    return [
        Additive(values=worth.tolist(), weights=weight.tolist())(space)
        for worth, weight in zip(values, weights, strict=True)
    ]


def _stretched(values: Floats) -> tuple[Floats, Floats]:
    """Return values, (..., levels), from 0 to 1 in every issue, and how far they reached before, (...)."""
    low, ranges = values.min(axis=-1, keepdims=True), np.ptp(values, axis=-1)
    return (values - low) / np.where(ranges > 0, ranges, 1.0)[..., None], ranges
