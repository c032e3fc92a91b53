"""Node-link diagrams: nodes sit where the network says, and are named where there is room."""

import numpy as np
import pytest
from accord.analysis.node_link import draw_links, layout, name_nodes, node_size
from accord.models.networks import network
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Page


@pytest.fixture
def ax() -> Axes:
    return Page().add_subplot()


def test_links_run_between_the_nodes_places(ax: Axes) -> None:
    path = network("path(n=3)")
    where = draw_links(path, ax)
    assert where.shape == (3, 2)
    (lines,) = ax.collections
    assert [segment.tolist() for segment in lines.get_segments()] == [
        where[[0, 1]].tolist(),
        where[[1, 2]].tolist(),
    ]
    assert np.array_equal(draw_links(path, ax), where)


def test_a_network_in_the_plane_stays_where_it_is(ax: Axes) -> None:
    net = network("random-geometric(n=12, radius=0.6)", rng=1)
    assert draw_links(net, ax) is net.positions


def test_few_nodes_are_named_and_many_are_not(ax: Axes) -> None:
    families, club = network("florentine-families"), network("karate")
    name_nodes(families, draw_links(families, ax), ax)
    assert {text.get_text() for text in ax.texts} == set(families.node_labels)
    name_nodes(club, draw_links(club, ax), ax)
    assert len(ax.texts) == families.n
    assert node_size(families) > node_size(network("ring(n=500)"))


@pytest.mark.parametrize("name", ["karate", "watts-strogatz(n=250, k=4, p=0.1)"])
def test_layouts_fill_the_page_and_are_functions_of_the_links_alone(name: str) -> None:
    one, two = network(name, rng=1), network(name, rng=1)
    where = layout(one)
    assert where.min(axis=0).tolist() == [0, 0]
    assert where.max(axis=0).tolist() == [1, 1]
    assert layout(two) is where
