import networkx as nx
import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.network import Network
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array, csr_array

TRIANGLE_AND_TAIL = Network.from_edges(4, [2, 0, 0, 3], [1, 1, 2, 2])
TWO_PARTS = Network.from_edges(5, [0, 3, 1], [2, 1, 4])  # 0-2 and 3-1-4


def test_neighbours_stand_in_order() -> None:
    network = TRIANGLE_AND_TAIL
    assert (network.n, network.m) == (4, 4)
    assert [network.neighbours(i).tolist() for i in range(4)] == [[1, 2], [0, 2], [0, 1, 3], [2]]
    assert network.degrees.tolist() == [2, 2, 3, 1]
    assert network.rows.tolist() == [0, 0, 1, 1, 2, 2, 2, 3]
    assert [end.tolist() for end in network.edge_list] == [[0, 0, 1, 2], [1, 2, 2, 3], [1.0] * 4]
    assert repr(network) == "<Network network: 4 nodes, 4 edges>"


def test_self_loops_and_parallel_edges_are_repaired_and_told() -> None:
    network = Network.from_edges(3, [0, 1, 1, 2, 0], [1, 0, 1, 1, 1])
    assert network.notes == ("dropped 1 self-loop", "merged 2 parallel edges")
    assert network.adjacency.toarray().tolist() == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    weighted = Network.from_edges(3, [0, 1, 1, 2, 0], [1, 0, 1, 1, 1], [1.0, 2.0, 8.0, 0.5, 4.0])
    assert weighted.notes == network.notes
    assert weighted.adjacency.toarray().tolist() == [[0, 7, 0], [7, 0, 0.5], [0, 0.5, 0]]


@settings(deadline=None, max_examples=60)
@given(
    st.integers(1, 9).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.floats(0.1, 9)), max_size=30),
            st.booleans(),
        )
    )
)
def test_any_list_of_edges_makes_the_sum_of_its_matrices(
    drawn: tuple[int, list[tuple[int, int, float]], bool],
) -> None:
    n, edges, weighted = drawn
    sources, targets, weights = (
        (np.array(column) for column in zip(*edges, strict=True)) if edges else ([], [], [])
    )
    network = Network.from_edges(n, sources, targets, weights if weighted else None)
    expected = np.zeros((n, n))
    for a, b, weight in edges:
        if a != b:
            expected[a, b] = expected[b, a] = expected[a, b] + weight if weighted else 1
    assert np.allclose(network.adjacency.toarray(), expected, rtol=1e-14)
    assert network.adjacency.has_canonical_format
    assert np.array_equal(network.adjacency.toarray(), network.adjacency.toarray().T)
    assert network.is_connected == (network.components.max() == 0)
    assert Network.from_adjacency(network.adjacency) == network
    assert Network.from_networkx(network.to_networkx()) == network


def test_edges_known_to_be_good_need_no_order() -> None:
    edges = np.array([[3, 2], [0, 1], [1, 2], [0, 2]])
    assert Network.from_simple_edges(4, *edges.T) == TRIANGLE_AND_TAIL


def test_weights_of_one_are_none() -> None:
    assert Network.from_edges(3, [0, 1], [1, 2], [1.0, 1.0]).edge_weights is None


