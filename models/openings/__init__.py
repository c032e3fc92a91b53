"""Openings: the opinions that parties start from."""

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from ...agents.catalogue import Catalogue
from ...agents.parameters import Parameters
from ..networks.network import Network

__all__ = ["Opening", "openings"]


class Opening(Parameters, ABC):
    """First opinions."""

    @abstractmethod
    def opinions(self, network: Network, rng: np.random.Generator) -> NDArray[np.float64]:
        """Return one opinion for each node, (n,)."""


openings: Catalogue[type[Opening]] = Catalogue(__name__, "opening")
