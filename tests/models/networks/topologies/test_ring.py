import networkx as nx
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.ring import Ring


@pytest.mark.parametrize(
    ("topology", "oracle"),
    [
        (Ring(3), nx.cycle_graph(3)),
        (Ring(20), nx.cycle_graph(20)),
    ],
)
def test_edges_are_those_of_networkx(topology: Ring, oracle: "nx.Graph[int]") -> None:
    built = topology.build()
    assert (built.n, built.m) == (len(oracle), oracle.size()) == topology.size
    assert nx.utils.graphs_equal(nx.Graph(built.to_networkx().edges), nx.Graph(oracle.edges))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"n": 2}, "ring: n=2 must be at least 3"),
        ({"n": 10**9}, "1e\\+09 nodes are more than the 1e\\+08"),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Ring(**parameters)
