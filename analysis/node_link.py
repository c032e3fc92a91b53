"""Node-link diagrams: where nodes sit, the links between them, and their names. What nodes look like is a figure's."""

from functools import lru_cache

import networkx as nx
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from ..models.networks.network import Network
from .stress_layout import stress_layout

__all__ = ["draw_links", "layout", "name_nodes", "node_size"]

_NAMED = 20  # nodes that have room for their names
_FEW = 200  # nodes that Kamada and Kawai place in less than a second


def layout(network: Network) -> NDArray[np.float64]:
    """Return where a network's nodes sit, (n, 2): at their own positions, or a function of the links alone."""
    if network.positions is not None:
        return network.positions
    return _layout(network.n, network.indptr.tobytes(), network.indices.tobytes())


def draw_links(network: Network, ax: Axes) -> NDArray[np.float64]:
    """Draw a network's links, and return where its nodes sit, (n, 2)."""
    where = layout(network)
    if network.positions is not None:
        ax.set_aspect("equal")
    sources, targets, _ = network.edge_list
    ax.add_collection(
        LineCollection(
            list(np.stack([where[sources], where[targets]], axis=1)),
            colors="#c4c4c4",
            linewidths=0.5,
            zorder=1,
        )
    )
    ax.margins(0.08)
    ax.set_axis_off()
    return where


def node_size(network: Network) -> float:
    """Return the size of a node's mark, in square points."""
    return float(np.clip(2400 / network.n, 12, 70))


def name_nodes(network: Network, where: NDArray[np.float64], ax: Axes, above: float = 5) -> None:
    """Write the nodes' names so many points above them, where there is room for them."""
    if network.n > _NAMED:
        return
    for (x, y), name in zip(where, network.node_labels, strict=True):
        ax.annotate(
            name, (x, y), (0, above), textcoords="offset points", ha="center", fontsize=5.5, zorder=4,
            path_effects=[withStroke(linewidth=1.5, foreground="white")],
        )  # fmt: skip


@lru_cache(maxsize=32)
def _layout(n: int, indptr: bytes, indices: bytes) -> NDArray[np.float64]:
    """Return where nodes sit, (n, 2): a function of the network's links alone."""
    network = Network(np.frombuffer(indptr, np.int32), np.frombuffer(indices, np.int32))
    if n <= _FEW:
        where = nx.kamada_kawai_layout(network.to_networkx(), weight=None)
        placed = np.array([where[node] for node in range(n)])
    else:
        placed = stress_layout(network.adjacency)
    span = np.ptp(placed, axis=0)
    filling: NDArray[np.float64] = (placed - placed.min(axis=0)) / np.where(span > 1e-9, span, 1.0)
    return filling