@pytest.mark.parametrize(
    ("n", "sources", "targets", "weights", "told"),
    [
        (0, [], [], None, "at least one node, 0 given"),
        (3, [0], [3], None, r"an edge ends outside the node ids 0\.\.2"),
        (3, [-1], [2], None, "outside"),
        (10**9, [], [], None, r"about 1e\+09 nodes are more than the 1e\+08"),
        (3, [0, 1], [1, 2], [1, np.nan], "the edge 1 - 2 weighs nan; weights must be positive numbers"),
        (3, [0, 1], [1, 2], [-2.5, 1], "the edge 0 - 1 weighs -2.5"),
        (3, [0], [1], [np.inf], "weighs inf"),
        (3, [0], [1], [0], r"\(leave an edge of weight 0 out\)"),
    ],
)
def test_bad_edges(
    n: int, sources: list[int], targets: list[int], weights: list[float] | None, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        Network.from_edges(n, sources, targets, weights)


def test_bad_weights_are_told_by_the_nodes_names() -> None:
    with pytest.raises(InputError, match=r"the edge Ada - Bob weighs -1\.0"):
        Network.from_edges(2, [0], [1], [-1], labels=("Ada", "Bob"))


# networkx


def test_labels_weights_and_directions_of_networkx() -> None:
    graph = nx.DiGraph(name="trade")
    graph.add_edge("b", "a", weight=2)
    graph.add_edge("a", "b", weight=3)
    graph.add_edge("b", "c")
    network = Network.from_networkx(graph)
    assert network.name == "trade"
    assert network.labels == ("b", "a", "c")
    assert network.notes == ("took 3 directed edges as undirected", "merged 1 parallel edge")
    assert network.edge_list[2].tolist() == [5, 1]
    assert Network.from_networkx(graph, weight=None).edge_weights is None


def test_the_attribute_label_names_nodes() -> None:
    graph = nx.Graph([("n0", "n1")])
    nx.set_node_attributes(graph, {"n0": "Ada", "n1": "Bob"}, "label")
    assert Network.from_networkx(graph).labels == ("Ada", "Bob")
    graph.add_node("n2")
    assert Network.from_networkx(graph).labels == ("n0", "n1", "n2")


def test_parallel_edges_of_networkx_add_up() -> None:
    graph = nx.MultiGraph()
    graph.add_weighted_edges_from([(0, 1, 2.0), (1, 0, 3.0), (1, 1, 1.0)])
    network = Network.from_networkx(graph)
    assert network.notes == ("dropped 1 self-loop", "merged 1 parallel edge")
    assert network.adjacency.toarray().tolist() == [[0, 5], [5, 0]]
    assert network.labels is None


@pytest.mark.parametrize("weight", ["heavy", None, [1]])
def test_weights_that_are_no_numbers(weight: object) -> None:
    graph = nx.Graph()
    graph.add_edge(0, 1, weight=weight)
    graph.add_edge(1, 2, weight=1)
    if weight is None:
        assert Network.from_networkx(graph).edge_weights is None
    else:
        with pytest.raises(InputError, match="the edge attribute 'weight' is not a number everywhere"):
            Network.from_networkx(graph)


# matrices


@pytest.mark.parametrize("form", [np.array, csr_array, coo_array])
def test_a_matrix_is_its_network(form: type) -> None:
    network = Network.from_adjacency(form([[3.0, 2, 0], [2, 0, 1], [0, 1, 0]]))
    assert network.notes == ("dropped 1 self-loop",)
    assert network.edge_list[2].tolist() == [2, 1]
    assert Network.from_adjacency(form(np.ones((4, 4), dtype=bool))).m == 6


def test_rounding_is_not_asymmetry() -> None:
    assert Network.from_adjacency(np.array([[0, 0.1 + 0.2], [0.3, 0]])).m == 1


@pytest.mark.parametrize(
    ("matrix", "told"),
    [
        (np.zeros((2, 3)), r"is square; this array has the shape \(2, 3\)"),
        (np.zeros(4), r"has the shape \(4,\)"),
        (np.array([[0, 1], [2, 0]]), r"entry \(1, 0\) is 1 more than the entry across .* \(A \+ A.T\) / 2"),
        (csr_array([[0, 1.0], [0, 0]]), r"entry \(0, 1\) is 1 more than"),
        (np.array([[0, np.nan], [np.nan, 0]]), r"entry \(0, 1\) is nan not a number from 0 up"),
        (np.array([[0, np.inf], [np.inf, 0]]), "is inf"),
        (np.array([[0, -1], [-1, 0]]), "is -1 not a number from 0 up"),
        (np.array([["a", "b"], ["c", "d"]]), "holds real numbers, not <U1"),
        (np.ones((2, 2), dtype=complex), "holds real numbers, not complex128"),
        (coo_array((10**9, 10**9)), r"1e\+09 nodes are more"),
    ],
)
def test_bad_matrices(matrix: object, told: str) -> None:
    with pytest.raises(InputError, match=told):
        Network.from_adjacency(matrix)


# connectivity


def test_components() -> None:
    assert TRIANGLE_AND_TAIL.is_connected
    assert TRIANGLE_AND_TAIL.require_connected() is TRIANGLE_AND_TAIL.giant_component() is TRIANGLE_AND_TAIL
    assert not TWO_PARTS.is_connected
    assert TWO_PARTS.components.tolist() == [0, 1, 0, 1, 1]
    assert Network.from_edges(1, [], []).is_connected
    assert not Network.from_edges(6, [0, 1, 2, 3, 4, 5], [1, 2, 0, 4, 5, 3]).is_connected  # no lone node


def test_a_disconnected_network_is_refused_with_the_way_out() -> None:
    told = (
        "network: the network falls into 2 components, the largest of 3 of 5 nodes; use connected='giant' "
        "to take that one, or connected='any' to leave it so"
    )
    with pytest.raises(InputError) as refused:
        TWO_PARTS.require_connected()
    assert str(refused.value) == told


def test_giant_component_keeps_labels_weights_and_places() -> None:
    network = Network.from_edges(
        5,
        [0, 3, 1],
        [2, 1, 4],
        [1.0, 2.0, 3.0],
        labels=tuple("abcde"),
        positions=np.arange(10.0).reshape(5, 2),
    )
    giant = network.giant_component()
    assert giant.labels == ("b", "d", "e")
    assert giant.notes == ("took the giant component: 3 of 5 nodes, 2 components",)
    assert giant.adjacency.toarray().tolist() == [[0, 2, 3], [2, 0, 0], [3, 0, 0]]
    assert giant.positions is not None
    assert giant.positions[:, 0].tolist() == [2, 6, 8]
    assert giant.is_connected


def test_equality_and_digest_are_of_the_content() -> None:
    same = Network.from_edges(4, [0, 1, 0, 2], [1, 2, 2, 3], name="other")
    others = [
        Network.from_edges(4, [0, 1, 0, 1], [1, 2, 2, 3]),
        Network.from_edges(4, [0, 1, 0, 2], [1, 2, 2, 3], [1, 1, 1, 2]),
        Network.from_edges(4, [0, 1, 0, 2], [1, 2, 2, 3], labels=tuple("abcd")),
        Network.from_edges(5, [0, 1, 0, 2], [1, 2, 2, 3]),
    ]
    assert same == TRIANGLE_AND_TAIL
    assert same.digest == TRIANGLE_AND_TAIL.digest
    assert TRIANGLE_AND_TAIL not in others
    assert len({network.digest for network in (same, *others)}) == 5
    assert same != "network"


def test_a_network_of_mean_degree_ten_takes_50_bytes_a_node() -> None:
    n = 2000
    nodes = np.repeat(np.arange(n), 5)
    network = Network.from_edges(n, nodes, (nodes + np.tile(np.arange(1, 6), n)) % n)
    held = [value for value in vars(network).values() if isinstance(value, np.ndarray)]
    assert network.m == 5 * n
    assert sum(array.nbytes for array in held) <= 50 * n
