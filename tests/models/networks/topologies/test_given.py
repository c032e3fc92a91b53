import pickle
from typing import Any

import networkx as nx
import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.network import Network
from accord.models.networks.topologies import topologies
from accord.models.networks.topologies.given import Given
from scipy.sparse import coo_array, csr_array

PATH = Network.from_edges(3, [0, 1], [1, 2])


@pytest.mark.parametrize(
    "choice",
    [
        nx.path_graph(3),
        PATH,
        [(0, 1), (1, 2)],
        ((2, 1), (1, 0)),
        np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]),
        csr_array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]),
        coo_array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]),
    ],
    ids=lambda choice: type(choice).__name__,
)
def test_every_form_is_the_same_network(choice: Any) -> None:
    topology = topologies.choose(choice)
    assert isinstance(topology, Given)
    assert topology.build() == PATH
    assert topology.size == (3, 2)
    assert topology.canonical() == Given(PATH).canonical()


def test_edges_between_names_with_weights() -> None:
    network = Given([("b", "a", 2), ("a", "c", 0.5)]).build()
    assert network.labels == ("b", "a", "c")
    assert network.edge_list[2].tolist() == [2, 0.5]


def test_what_it_is_is_its_content() -> None:
    one, same, other = Given([(0, 1), (1, 2)]), Given(nx.path_graph(3)), Given([(0, 1), (0, 2)])
    assert hash(one) == hash(same)
    assert one.canonical() == same.canonical() != other.canonical()
    assert str(one) != str(other)
    assert str(one).startswith("given(given#")
    assert str(one.but(connected="any")).endswith(", connected=any)")
    assert pickle.loads(pickle.dumps(one)) == one


def test_connected_as_asked_for() -> None:
    parts = [("a", "b"), ("c", "d"), ("d", "e")]
    with pytest.raises(InputError, match="given: the network falls into 2 components"):
        Given(parts).build()
    assert Given(parts, connected="any").build().n == 5
    assert Given(parts, connected="giant").build().labels == ("c", "d", "e")


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (5, "5 is not a network: give a name such as"),
        ([], r"\[\] is not a network"),
        ("abc", "'abc' is not a network"),
        ([("a", "b", "c", "d")], "is not a network"),
        (["ab", "cd"], "is not a network"),
        ([(0, 1), (1, 2, 3.0)], "give all a weight, or none"),
        ([(0, 1, "x")], "with a number as its weight"),
        ([(0, 1, float("nan"))], "the edge 0 - 1 weighs nan"),
        ([(0, 1, -1)], "weighs -1.0; weights must be positive"),
        (np.zeros((2, 3)), "an adjacency matrix is square"),
        (nx.Graph(), "at least one node"),
    ],
)
def test_what_is_no_network(choice: Any, told: str) -> None:
    with pytest.raises(InputError, match=told) as error:
        Given(choice)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("nobody", [None, float("nan")])
def test_an_end_without_a_name_is_no_node(nobody: object) -> None:
    with pytest.raises(InputError, match="None or NaN"):
        Given([("a", "b"), ("b", nobody)])
