"""Placements: which nodes the traitors sit on. Results depend on it, so it is a factor."""

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from ...agents.catalogue import Catalogue
from ...agents.parameters import Parameters
from ..networks.network import Network

__all__ = ["Placement", "placements"]


class Placement(Parameters, ABC):
    """Where traitors sit."""

    @abstractmethod
    def candidates(self, network: Network, traitors: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Return candidate placements, (draws, traitors) node ids; most placements have one.

        Of several candidates the model keeps the one that does most harm.
        """


placements: Catalogue[type[Placement]] = Catalogue(__name__, "placement")
