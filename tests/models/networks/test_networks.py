"""The public face: `from accord.models.networks import network, spectrum, weights`."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.models.networks import Network, network, spectrum, topologies, weights
from accord.models.networks.topologies.ring import Ring


def test_the_names_mean_the_objects() -> None:
    # and not the modules of the same names, whatever has been imported
    from accord.models.networks import network as again

    assert all(callable(each) for each in (network, spectrum, weights))
    assert network is again
    assert "karate" in topologies


@pytest.mark.parametrize("choice", ["ring", "ring(n=10)", "ring(10)", Ring(10), {"name": "ring", "n": 10}])
def test_every_way_to_say_it(choice: Any) -> None:
    built = network(choice, n=10)
    assert isinstance(built, Network)
    assert (built.n, built.name) == (10, "ring(n=10)")


def test_graphs_networks_matrices_and_files(tmp_path: Path) -> None:
    graph = nx.path_graph(4)
    nx.write_graphml(graph, tmp_path / "my.graphml")
    for choice in (
        graph,
        Network.from_networkx(graph),
        nx.to_numpy_array(graph),
        list(graph.edges),
        tmp_path / "my.graphml",
    ):
        assert network(choice) == Network.from_networkx(graph)
    assert network(nx.Graph([(0, 1), (2, 3)]), connected="any").m == 2


def test_the_seed_decides() -> None:
    def drawn(rng: Any) -> Network:
        return network("watts-strogatz", n=100, k=4, p=0.1, rng=rng)

    assert drawn(1) == drawn(1) == drawn(np.random.default_rng(1)) == drawn(np.int64(1))
    assert drawn(0) == drawn(0) != drawn(1)  # zero is a seed
    assert drawn(None) != drawn(None)
    generator = np.random.default_rng(1)
    assert drawn(generator) != drawn(generator)


@pytest.mark.parametrize(
    ("choice", "parameters", "told"),
    [
        ("karat", {}, "unknown network 'karat': did you mean 'karate'"),
        ("ring", {"k": 4}, "unknown ring parameter 'k': known: n"),
        ("ring(n=5)", {"k": 4}, "unknown ring parameter 'k'"),
        ("ring", {"n": 2}, "n=2 must be at least 3"),
        ("ring", {"rng": -1}, "rng=-1: give an integer from 0 up"),
        ("ring", {"rng": "seed"}, "rng='seed': give an integer"),
        ("nowhere.csv", {}, "nowhere.csv: there is no such file"),
        (nx.Graph([(0, 1), (2, 3)]), {}, "falls into 2 components, the largest of 2 of 4 nodes"),
    ],
)
def test_what_cannot_be(choice: Any, parameters: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told) as error:
        network(choice, **parameters)
    assert "\n" not in str(error.value)


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import sys, accord.models.networks; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"networkx", "pandas", "mesa", "matplotlib", "scipy.spatial"} & set(loaded)
