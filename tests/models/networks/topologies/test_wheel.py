import networkx as nx
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.wheel import Wheel


@pytest.mark.parametrize(
    ("topology", "oracle"),
    [
        (Wheel(4), nx.wheel_graph(4)),
        (Wheel(9), nx.wheel_graph(9)),
    ],
)
def test_edges_are_those_of_networkx(topology: Wheel, oracle: "nx.Graph[int]") -> None:
    built = topology.build()
    assert (built.n, built.m) == (len(oracle), oracle.size()) == topology.size
    assert nx.utils.graphs_equal(nx.Graph(built.to_networkx().edges), nx.Graph(oracle.edges))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"n": 3}, "wheel: n=3 must be at least 4"),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Wheel(**parameters)
