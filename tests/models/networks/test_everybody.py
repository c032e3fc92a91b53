"""Everybody linked with everybody is a network like any other, and takes no room."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from accord.models.networks.everybody import Everybody
from accord.models.networks.network import Network
from accord.models.networks.routes import is_complete


@pytest.mark.parametrize("n", [2, 3, 8])
def test_is_the_network_of_all_pairs(n: int) -> None:
    low, high = np.triu_indices(n, 1)
    listed, everybody = Network.from_edges(n, low, high), Everybody(n, "all")
    assert everybody == listed
    assert everybody.digest == listed.digest
    assert everybody.indices.dtype == listed.indices.dtype
    assert everybody.indptr.dtype == listed.indptr.dtype
    assert [everybody.neighbours(node).tolist() for node in range(n)] == [
        listed.neighbours(node).tolist() for node in range(n)
    ]
    assert (everybody.adjacency != listed.adjacency).nnz == 0
    assert everybody.components.tolist() == listed.components.tolist()
    assert everybody.is_connected
    assert is_complete(everybody)


def test_it_can_be_sent() -> None:
    assert pickle.loads(pickle.dumps(Everybody(5, "all"))) == Everybody(5, "all")


def test_nobody_writes_down_the_links_of_many() -> None:
    network = Everybody(1_000_000, "all")
    assert network.degrees[0] == 999_999
    assert not network.components.any()
    assert network.is_connected
    assert network.neighbours(0)[0] == 1
    assert "indices" not in vars(network)


def test_changed_it_is_a_network_like_any_other() -> None:
    weighted = replace(Everybody(4, "all"), edge_weights=np.full(12, 2.0))
    assert type(weighted) is Network
    assert weighted.adjacency.sum() == 24
    assert pickle.loads(pickle.dumps(Everybody(4, "all", tuple("abcd")))).labels == ("a", "b", "c", "d")
