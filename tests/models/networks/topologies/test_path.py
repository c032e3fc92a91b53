import networkx as nx
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.path import Path


@pytest.mark.parametrize(
    ("topology", "oracle"),
    [
        (Path(2), nx.path_graph(2)),
        (Path(9), nx.path_graph(9)),
    ],
)
def test_edges_are_those_of_networkx(topology: Path, oracle: "nx.Graph[int]") -> None:
    built = topology.build()
    assert (built.n, built.m) == (len(oracle), oracle.size()) == topology.size
    assert nx.utils.graphs_equal(nx.Graph(built.to_networkx().edges), nx.Graph(oracle.edges))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"n": 1}, "path: n=1 must be at least 2"),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Path(**parameters)
