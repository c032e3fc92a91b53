from typing import Any

import pytest
from accord.agents.errors import InputError
from accord.agents.parameters import also_checked
from accord.analysis.browser.address import Address
from accord.analysis.browser.bounds import require_watchable
from accord.models.catalogue import models


@pytest.mark.parametrize(
    ("name", "settings", "told"),
    [
        ("averaging", {"network": "complete(n=20000)"}, "edges=199,990,000 are more than the 250,000"),
        (
            "averaging",
            {"network": "ring", "network.n": "2000001"},
            "nodes=2,000,001 are more than the 100,000",
        ),
        ("averaging", {"network": "erdos-renyi(n=90000, p=0.01)"}, "edges="),
        ("generals", {"network": "complete(n=10000)"}, "edges="),
        ("generals", {"max_events": "1000000000000"}, "max_events=1,000,000,000,000 are more than"),
        ("market", {"periods": "1000000000"}, "market-scenario: periods=1,000,000,000"),
        ("market", {"valuation": "uniform(buyers=2000000, sellers=1)"}, "uniform: buyers=2,000,000"),
        ("negotiation", {"domain": "pie(steps=40000000)"}, "steps=40,000,000 are more"),
        ("negotiation", {"domain": "random(parties=1000000000)"}, "utilities"),
        (
            "servers",
            {"channel": "constant + stabilisation(at=1)", "max_events": "2000000"},
            "max_events=2,000,000",
        ),
    ],
)
def test_what_is_too_large_is_told_with_the_way_out(name: str, settings: dict[str, str], told: str) -> None:
    with also_checked(require_watchable), pytest.raises(InputError) as error:
        Address(name, settings).scenario(models[name])
    assert told in str(error.value)
    assert "sweep" in str(error.value) or "fewer" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", models)
def test_what_models_are_by_default_can_be_watched(name: str) -> None:
    with also_checked(require_watchable):
        scenario: Any = models[name].Scenario()
        assert scenario.but(max_steps=10_000_000)


def test_long_runs_seeds_and_networks_of_some_size_can_be_watched() -> None:
    with also_checked(require_watchable):
        models["averaging"].Scenario(
            network="random-regular(n=20000, d=6, seed=99999999)", max_steps=10_000_000
        )
        models["servers"].Scenario(keys=1_000_000_000)
