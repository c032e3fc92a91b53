from typing import Annotated, Literal

import pytest
from accord.agents.errors import InputError
from accord.analysis.browser.address import Address
from accord.analysis.browser.controls import changed, controls
from accord.models.catalogue import models
from accord.models.networks.topologies import Topology, topologies
from accord.models.scenario import Scenario
from pydantic import Field


class Mine(Scenario):
    """A scenario that somebody writes tomorrow."""

    network: Annotated[Topology, *topologies.choice] = topologies.option("ring(n=6)", "who hears whom")
    backup: Annotated[Topology | None, *topologies.choice_or_none] = topologies.option("none", "or whom")
    share: float = Field(0.5, gt=0, le=1, description="how much, in parts of one")
    order: Literal["first", "last"] = Field("first", description="who begins")
    many: int | None = Field(None, ge=2, description="how many")
    bold: bool = Field(False, description="whether")
    who: tuple[int, ...] = Field((0,), description="which nodes")


def test_a_scenario_alone_makes_the_controls() -> None:
    told = {each.path: each for each in controls(Mine())}
    assert list(told) == [
        *("network", "network.n", "backup", "share", "order", "many", "bold", "who", "max_steps")
    ]
    assert told["network"].kind == "part"
    assert told["network"].value == "ring"
    assert "karate" in told["network"].choices
    assert told["network.n"].kind == "whole"
    assert told["network.n"].help == "nodes (at least 3)"
    assert (told["network.n"].owner, told["network.n"].label) == ("network", "n")
    assert (told["backup"].value, told["backup"].choices[0]) == ("None", "none")
    assert told["share"].help == "how much, in parts of one (greater than 0, at most 1)"
    assert told["order"].choices == ("first", "last")
    assert told["many"].help == "how many (at least 2, or none)"
    assert told["bold"].kind == "switch"
    assert (told["who"].kind, told["who"].value) == ("text", "[0]")
    assert told["max_steps"].label == "max steps"


@pytest.mark.parametrize("name", models)
def test_setting_every_control_to_what_it_is_changes_nothing(name: str) -> None:
    scenario = models[name].Scenario()
    every = controls(scenario)
    assert all(each.help for each in every)
    for each in every:
        if each.kind != "part":  # naming a part anew gives it its own defaults
            assert changed(scenario, {each.path: each.value}) == scenario, each.path


def test_what_is_typed_is_set() -> None:
    now = changed(
        Mine(), {"network.n": "9", "share": "0.25", "order": "last", "many": "none", "bold": "True"}
    )
    assert str(now.network) == "ring(n=9)"
    assert (now.share, now.order, now.many, now.bold) == (0.25, "last", None, True)
    assert [each.path for each in controls(changed(now, {"network": "karate"}))][1] == "network.weighted"
    assert str(changed(now, {"network": "watts-strogatz(n=20, k=4, p=0.5)"}).network).startswith("watts")
    assert changed(now, {"who": "[0, 3]"}).who == (0, 3)


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("network.n", "2", "n=2 must be at least 3"),
        ("network.n", "many", "n='many'"),
        ("network", "rnig", "did you mean 'ring'"),
        ("network", "ring(n=", "left open"),
        ("network.m", "2", "'m'"),
        ("share", "nan", "share"),
        ("share", "", "share"),
        ("order", "middle", "order"),
        ("who", "[0, x]", "who"),
        ("what", "1", "unknown mine parameter 'what'"),
        ("__class__", "1", "unknown mine parameter"),
    ],
)
def test_what_is_not_in_order_is_told(path: str, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        changed(Mine(), {path: text})


def test_what_was_changed_has_an_address() -> None:
    kind = models["averaging"]
    now = changed(kind.Scenario(), {"network": "ring", "traitors": "2"})
    now = changed(now, {"network.n": "30"})
    assert str(Address.of("averaging", now)) == "/?model=averaging&network=ring(n=30)&traitors=2"
