import networkx as nx
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.balanced_tree import BalancedTree


@pytest.mark.parametrize(
    ("topology", "oracle"),
    [
        (BalancedTree(2, 3), nx.balanced_tree(2, 3)),
        (BalancedTree(3, 2), nx.balanced_tree(3, 2)),
        (BalancedTree(1, 4), nx.path_graph(5)),
    ],
)
def test_edges_are_those_of_networkx(topology: BalancedTree, oracle: "nx.Graph[int]") -> None:
    built = topology.build()
    assert (built.n, built.m) == (len(oracle), oracle.size()) == topology.size
    assert nx.utils.graphs_equal(nx.Graph(built.to_networkx().edges), nx.Graph(oracle.edges))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"r": 0}, "r=0 must be at least 1"),
        ({"r": 10, "h": 9}, "1.11e\\+09 nodes are more"),
        ({"r": 10**6, "h": 30}, "nodes are more"),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        BalancedTree(**parameters)
