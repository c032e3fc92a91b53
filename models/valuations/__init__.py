"""Valuations: what a good is worth to its buyers and costs its sellers, a supply and a demand. One a file.

A valuation is a description; `build` makes the schedules of it. Beside the names of its files the catalogue takes a
path to a user's own file, and `Schedules` made in Python.
"""

from abc import ABC, abstractmethod

import numpy as np

from ...agents.catalogue import Catalogue, FileCatalogue
from ...agents.parameters import Parameters
from ..schedules import Schedules

__all__ = ["Valuation", "valuations"]


class Valuation(Parameters, ABC):
    """What schedules are built of."""

    @property
    def is_random(self) -> bool:
        """Whether `build` uses its generator, so that every replicate has schedules of its own."""
        return False

    @abstractmethod
    def build(self, rng: np.random.Generator | None = None) -> Schedules:
        """Return the schedules; random ones are drawn from `rng` (None: from fresh entropy)."""


valuations: Catalogue[type[Valuation]] = FileCatalogue(
    __name__, "valuation", {".csv"}, "schedules", Schedules
)
