"""Stress layout: distances on the page are those in the network, as far as a page allows."""

import numpy as np
import pytest
from accord.analysis.stress_layout import stress_layout
from accord.models.networks import network
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial.distance import pdist, squareform


def _links(name: str) -> csr_array:
    return network(name, rng=1).adjacency


def _stress(links: csr_array, where: NDArray[np.float64]) -> float:
    """Return the mean relative error of the distances on the page, at the scale that suits them best."""
    far = squareform(dijkstra(links, unweighted=True), checks=False)
    near = pdist(where)
    scale = (near / far).sum() / ((near / far) ** 2).sum()
    return float(np.mean((scale * near / far - 1) ** 2))


@pytest.mark.parametrize(
    ("name", "bound"),
    [
        ("path(n=300)", 5e-3),
        ("grid(rows=15, columns=20)", 0.03),  # links go around corners, and lines on the page do not
        ("ring(n=300)", 0.04),
        ("watts-strogatz(n=400, k=6, p=0.02)", 0.09),
        ("barabasi-albert(n=400, m=2)", 0.18),
    ],
)
def test_distances_on_the_page_are_those_in_the_network(name: str, bound: float) -> None:
    links = _links(name)
    assert _stress(links, stress_layout(links)) < bound
    anywhere = np.random.default_rng(0).random((links.shape[0], 2))
    assert _stress(links, anywhere) > 1.5 * bound


def test_equal_links_have_equal_layouts() -> None:
    links = _links("barabasi-albert(n=300, m=2)")
    assert np.array_equal(stress_layout(links), stress_layout(links.copy()))


@pytest.mark.parametrize("name", ["star(n=300)", "complete(n=250)", "barabasi-albert(n=500, m=1)"])
def test_nodes_with_the_same_neighbours_do_not_hide_each_other(name: str) -> None:
    where = stress_layout(_links(name))
    assert np.isfinite(where).all()
    assert pdist(where).min() > 0.002 * np.ptp(where, axis=0).max()


def test_components_lie_side_by_side() -> None:
    links = _links("erdos-renyi(n=600, p=0.002, connected='any')")
    where = stress_layout(links)
    component = network("erdos-renyi(n=600, p=0.002, connected='any')", rng=1).components
    boxes = [
        (where[component == each].min(axis=0), where[component == each].max(axis=0))
        for each in range(component.max() + 1)
    ]
    assert len(boxes) > 10
    for place, (low, high) in enumerate(boxes):
        for other_low, other_high in boxes[:place]:
            assert ((high < other_low) | (other_high < low)).any()


def test_nobody_linked_to_anybody_has_a_place() -> None:
    where = stress_layout(csr_array((5, 5)))
    assert len({tuple(each) for each in where.tolist()}) == 5
    assert stress_layout(csr_array((1, 1))).tolist() == [[0.0, 0.0]]
