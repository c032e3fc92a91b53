"""Uniformly random sets of node pairs, drawn straight into arrays.

A pair {i, j} with i < j is numbered row by row, as the upper triangle of a matrix is; a random network
is then a random set of numbers, and nothing is ever held per edge but these.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["codes", "distinct", "free", "pairs"]


def distinct(rng: np.random.Generator, population: int, size: int) -> NDArray[np.int64]:
    """Return `size` distinct numbers below `population`, ascending; every such set is equally likely.

    Numbers are drawn until enough different ones are there, never more at a time than are missing, so
    that which are drawn first does not matter; of a large share, those to leave out are drawn instead.

    >>> distinct(np.random.default_rng(1), 10, 10).tolist()
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    """
    if size > population // 2:
        return np.delete(np.arange(population), distinct(rng, population, population - size))
    drawn = np.sort(rng.integers(population, size=size))
    while (repeated := drawn[1:] == drawn[:-1]).any():
        drawn = drawn[np.concatenate([[True], ~repeated])]
        drawn = np.sort(np.concatenate([drawn, rng.integers(population, size=size - len(drawn))]))
    return drawn


def pairs(n: int, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the pairs of nodes, low and high ends, that ascending numbers below n(n-1)/2 stand for.

    >>> [end.tolist() for end in pairs(4, np.arange(6))]
    [[0, 0, 0, 1, 1, 2], [1, 2, 3, 2, 3, 3]]
    """
    node = np.arange(n, dtype=np.int64)
    start = node * (2 * n - node - 1) // 2  # pairs in the rows above
    counts = np.diff(np.searchsorted(numbers, start), append=len(numbers))
    low = np.repeat(np.arange(n, dtype=np.int32), counts)
    high = np.repeat(node + 1 - start, counts)
    high += numbers
    return low, high.astype(np.int32)


def codes(n: int, sources: NDArray[np.integer], targets: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return one number for each undirected edge, the same in both directions."""
    numbers: NDArray[np.int64] = np.minimum(sources, targets).astype(np.int64)
    numbers *= n
    numbers += np.maximum(sources, targets)
    return numbers


def free(present: NDArray[np.int64], proposed: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which proposed numbers are neither present nor proposed before, in the order given."""
    present = np.sort(present)
    place = np.minimum(np.searchsorted(present, proposed), len(present) - 1)
    first = np.zeros(len(proposed), dtype=bool)
    first[np.unique(proposed, return_index=True)[1]] = True
    first &= present[place] != proposed
    return first
