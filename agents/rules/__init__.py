"""Opinion rules: how an honest party makes its next opinion out of its own and those that it hears.

One rule a file. A rule is a pure function of arrays; it does not know who lies, or that anybody does.
"""

from abc import ABC, abstractmethod
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from ..catalogue import Catalogue
from ..parameters import Parameters

__all__ = ["Rule", "rules"]


class Rule(Parameters, ABC):
    """The next opinion as a function of one's own and of those heard.

    Attributes
    ----------
    is_linear
        True where the update is ``own + sum(weights * (heard - own))``: the engine then multiplies by
        a sparse matrix and never gathers.
    """

    is_linear: ClassVar[bool] = False

    @abstractmethod
    def __call__(
        self, own: NDArray[np.float64], heard: NDArray[np.float64], weights: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the next opinions.

        Parameters
        ----------
        own : (...)
            One's own opinion, for any number of parties and runs side by side.
        heard : (d, ...)
            The d neighbours' opinions, **neighbours first**; NaN where one was silent. Parties with fewer
            than d neighbours are padded with NaN.
        weights : (d, ...)
            What the weight scheme gives each neighbour, broadcastable to `heard`; 0 where padded. One's
            own weight is one minus their sum.

        Returns
        -------
        (...)
        """

    def facing(self, traitors: int) -> Self:
        """Return the rule as tuned by somebody who expects that many traitors; most don't care."""
        return self


rules: Catalogue[type[Rule]] = Catalogue(__name__, "rule")
