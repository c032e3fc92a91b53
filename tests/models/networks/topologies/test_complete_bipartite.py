import networkx as nx
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.complete_bipartite import CompleteBipartite


@pytest.mark.parametrize(
    ("topology", "oracle"),
    [
        (CompleteBipartite(3, 3), nx.complete_bipartite_graph(3, 3)),
        (CompleteBipartite(1, 4), nx.complete_bipartite_graph(1, 4)),
        (CompleteBipartite(4, 2), nx.complete_bipartite_graph(4, 2)),
    ],
)
def test_edges_are_those_of_networkx(topology: CompleteBipartite, oracle: "nx.Graph[int]") -> None:
    built = topology.build()
    assert (built.n, built.m) == (len(oracle), oracle.size()) == topology.size
    assert nx.utils.graphs_equal(nx.Graph(built.to_networkx().edges), nx.Graph(oracle.edges))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"a": 0}, "a=0 must be at least 1"),
        ({"a": 10**5, "b": 10**5}, "edges are more"),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        CompleteBipartite(**parameters)
