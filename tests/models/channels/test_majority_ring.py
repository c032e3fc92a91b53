"""A majority for each, and never the same."""

import pytest
from accord.agents.errors import InputError
from accord.models import Servers
from accord.models.channels.majority_ring import MajorityRing


@pytest.mark.parametrize("servers", range(4, 14))
def test_each_server_hears_a_majority_of_its_own_and_all_clients(servers: int) -> None:
    told = MajorityRing().among(servers, servers + 2)
    everybody = range(servers + 2)
    heard = [frozenset(b for b in everybody if not told.crosses(b, a)) for a in range(servers)]
    assert heard == [frozenset(b for b in everybody if not told.crosses(a, b)) for a in range(servers)]
    assert len(set(heard)) == servers
    for node, group in enumerate(heard):
        among = {each for each in group if each < servers}
        assert {node, servers, servers + 1} <= group
        assert servers / 2 < len(among) < servers
        # none could be left out on both sides
        assert len(among) - 2 <= servers / 2
    assert not any(told.crosses(client, each) for client in everybody[servers:] for each in everybody)


def test_of_five_each_hears_two_others() -> None:
    told = MajorityRing().among(5, 5)
    assert [b for b in range(5) if not told.crosses(b, 0)] == [0, 1, 4]


def test_a_run_goes_on_in_it() -> None:
    model = Servers(network="complete(n=5)", channel="majority-ring(at=5, until=200)", rng=1, max_steps=3000)
    assert model.run().verdict.violated == ()
    assert model.outcome()["answered"] == 20


def test_bad_input() -> None:
    with pytest.raises(InputError, match=r"channel=majority-ring: of 3 servers .*; use n >= 4"):
        Servers.Scenario(network="complete(n=3)", channel="majority-ring")
