import networkx as nx
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies.circulant import Circulant


@pytest.mark.parametrize(
    ("topology", "oracle"),
    [
        (Circulant(8, (1, 2)), nx.circulant_graph(8, [1, 2])),
        (Circulant(8, (1, 2, 3)), nx.circulant_graph(8, [1, 2, 3])),
        (Circulant(7, (2,)), nx.circulant_graph(7, [2])),
    ],
)
def test_edges_are_those_of_networkx(topology: Circulant, oracle: "nx.Graph[int]") -> None:
    built = topology.build()
    assert (built.n, built.m) == (len(oracle), oracle.size()) == topology.size
    assert nx.utils.graphs_equal(nx.Graph(built.to_networkx().edges), nx.Graph(oracle.edges))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"n": 8, "offsets": (5,)}, "use at most 4 in place of 5, or a larger n"),
        ({"n": 8, "offsets": (0, 1)}, "in place of 0"),
        ({"n": 8, "offsets": (1, 1)}, "each offset stands once"),
        ({"n": 8, "offsets": (2, 4)}, "leaves 2 separate rings; add an offset of 1"),
        ({"offsets": ()}, "at least 1"),
    ],
)
def test_bounds(parameters: dict[str, int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        Circulant(**parameters)


def test_an_offset_of_half_the_ring_is_one_link() -> None:
    built = Circulant(8, (1, 4)).build()  # the Moebius ladder
    assert set(built.degrees.tolist()) == {3}
    assert built.notes == ()
