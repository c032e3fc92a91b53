"""Networks: topologies, real networks, files; their matrices, spectra and weight design.

>>> from accord.models.networks import network, spectrum, weights
>>> network("ring(n=10)")
<Network ring(n=10): 10 nodes, 10 edges>
"""

from typing import Any

import numpy as np

from ...agents.errors import InputError
from .network import Network
from .spectrum import spectrum
from .topologies import topologies
from .weights import weights

# Most of these go by the name of the module or folder that they come from; imported here, at once, the
# names mean the objects whatever is imported later.
__all__ = ["Network", "network", "spectrum", "topologies", "weights"]


def network(choice: Any, *, rng: "int | np.random.Generator | None" = None, **parameters: Any) -> Network:
    """Return the network that a choice stands for.

    Parameters
    ----------
    choice
        A topology by name (``"karate"``), as text (``"ring(n=20)"``) or as object; the path of a file; a
        networkx graph, an adjacency matrix, a list of edges; or a network, which is returned as it is
        if it is connected.
    rng
        Seed or generator of a random topology; None: fresh entropy. Same seed, same network.
    **parameters
        The topology's parameters, where `choice` names it only or leaves some to be changed.

    Raises
    ------
    InputError
        If there is no such topology or file, a parameter is unknown or out of bounds, or no connected
        network could be had where one is required.

    Examples
    --------
    >>> network("watts-strogatz", n=100, k=4, p=0.1, rng=1)
    <Network watts-strogatz: 100 nodes, 200 edges>
    >>> network([("Ada", "Bob"), ("Bob", "Cleo")]).degrees.tolist()
    [1, 2, 1]
    """
    if isinstance(choice, str) and choice in topologies:
        choice, parameters = {"name": choice, **parameters}, {}
    topology = topologies.choose(choice)
    if parameters:
        topology = topology.but(**parameters)
    try:
        generator = np.random.default_rng(rng)
    except (TypeError, ValueError):
        raise InputError(f"rng={rng!r}: give an integer from 0 up, a numpy Generator, or None") from None
    built: Network = topology.build(generator)
    return built
