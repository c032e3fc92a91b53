"""Two halves, and one server that hears both."""

import pytest
from accord.agents.errors import InputError
from accord.models import Servers
from accord.models.channels.bridge import Bridge
from accord.models.channels.partition import Partition


@pytest.mark.parametrize(
    ("servers", "halves"),
    [
        (3, [{0}, {2}]),
        (4, [{0, 1}, {3}]),
        (5, [{0, 1}, {3, 4}]),
        (6, [{0, 1, 2}, {4, 5}]),
        (7, [{0, 1, 2}, {4, 5, 6}]),
    ],
)
def test_the_halves_do_not_hear_each_other(servers: int, halves: list[set[int]]) -> None:
    one, other = halves
    told = Bridge().among(servers, servers + 2)
    apart = {(a, b) for a in range(servers + 2) for b in range(servers + 2) if told.crosses(a, b)}
    assert apart == {(a, b) for a in one for b in other} | {(b, a) for a in one for b in other}


def test_it_lasts_as_long_as_it_says() -> None:
    bridge = Bridge(at=3, until=6, every=20, holds=True)
    assert bridge.among(3, 4) == Partition(groups=[[0, 1, 3], [1, 2, 3]], at=3, until=6, every=20, holds=True)
    assert bridge.worst(1) == bridge.among(3, 4).worst(1) == 3


def test_in_a_run_it_knows_the_servers() -> None:
    model = Servers(network="complete(n=5)", clients=1, commands=2, channel="bridge(until=400)", rng=1)
    assert model.simulation.channel.groups == ((0, 1, 2, 5), (2, 3, 4, 5))
    assert str(model.scenario.channel) == "bridge(until=400.0)"
    assert model.run().verdict.violated == ()


def test_bad_input() -> None:
    with pytest.raises(
        InputError, match=r"bridge: until=5 must be after at=5: a bridge heals after it began"
    ):
        Bridge(at=5, until=5)
    with pytest.raises(InputError, match=r"every=4 must be longer than the bridge, which takes 10"):
        Bridge(every=4)
    with pytest.raises(InputError, match=r"channel=bridge: .* and there are 2; use n >= 3") as told:
        Servers.Scenario(network="complete(n=2)", channel="loss + bridge")
    assert "\n" not in str(told.value)
