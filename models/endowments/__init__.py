"""Endowments: what parties have before they exchange."""

from abc import ABC, abstractmethod
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ...agents.catalogue import Catalogue
from ...agents.parameters import Parameters

__all__ = ["Amount", "Endowment", "endowments"]

Amount = Annotated[float, Field(ge=0)]


class Endowment(Parameters, ABC):
    """What parties have at first."""

    @property
    def is_random(self) -> bool:
        """Whether `build` uses its generator; what is drawn is rounded down to whole units, such as coins."""
        return False

    @abstractmethod
    def build(self, n: int, goods: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return how much each of n parties has of each good, (n, goods)."""


endowments: Catalogue[type[Endowment]] = Catalogue(__name__, "endowment")
