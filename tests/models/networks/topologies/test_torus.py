import networkx as nx
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.torus import Torus


def _grid(rows: int, columns: int) -> "nx.Graph[int]":
    return nx.relabel_nodes(
        nx.grid_2d_graph(rows, columns, periodic=True), lambda place: place[0] * columns + place[1]
    )


@pytest.mark.parametrize(
    ("topology", "oracle"),
    [
        (Torus(3, 3), _grid(3, 3)),
        (Torus(4, 5), _grid(4, 5)),
    ],
)
def test_edges_are_those_of_networkx(topology: Torus, oracle: "nx.Graph[int]") -> None:
    built = topology.build()
    assert (built.n, built.m) == (len(oracle), oracle.size()) == topology.size
    assert nx.utils.graphs_equal(nx.Graph(built.to_networkx().edges), nx.Graph(oracle.edges))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"rows": 2}, "rows=2 must be at least 3"),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Torus(**parameters)
