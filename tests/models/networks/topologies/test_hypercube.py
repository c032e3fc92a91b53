import networkx as nx
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.hypercube import Hypercube


def _cube(d: int) -> "nx.Graph[int]":
    return nx.relabel_nodes(
        nx.hypercube_graph(d), lambda corner: sum(bit << i for i, bit in enumerate(corner))
    )


@pytest.mark.parametrize(
    ("topology", "oracle"),
    [
        (Hypercube(2), _cube(2)),
        (Hypercube(4), _cube(4)),
    ],
)
def test_edges_are_those_of_networkx(topology: Hypercube, oracle: "nx.Graph[int]") -> None:
    built = topology.build()
    assert (built.n, built.m) == (len(oracle), oracle.size()) == topology.size
    assert nx.utils.graphs_equal(nx.Graph(built.to_networkx().edges), nx.Graph(oracle.edges))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"d": 0}, "d=0 must be at least 1"),
        ({"d": 25}, "edges are more than"),
        ({"d": 1000}, "must be at most 30"),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Hypercube(**parameters)
