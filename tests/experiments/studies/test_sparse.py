"""Sparse networks: the study is declared as it should be, and its small size finds the bound."""

from accord.agents.protocols import protocols
from accord.experiments.studies import studies
from accord.models.networks.routes import connectivity
from accord.models.networks.topologies import topologies


def test_its_networks_have_every_connectivity_around_the_bounds() -> None:
    built = [topologies.choose(text).build() for text in studies["sparse"].factors["network"]]
    assert {network.n for network in built} == {12}
    assert sorted(map(connectivity, built)) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]


def test_its_protocols_would_bear_the_traitors_if_all_were_linked() -> None:
    factors = studies["sparse"].factors
    assert all(protocols.choose(text).least(max(factors["traitors"])) <= 12 for text in factors["protocol"])


def test_its_small_size_finds_the_bound() -> None:
    runs = studies["sparse"].at_small_size().run().runs
    assert set(runs["status"]) == {"ok"}
    judged = runs[["agreement", "validity", "termination"]]
    solved = (judged == "held").all(axis=1)
    assert solved[runs["connectivity"] == 3].all()
    assert runs["covered"].equals(runs["connectivity"] == 3)
    for protocol in ("bracha", "phase-king"):
        assert not solved[(runs["connectivity"] == 2) & (runs["protocol"] == protocol)].all()
