"""What holds for every topology of the catalogue."""

import pickle
from typing import Any

import networkx as nx
import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks.topologies import RandomTopology, Topology, topologies
from hypothesis import given, settings
from hypothesis import strategies as st

NAMES = [name for name in topologies if name not in ("file", "given")]  # these need something of the user's
# parameters that are away from the defaults, small, and good together
OTHERS: dict[str, str] = {
    "balanced-tree": "balanced-tree(r=3, h=2)",
    "barabasi-albert": "barabasi-albert(n=20, m=2, seed=4)",
    "barbell": "barbell(m1=4, m2=2)",
    "circulant": "circulant(n=9, offsets=[1, 3])",
    "complete": "complete(n=4)",
    "complete-bipartite": "complete-bipartite(a=2, b=3)",
    "erdos-renyi": "erdos-renyi(n=20, p=0.5, connected=giant)",
    "gnm": "gnm(n=20, m=60, connected=any, seed=0)",
    "grid": "grid(rows=3, columns=4)",
    "harary": "harary(k=4, n=7)",
    "hypercube": "hypercube(d=3)",
    "karate": "karate(weighted=True)",
    "les-miserables": "les-miserables(weighted=True)",
    "path": "path(n=4)",
    "random-geometric": "random-geometric(n=30, radius=0.5)",
    "random-regular": "random-regular(n=12, d=3)",
    "ring": "ring(n=5)",
    "star": "star(n=5)",
    "stochastic-block": "stochastic-block(sizes=[4, 5], matrix=[[1.0, 0.2], [0.2, 0.9]])",
    "torus": "torus(rows=3, columns=4)",
    "watts-strogatz": "watts-strogatz(n=20, k=6, p=0.3)",
    "wheel": "wheel(n=6)",
}


@pytest.fixture(params=[*NAMES, *OTHERS.values()])
def topology(request: pytest.FixtureRequest) -> Topology:
    chosen: Topology = topologies.choose(request.param)
    return chosen


def test_text_is_written_as_it_was_read() -> None:
    assert {text: str(topologies.choose(text)) for text in OTHERS.values()} == {
        text: text for text in OTHERS.values()
    }
    assert all(str(topologies.choose(name)) == name for name in NAMES)


def test_text_mapping_and_pickle_give_it_back(topology: Topology) -> None:
    assert topologies.choose(str(topology)) == topology
    assert topologies.choose(topology.canonical()) == topology
    assert pickle.loads(pickle.dumps(topology)) == topology
    assert hash(topologies.choose(str(topology))) == hash(topology)


def test_network_is_simple_symmetric_and_sorted(topology: Topology) -> None:
    built = topology.build(np.random.default_rng(1))
    matrix = built.adjacency
    assert (built.indptr.dtype, built.indices.dtype) == (np.int32, np.int32)
    assert matrix.has_canonical_format
    assert (matrix != matrix.T).nnz == 0
    assert not matrix.diagonal().any()
    assert built.edge_weights is None or (built.edge_weights > 0).all()
    assert built.is_connected or getattr(topology, "connected", None) == "any"
    assert built.name == str(topology)
    assert len(built.node_labels) == built.n
    assert built.positions is None or built.positions.shape == (built.n, 2)


def test_size_is_known_before(topology: Topology) -> None:
    assert topology.size is not None
    built = topology.build(np.random.default_rng(1))
    nodes, edges = topology.size
    if getattr(topology, "connected", None) != "giant":
        assert built.n == nodes
    assert built.m == (pytest.approx(edges, rel=0.5) if isinstance(topology, RandomTopology) else edges)


def test_same_seed_same_network(topology: Topology) -> None:
    one, two, other = (topology.build(np.random.default_rng(seed)) for seed in (7, 7, 8))
    assert one == two
    assert (one != other) == topology.is_random


@pytest.mark.parametrize("name", [name for name in NAMES if issubclass(topologies[name], RandomTopology)])
@pytest.mark.parametrize("seed", [0, 5])
def test_a_fixed_draw_ignores_the_generator(name: str, seed: int) -> None:
    fixed = topologies.choose({"name": name, "seed": seed})
    assert isinstance(fixed, RandomTopology)
    rng = np.random.default_rng(1)
    assert fixed.build(rng) == fixed.build(rng) == fixed.draw(np.random.default_rng(seed))
    assert rng.random() == np.random.default_rng(1).random()


def test_deterministic_ones_leave_the_generator_alone(topology: Topology) -> None:
    rng = np.random.default_rng(1)
    topology.build(rng)
    assert (rng.random() == np.random.default_rng(1).random()) == (not topology.is_random)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(NAMES), st.data())
def test_text_form_of_any_size(name: str, data: st.DataObject) -> None:
    kind: Any = topologies[name]
    numbers = {
        field: data.draw(st.integers(0, 40) if info.annotation is int else st.floats(0, 1))
        for field, info in kind.model_fields.items()
        if info.annotation in (int, float)
    }
    try:
        topology = kind(**numbers)
    except InputError as error:
        told = str(error)
    else:
        told = f"{name}: "
        assert topologies.choose(str(topology)) == topology
    assert "\n" not in told
    assert told.startswith(f"{name}: ")


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph, nx.MultiGraph])
def test_what_is_made_in_python_is_known_by_what_it_is(kind: Any) -> None:
    graph = kind([("a", "b"), ("b", "c")])
    for choice in (graph, nx.to_scipy_sparse_array(graph.to_undirected()), [("a", "b"), ("b", "c")]):
        assert topologies.choose(choice).build().degrees.tolist() == [1, 2, 1]


@pytest.mark.parametrize("choice", ["my.graphml", "data/x", "MY FRIENDS.CSV", "a(1).npz", "nets\\x.gml"])
def test_paths_are_told_from_names(choice: str) -> None:
    with pytest.raises(InputError, match=r"^file: "):
        topologies.choose(choice)


@pytest.mark.parametrize("choice", [5, None, [], [1, 2], "abc", object(), [("a",)], np.zeros(3), {"n": 5}])
def test_what_is_no_network_is_refused_in_one_line(choice: Any) -> None:
    with pytest.raises(InputError) as told:
        topologies.choose(choice)
    assert "\n" not in str(told.value)
