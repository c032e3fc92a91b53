"""Put the traitors on the nodes that are named.

**Rule.** The first `traitors` of the list, which must be long enough. Nodes are given by id or by label.
**Names.** Fixed placement.

Examples
--------
>>> from accord.models import Averaging
>>> model = Averaging(network="karate", traitors=1, placement="given(nodes=[33])", rng=1)
>>> model.traitors
array([33])
"""

from collections.abc import Iterable
from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ...agents.errors import InputError, UnknownNameError
from ..networks.network import Network
from . import Placement

__all__ = ["Given"]


class Given(Placement):
    """The nodes of a list."""

    nodes: tuple[int | str, ...] = Field(description="node ids or labels, in the order of their fall")

    @classmethod
    def at(cls, ids: Iterable[int], network: Network) -> Self:
        """Return the placement of node ids, told by label where nodes have labels: "1" may be that of node 0."""
        return cls(nodes=tuple(ids if network.labels is None else (network.labels[node] for node in ids)))

    def candidates(self, network: Network, traitors: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Return the first nodes of the list."""
        if traitors > len(self.nodes):
            raise InputError(
                f"traitors={traitors}, but placement {self} names {len(self.nodes)} nodes; name more or have fewer"
            )
        chosen = [_node(network, node) for node in self.nodes[:traitors]]
        if len(set(chosen)) < len(chosen):
            raise InputError(f"placement {self} names a node twice; name each once")
        return np.array(chosen, dtype=np.intp).reshape(1, traitors)


def _node(network: Network, node: int | str) -> int:
    labels = network.labels
    if labels is not None and str(node) in labels:
        return list(labels).index(str(node))
    if isinstance(node, int) and 0 <= node < network.n:
        return node
    known = labels if labels is not None else [f"0..{network.n - 1}"]
    raise UnknownNameError(f"node of {network.name}", node, known)
