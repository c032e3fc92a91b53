"""Cases: which generating units there are, what they cost, and what demand they have to meet. One a file.

A case is a description; `build` makes the units of it. Beside the names of its files the catalogue takes a path to a
user's own file.
"""

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

from ...agents.catalogue import Catalogue, FileCatalogue
from ...agents.parameters import Parameters
from ..economic_dispatch import Units

__all__ = ["Case", "cases"]


class Case(Parameters, ABC):
    """Where units come from."""

    is_random: ClassVar[bool] = False

    @abstractmethod
    def build(self, rng: np.random.Generator | None = None) -> Units:
        """Return the units; the generator is not used."""


cases: Catalogue[type[Case]] = FileCatalogue(__name__, "case", {".toml"})
