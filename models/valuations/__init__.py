"""Valuations: what a good is worth to its buyers and costs its sellers, a supply and a demand. One a file.

A valuation is a description; `build` makes the schedules of it. Beside the names of its files the catalogue takes a
path to a user's own file, and `Schedules` made in Python.
"""

import os
from abc import ABC, abstractmethod
from pathlib import PurePath
from typing import Any

import numpy as np

from ...agents.catalogue import Catalogue
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


class _Valuations(Catalogue[type[Valuation]]):
    """The catalogue, which also knows a path and schedules when it sees them."""

    def choose(self, choice: Any) -> Any:
        """Return the valuation that a choice stands for.

        Parameters
        ----------
        choice
            A valuation, a text or a mapping as in every catalogue; a path to a file, known by its suffix or its
            separators; or Schedules.
        """
        if isinstance(choice, os.PathLike) or (isinstance(choice, str) and self._is_path(choice)):
            return super().choose({"name": "file", "path": os.fspath(choice)})
        if isinstance(choice, Schedules):
            return super().choose({"name": "given", "schedules": choice})
        return super().choose(choice)

    def _is_path(self, text: str) -> bool:
        looks_so = PurePath(text).suffix.lower() == ".csv" or any(each in text for each in "/\\")
        return looks_so and text.partition("(")[0].strip() not in self


valuations: Catalogue[type[Valuation]] = _Valuations(__name__, "valuation")
