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


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"n": 1}, "at least 2"),
        (
            {"n": 100_000},
            "about 5e\\+09 edges are more than the 2e\\+08 that a network may have; choose a smaller one",
        ),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Complete(**parameters)
