"""Weight schemes: how much each party trusts each neighbour, and how much itself.

One scheme a file. A scheme says what a party gives each neighbour; what is left of one falls to itself,
so the rows of the matrix W sum to one whatever the scheme. Averaging is x <- W x.
"""

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ....agents.catalogue import Catalogue
from ....agents.errors import InputError
from ....agents.parameters import Parameters, name_of
from ..laplacian import with_diagonal
from ..network import Network

__all__ = ["Scheme", "schemes"]


class Scheme(Parameters, ABC):
    """A weight matrix as a function of the network.

    Attributes
    ----------
    is_symmetric
        Whether W equals its transpose.
    conserves_average
        Whether the columns of W sum to one too, so that W x has the average of x.
    """

    is_symmetric: ClassVar[bool] = True
    conserves_average: ClassVar[bool] = True

    @abstractmethod
    def neighbour_weights(self, network: Network) -> NDArray[np.float64]:
        """Return what each party gives each neighbour, (2m,) in the order of ``network.indices``."""

    def matrix(self, network: Network) -> csr_array:
        """Return the weight matrix W, (n, n) float64 CSR; its rows sum to one."""
        given = self.neighbour_weights(network) if network.m else np.empty(0)
        rows = csr_array((given, network.indices, network.indptr), shape=(network.n, network.n))
        return with_diagonal(network, given, 1.0 - rows.sum(axis=1))

    def _require_connected(self, network: Network) -> None:
        if not network.is_connected:
            raise InputError(
                f"{name_of(type(self))}: {network.name} has {network.components.max() + 1} components, "
                "which never agree; take its giant component, or use weights='metropolis' to see each settle"
            )


schemes: Catalogue[type[Scheme]] = Catalogue(__name__, "weight scheme")
