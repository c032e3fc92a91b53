import networkx as nx
import numpy as np
import pytest
from accord.models.networks.topologies.karate import Karate


def test_known_answers() -> None:
    # Zachary 1977: 34 members, 78 ties; the Laplacian's ends from an independent computation
    built = Karate().build()
    assert (built.n, built.m) == (34, 78)
    assert built.degrees[[0, 33]].tolist() == [16, 17]
    eigenvalues = np.linalg.eigvalsh(np.diag(built.degrees) - built.adjacency.toarray())
    assert eigenvalues[1] == pytest.approx(0.468525, abs=1e-6)
    assert eigenvalues[-1] == pytest.approx(18.136696, abs=1e-6)


def test_weights_only_when_asked_for() -> None:
    assert Karate().build().edge_weights is None
    weighted = Karate(weighted=True).build()
    oracle = nx.to_numpy_array(nx.karate_club_graph(), nodelist=range(34))
    assert np.array_equal(weighted.adjacency.toarray(), oracle)
    assert weighted.adjacency.sum() == 2 * 231
