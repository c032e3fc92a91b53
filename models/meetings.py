"""Meetings: who meets whom, in random pairs along the links of a network, and which of them can be played at once.

Encounters follow each other. Two that have nobody in common can as well happen at the same time: a long list of them
falls into a few waves, in each of which nobody meets twice, with the same result to the last bit.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..agents.errors import InputError
from .networks.network import Network
from .networks.routes import is_complete

__all__ = ["Meetings", "waves"]

Nodes = NDArray[np.int64]

_AT_ONCE = 2000  # encounters that are sorted into waves together, at least


class Meetings:
    """Where pairs come from.

    Parameters
    ----------
    network
        A pair is one of its links, all equally likely, in one of its two directions.

    Raises
    ------
    InputError
        If somebody has no neighbour to meet.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self.all_meet = is_complete(network)
        if not network.degrees.all():
            node = int(np.argmin(network.degrees))
            raise InputError(
                f"{network.name}: node {network.node_labels[node]} has no neighbour and can meet nobody; "
                "leave it out, or use connected='giant' where networks are drawn"
            )
        if not self.all_meet:
            self._speakers = network.rows.astype(np.int64)
            self._links = self._speakers * network.n + network.indices  # ascending

    def draw(self, rng: np.random.Generator, pairs: int) -> tuple[Nodes, Nodes]:
        """Return the first and the second of so many pairs, each (pairs,)."""
        n = self.network.n
        if self.all_meet:
            first = rng.integers(n, size=pairs)
            second = rng.integers(n - 1, size=pairs)
            return first, second + (second >= first)
        link = rng.integers(len(self._links), size=pairs)
        return self._speakers[link], self.network.indices[link].astype(np.int64)

    def linked(self, first: Nodes, second: Nodes) -> NDArray[np.bool_]:
        """Return which of some pairs are neighbours."""
        linked: NDArray[np.bool_] = first != second
        if not self.all_meet:
            link = first * self.network.n + second
            linked = self._links[self._place(link) % len(self._links)] == link
        return linked

    def turn(self, speaker: Nodes, listener: Nodes) -> NDArray[np.float64]:
        """Return which of the speaker's neighbours, by their ids, the listener is: 0 the first, 1 the last."""
        n = self.network.n
        if self.all_meet:
            place, others = listener - (listener > speaker), np.full(len(speaker), n - 2)
        else:
            place = self._place(speaker * n + listener) - self.network.indptr[speaker]
            others = self.network.degrees[speaker].astype(np.int64) - 1
        turn: NDArray[np.float64] = place / np.maximum(others, 1)
        return turn

    def _place(self, link: Nodes) -> NDArray[np.intp]:
        return np.searchsorted(self._links, link)


def waves(first: Nodes, second: Nodes, n: int) -> Iterator[NDArray[np.intp]]:
    """Yield which encounters can be played at once, in an order that leaves everybody's own order as it is.

    Parameters
    ----------
    first, second
        The two of each encounter, among n parties, in the order of the encounters.

    Examples
    --------
    >>> [wave.tolist() for wave in waves(np.array([0, 2, 1]), np.array([1, 3, 2]), 4)]
    [[1, 0], [2]]
    """
    # of more, most would have to wait for each other, and be looked at again
    at_once = max(n // 10, _AT_ONCE)
    earliest = np.empty(n, dtype=np.intp)  # each party's first encounter among those left
    for start in range(0, len(first), at_once):
        backwards = slice(start, start + at_once)
        one, two = first[backwards][::-1], second[backwards][::-1]
        left = np.arange(start, start + len(one))[::-1]
        while len(left):
            ends, numbers = np.empty((2, 2 * len(left)), dtype=np.intp)
            ends[::2], ends[1::2] = one, two
            numbers[::2] = numbers[1::2] = left
            earliest[ends] = numbers  # of several values the last one stays
            now = (earliest.take(one) == left) & (earliest.take(two) == left)
            yield left[now]
            later = np.flatnonzero(~now)
            left, one, two = left[later], one[later], two[later]
