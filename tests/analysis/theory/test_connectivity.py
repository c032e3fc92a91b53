"""Bounds on connectivity, and the scenario held to them."""

import pytest
from accord.analysis.theory.connectivity import least_connectivity
from accord.models import Generals
from accord.models.guarantees import routes_needed


@pytest.mark.parametrize("f", range(4))
@pytest.mark.parametrize(("protocol", "liars"), [("bracha", True), ("ben-or", False)])
def test_scenarios_ask_for_as_many_routes(protocol: str, liars: bool, f: int) -> None:
    scenario = Generals.Scenario(network="complete(n=16)", protocol=protocol, f=f)
    assert routes_needed(scenario) == least_connectivity(f, liars=liars)


def test_one_traitor_needs_more_than_a_ring() -> None:
    # Dolev 1982: fewer traitors than half of the connectivity
    assert [f < 3 / 2 for f in range(4)] == [least_connectivity(f) <= 3 for f in range(4)]
