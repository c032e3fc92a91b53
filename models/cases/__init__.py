"""Cases: which generating units there are, what they cost, and what demand they have to meet. One a file.

A case is a description; `build` makes the units of it. Beside the names of its files the catalogue takes a path to a
user's own file.
"""

import os
from abc import ABC, abstractmethod
from pathlib import PurePath
from typing import Any, ClassVar

import numpy as np

from ...agents.catalogue import Catalogue
from ...agents.parameters import Parameters
from ..economic_dispatch import Units

__all__ = ["Case", "cases"]


class Case(Parameters, ABC):
    """Where units come from."""

    is_random: ClassVar[bool] = False

    @abstractmethod
    def build(self, rng: np.random.Generator | None = None) -> Units:
        """Return the units; the generator is not used."""


class _Cases(Catalogue[type[Case]]):
    """The catalogue, which also knows a path when it sees one."""

    def choose(self, choice: Any) -> Any:
        """Return the case that a choice stands for: in any form of every catalogue, or a path to a file."""
        if isinstance(choice, os.PathLike) or (isinstance(choice, str) and self._is_path(choice)):
            return super().choose({"name": "file", "path": os.fspath(choice)})
        return super().choose(choice)

    def _is_path(self, text: str) -> bool:
        looks_so = PurePath(text).suffix.lower() == ".toml" or any(each in text for each in "/\\")
        return looks_so and text.partition("(")[0].strip() not in self


cases: Catalogue[type[Case]] = _Cases(__name__, "case")
