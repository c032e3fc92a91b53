import networkx as nx
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.star import Star


@pytest.mark.parametrize(
    ("topology", "oracle"),
    [
        (Star(2), nx.star_graph(1)),
        (Star(8), nx.star_graph(7)),
    ],
)
def test_edges_are_those_of_networkx(topology: Star, oracle: "nx.Graph[int]") -> None:
    built = topology.build()
    assert (built.n, built.m) == (len(oracle), oracle.size()) == topology.size
    assert nx.utils.graphs_equal(nx.Graph(built.to_networkx().edges), nx.Graph(oracle.edges))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"n": 1}, "star: n=1 must be at least 2"),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Star(**parameters)
