"""Domains: what is negotiated about, and who wants what. One a file.

A domain is a description; `build` makes the bargain of it. Beside the names of its files the catalogue takes a
path to a user's own file, and a `Bargain` or an array of utilities made in Python.
"""

from abc import ABC, abstractmethod
from typing import Annotated

import numpy as np
from pydantic import Field

from ...agents.catalogue import Catalogue, FileCatalogue
from ...agents.errors import InputError
from ...agents.parameters import Parameters
from ..bargain import Bargain
from ..bargain_files import SUFFIXES

__all__ = ["Discount", "Domain", "Reservation", "domains", "one_each"]

Reservation = Annotated[
    float | tuple[float, ...],
    Field(description="utility of no deal: one number for all, or one for each party"),
]
Discount = Annotated[
    float | tuple[float, ...],
    Field(
        description="what a round's delay multiplies utilities by, in (0, 1]: one number for all, or one for each party"
    ),
]


class Domain(Parameters, ABC):
    """What a bargain is built of."""

    @property
    def is_random(self) -> bool:
        """Whether `build` uses its generator, so that every replicate has a bargain of its own."""
        return False

    @abstractmethod
    def build(self, rng: np.random.Generator | None = None) -> Bargain:
        """Return the bargain; a random one is drawn from `rng` (None: from fresh entropy)."""


def one_each(field: str, value: float | tuple[float, ...], parties: int) -> tuple[float, ...]:
    """Return a parameter for each party, where it may have been given once for all.

    Raises
    ------
    InputError
        If there are neither one nor as many as parties.
    """
    if not isinstance(value, tuple):
        return (value,) * parties
    if len(value) != parties:
        raise InputError(
            f"{field} has {len(value)} entries for {parties} parties; give one for all, or one for each"
        )
    return value


domains: Catalogue[type[Domain]] = FileCatalogue(__name__, "domain", SUFFIXES, "bargain")
