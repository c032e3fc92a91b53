"""Everybody linked with everybody: a network whose links are written down only when somebody asks for them."""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .network import Network, require_room

__all__ = ["Everybody"]


class Everybody(Network):
    """The complete network of n nodes; 100,000 of them take no more room than as many numbers.

    >>> everybody = Everybody(100_000, "all")
    >>> everybody.m, everybody.neighbours(3)[:4].tolist()
    (4999950000, [0, 1, 2, 4])
    """

    def __new__(cls, n: int = 0, name: str = "", labels: tuple[str, ...] | None = None, **links: Any) -> Any:
        """Return it; or, where parts of it are changed (`dataclasses.replace`), a network that lists its links."""
        return Network(name=name, labels=labels, **links) if links else super().__new__(cls)

    def __init__(self, n: int, name: str, labels: tuple[str, ...] | None = None) -> None:
        wide = n * (n - 1) > np.iinfo(np.int32).max
        fields: dict[str, Any] = {
            "indptr": np.arange(n + 1, dtype=np.int64 if wide else np.int32) * (n - 1),
            "name": name,
            "labels": labels,
            **dict.fromkeys(("edge_weights", "positions")),
            "notes": (),
        }
        for field, value in fields.items():
            object.__setattr__(self, field, value)

    @cached_property
    def indices(self) -> NDArray[np.int32]:
        """The neighbours of all nodes, one node after the other.

        Raises
        ------
        InputError
            If there are more links than a network may have.
        """
        require_room(self.name, self.n, self.m)
        nodes = np.arange(self.n, dtype=np.int32)
        others = np.broadcast_to(nodes[:-1], (self.n, self.n - 1))
        return (others + (others >= nodes[:, None])).ravel()

    @property
    def rows(self) -> NDArray[np.int32]:
        """The node that each entry of `indices` is a neighbour of."""
        require_room(self.name, self.n, self.m)
        return super().rows

    @property
    def m(self) -> int:
        """Number of edges."""
        return self.n * (self.n - 1) // 2

    @property
    def is_connected(self) -> bool:
        """Always."""
        return True

    @cached_property
    def components(self) -> NDArray[np.int32]:
        """One for all."""
        return np.zeros(self.n, dtype=np.int32)

    def neighbours(self, node: int) -> NDArray[np.int32]:
        """Return all others."""
        return np.delete(np.arange(self.n, dtype=np.int32), node)
