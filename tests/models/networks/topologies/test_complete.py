import networkx as nx
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.complete import Complete


@pytest.mark.parametrize(
    ("topology", "oracle"),
    [
        (Complete(2), nx.complete_graph(2)),
        (Complete(7), nx.complete_graph(7)),
    ],
)
def test_edges_are_those_of_networkx(topology: Complete, oracle: "nx.Graph[int]") -> None:
    built = topology.build()
    assert (built.n, built.m) == (len(oracle), oracle.size()) == topology.size
    assert nx.utils.graphs_equal(nx.Graph(built.to_networkx().edges), nx.Graph(oracle.edges))


def test_bounds() -> None:
    with pytest.raises(InputError, match="at least 2"):
        Complete(n=1)
    with pytest.raises(
        InputError, match="about 1e\\+09 nodes are more than the 1e\\+08 that a network may have"
    ):
        Complete(n=1_000_000_000)


def test_links_that_nobody_asks_for_take_no_room() -> None:
    network = Complete(100_000).build()
    assert (network.n, network.m) == (100_000, 4_999_950_000)
    with pytest.raises(
        InputError,
        match="about 5e\\+09 edges are more than the 2e\\+08 that a network may have; choose a smaller one",
    ):
        network.edge_list  # noqa: B018
