import networkx as nx
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.grid import Grid


def _grid(rows: int, columns: int) -> "nx.Graph[int]":
    return nx.relabel_nodes(nx.grid_2d_graph(rows, columns), lambda place: place[0] * columns + place[1])


@pytest.mark.parametrize(
    ("topology", "oracle"),
    [
        (Grid(4, 4), _grid(4, 4)),
        (Grid(2, 5), _grid(2, 5)),
        (Grid(1, 3), _grid(1, 3)),
    ],
)
def test_edges_are_those_of_networkx(topology: Grid, oracle: "nx.Graph[int]") -> None:
    built = topology.build()
    assert (built.n, built.m) == (len(oracle), oracle.size()) == topology.size
    assert nx.utils.graphs_equal(nx.Graph(built.to_networkx().edges), nx.Graph(oracle.edges))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"rows": 0}, "rows=0 must be at least 1"),
        ({"columns": 1}, "at least 2"),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Grid(**parameters)


def test_nodes_have_places_one_apart() -> None:
    built = Grid(3, 4).build()
    sources, targets, _ = built.edge_list
    assert built.positions is not None
    steps = built.positions[sources] - built.positions[targets]
    assert ((steps**2).sum(axis=1) == 1).all()
