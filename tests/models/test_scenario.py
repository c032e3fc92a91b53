"""Scenarios: dotted names and keys."""

import pytest
from accord.agents.errors import InputError
from accord.models import Averaging, Generals

Setting = Averaging.Scenario


@pytest.mark.parametrize(
    "parameters",
    [
        {"network": "ring", "network.n": 12},
        {"network": {"name": "ring"}, "network.n": 12},
        {"network": Setting(network="ring").network, "network.n": 12},
        {"network.n": 12, "network": "ring"},
    ],
)
def test_dotted_names_set_a_parameter_of_a_part(parameters: dict[str, object]) -> None:
    assert str(Setting(**parameters).network) == "ring(n=12)"


def test_dotted_names_set_a_parameter_of_the_default_part() -> None:
    assert str(Setting(**{"network.weighted": True}).network) == "karate(weighted=True)"


def test_a_positional_part_can_not_be_amended_by_name() -> None:
    with pytest.raises(InputError, match="write network='name"):
        Setting(**{"network": "ring(12)", "network.n": 9})


def test_a_dotted_name_needs_a_part() -> None:
    with pytest.raises(InputError, match=r"tolerance\.x"):
        Setting(**{"tolerance.x": 1})


def test_what_the_default_sets_gives_way() -> None:
    assert str(Generals.Scenario(**{"network.n": 7}).network) == "complete(n=7)"


@pytest.mark.parametrize("network", ["ring(n=9)", {"name": "ring", "n": 9}])
def test_a_parameter_is_given_once(network: object) -> None:
    with pytest.raises(InputError, match=r"network\.n is given twice"):
        Setting(**{"network": network, "network.n": 12})
