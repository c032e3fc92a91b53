"""Stress layout: nodes as far apart on the page as they are links apart, for networks that are large.

A layout has little stress where distances on the page are those in the network. To hold all n**2 distances to that
takes too long for thousands of nodes; here each node is held to its neighbours, and to some pivots that are far from
each other, each of which stands for the nodes around it.

References
----------
Brandes U, Pich C (2007), Eigensolver methods for progressive multidimensional scaling of large data,
doi:10.1007/978-3-540-70904-6_6. Ortmann M, Klimenta M, Brandes U (2017), A sparse stress model,
doi:10.7155/jgaa.00440.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import KDTree

__all__ = ["stress_layout"]

Places = NDArray[np.float64]

_PIVOTS = 50
_ROUNDS = 50  # of majorization; after them a picture of 2,000 nodes hardly changes
_PUSHES = 30
_DENSE = 60  # neighbours, of a node in the mean, with which pivots alone say enough


def stress_layout(links: csr_array) -> Places:
    """Return where nodes sit, (n, 2): a function of the links alone; components side by side.

    Parameters
    ----------
    links : (n, n)
        Symmetric; what is not zero is a link, of length one.
    """
    count, component = connected_components(links, directed=False)
    if count == 1:
        return _placed(links)
    sizes = np.bincount(component)
    members = np.split(np.argsort(component, kind="stable"), np.cumsum(sizes)[:-1])
    width = 1.2 * max(np.sqrt(links.shape[0]), np.sqrt(sizes.max()))
    where = np.empty((links.shape[0], 2))
    left = top = height = 0.0
    for each in np.argsort(-sizes, kind="stable").tolist():  # in rows, the largest first
        side = float(np.sqrt(sizes[each]))
        if left and left + side > width:
            left, top, height = 0.0, top + height, 0.0
        nodes = members[each]
        placed = _placed(links[nodes][:, nodes])
        span = max(float(np.ptp(placed, axis=0).max()), 1e-9)
        room = placed - (placed.min(axis=0) + placed.max(axis=0)) / 2
        where[nodes] = 0.85 * side * room / span + [left + side / 2, -top - side / 2]
        left, height = left + side, max(height, side)
    return where


def _placed(links: csr_array) -> Places:
    """Return where the nodes of a connected network sit."""
    n = links.shape[0]
    if n < 3:
        return np.column_stack([np.arange(n), np.zeros(n)])
    pivots, far = _distances(links)
    where = _scaled(far)
    where += 0.02 * far.mean() * np.random.default_rng(0).standard_normal((n, 2))  # equals must part
    return _pushed(_majorized(links, where, pivots, far), links)


def _distances(links: csr_array) -> tuple[NDArray[np.intp], Places]:
    """Return pivots far from each other, (k,), and how many links each node is from them, (n, k)."""
    n = links.shape[0]
    pivots, far = [int(np.diff(links.indptr).argmax())], []
    nearest = np.full(n, np.inf)
    for _ in range(min(_PIVOTS, n)):
        far.append(dijkstra(links, indices=pivots[-1:], unweighted=True)[0])
        nearest = np.minimum(nearest, far[-1])
        pivots.append(int(nearest.argmax()))
    return np.array(pivots[:-1]), np.stack(far, axis=1)


def _scaled(far: Places) -> Places:
    """Return where multidimensional scaling by pivots puts nodes."""
    square = far**2
    centred = square - square.mean(axis=0) - square.mean(axis=1, keepdims=True) + square.mean()
    _, vectors = np.linalg.eigh(centred.T @ centred)
    where: Places = centred @ vectors[:, -2:]
    where *= np.sign(where[np.abs(where).argmax(axis=0), [0, 1]])  # the sign of an eigenvector is nobody's
    where *= far.mean() / max(float(np.sqrt((where**2).mean())), 1e-9)
    return where


def _majorized(links: csr_array, where: Places, pivots: NDArray[np.intp], far: Places) -> Places:
    """Return a layout of less stress."""
    n = len(where)
    if links.nnz > _DENSE * n:
        links = csr_array((n, n))
    rows = np.repeat(np.arange(n), np.diff(links.indptr))
    columns = links.indices
    stands_for = np.bincount(far.argmin(axis=1), minlength=len(pivots))
    weights = 0.5 * stands_for / np.where(far > 0, far, np.inf) ** 2
    total = weights.sum(axis=1) + np.diff(links.indptr)
    for _ in range(_ROUNDS):
        pull = np.empty_like(where)
        apart = [where[:, [axis]] - where[pivots, axis] for axis in (0, 1)]
        along = [where[rows, axis] - where[columns, axis] for axis in (0, 1)]
        stretch = far / np.maximum(np.hypot(*apart), 1e-9)
        shrink = 1 / np.maximum(np.hypot(*along), 1e-9)
        for axis in (0, 1):
            pull[:, axis] = (weights * (where[pivots, axis] + stretch * apart[axis])).sum(axis=1)
            pull[:, axis] += np.bincount(rows, where[columns, axis] + shrink * along[axis], minlength=n)
        where = pull / total[:, None]
    return where


def _pushed(where: Places, links: csr_array) -> Places:
    """Return a layout in which marks do not hide each other."""
    n = len(where)
    rows = np.repeat(np.arange(n), np.diff(links.indptr))
    length = float(np.median(np.hypot(*(where[rows] - where[links.indices]).T)))
    room = min(0.75 * float(np.sqrt(np.ptp(where, axis=0).prod() / n)), 0.8 * length)
    for _ in range(_PUSHES):
        one, two = KDTree(where).query_pairs(room, output_type="ndarray").T
        if not len(one):
            break
        apart = where[one] - where[two]
        distance = np.maximum(np.hypot(*apart.T), 1e-9)[:, None]
        push = 0.3 * apart * (room - distance) / distance
        moved = np.column_stack(
            [np.bincount(one, push[:, axis], n) - np.bincount(two, push[:, axis], n) for axis in (0, 1)]
        )
        where = where + np.clip(moved, -room, room)
    return where
