import networkx as nx
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.barbell import Barbell


@pytest.mark.parametrize(
    ("topology", "oracle"),
    [
        (Barbell(5, 0), nx.barbell_graph(5, 0)),
        (Barbell(2, 1), nx.barbell_graph(2, 1)),
        (Barbell(4, 3), nx.barbell_graph(4, 3)),
    ],
)
def test_edges_are_those_of_networkx(topology: Barbell, oracle: "nx.Graph[int]") -> None:
    built = topology.build()
    assert (built.n, built.m) == (len(oracle), oracle.size()) == topology.size
    assert nx.utils.graphs_equal(nx.Graph(built.to_networkx().edges), nx.Graph(oracle.edges))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"m1": 1}, "m1=1 must be at least 2"),
        ({"m2": -1}, "m2=-1 must be at least 0"),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Barbell(**parameters)
