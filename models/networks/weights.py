"""The weight matrix of a network in one call."""

from typing import Any

from scipy.sparse import csr_array

from .network import Network
from .schemes import Scheme, schemes

__all__ = ["weights"]


def weights(network: Network, scheme: str | Scheme = "metropolis", **parameters: Any) -> csr_array:
    """Return the weight matrix W of a network, (n, n) float64 CSR with rows that sum to one.

    Parameters
    ----------
    network
        Who may talk to whom.
    scheme
        A scheme's name, its text form (``"constant(alpha=0.1)"``), or a finished scheme.
    **parameters
        The scheme's parameters.

    Raises
    ------
    InputError
        If the scheme is unknown, a parameter breaks its bounds, or the network does not suit the scheme.

    Examples
    --------
    >>> pair = Network.from_edges(2, [0], [1])
    >>> weights(pair, "constant", alpha=0.5).toarray()
    array([[0.5, 0.5],
           [0.5, 0.5]])
    """
    if parameters:
        scheme = scheme.but(**parameters) if isinstance(scheme, Scheme) else schemes[scheme](**parameters)
    chosen: Scheme = schemes.choose(scheme)
    return chosen.matrix(network)
