import networkx as nx
import pytest
from accord.agents.errors import InputError
from accord.models.networks.routes import connectivity
from accord.models.networks.topologies.complete import Complete
from accord.models.networks.topologies.harary import Harary
from accord.models.networks.topologies.path import Path
from accord.models.networks.topologies.ring import Ring


@pytest.mark.parametrize("n", [5, 8, 9])
@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_as_connected_as_asked_for_with_as_few_links_as_can_be(k: int, n: int) -> None:
    # every node has at least k links, so there are kn/2 at least (Harary 1962); a tree has n - 1
    built = Harary(k, n).build()
    assert connectivity(built) == k
    assert (built.n, built.m) == Harary(k, n).size
    assert built.m == (-(-k * n // 2) if k > 1 else n - 1)


def test_its_ends_are_path_ring_and_complete() -> None:
    assert Harary(1, 6).build() == Path(6).build()
    assert Harary(2, 6).build() == Ring(6).build()
    assert Harary(5, 6).build() == Complete(6).build()


def test_edges_are_those_of_networkx() -> None:
    built, oracle = Harary(3, 9).build(), nx.hkn_harary_graph(3, 9)
    assert nx.utils.graphs_equal(nx.Graph(built.to_networkx().edges), nx.Graph(oracle.edges))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"k": 0}, "k=0 must be at least 1"),
        ({"k": 6, "n": 6}, "connectivity is at most n - 1; use k <= 5"),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Harary(**parameters)
