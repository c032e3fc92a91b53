"""Conducts: how a traitor departs from its rule, one lie a file.

A traitor is any party with a conduct. It hears and updates as the rule says; what it *quotes* to each
neighbour is the conduct's. Conducts do not know rules, and rules do not know conducts.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ..catalogue import Catalogue
from ..parameters import Parameters

__all__ = ["Conduct", "View", "conducts"]

Values = NDArray[np.float64]


@dataclass(frozen=True)
class View:
    """What traitors see before they speak: everything, the honest opinions of this step included.

    Each array has one entry for every pair of a traitor and an honest neighbour of its, in any number of
    runs side by side; so a conduct is arithmetic on arrays of one shape, and never loops.

    Parameters
    ----------
    step
        The step that is about to be made, from 1.
    own
        The opinion that the traitor would quote if it were honest.
    opening
        The traitor's first opinion.
    listener
        The opinion of the neighbour that it speaks to.
    low, high
        The least and greatest first opinion of the run's honest parties: the hull.
    honest_low, honest_high
        The least and greatest opinion of the honest parties now.
    turn
        Which of the traitor's listeners this is, evenly spaced from 0 (the first) to 1 (the last).
    luck
        Uniform random numbers in [0, 1), new in every step; zeros unless the conduct `needs_luck`.
    """

    step: int
    own: Values
    opening: Values
    listener: Values
    low: Values
    high: Values
    honest_low: Values
    honest_high: Values
    turn: Values
    luck: Values

    @property
    def width(self) -> Values:
        """The hull's width, or 1 where it is a point: the yardstick of a lie."""
        width = self.high - self.low
        return np.where(width > 0, width, 1.0)


class Conduct(Parameters, ABC):
    """What a traitor quotes to each of its neighbours.

    Attributes
    ----------
    needs_luck
        True if `quote` reads `View.luck`.
    """

    needs_luck: ClassVar[bool] = False

    @abstractmethod
    def quote(self, view: View) -> Values:
        """Return the opinions quoted, one for each entry of the view; NaN is silence."""


conducts: Catalogue[type[Conduct]] = Catalogue(__name__, "conduct")
