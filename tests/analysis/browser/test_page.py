from collections.abc import Callable
from typing import Any

import ipyvuetify as vw
import pytest
import solara
from accord.analysis.browser.page import Home, Page
from accord.models.catalogue import models
from solara.routing import Router, router_context


@solara.component
def At(address: str) -> None:
    router_context.provide(Router(address, [solara.Route("/")]))
    Page()


def test_all_models_are_at_hand(rendered: Callable[..., Any]) -> None:
    every = rendered(Home())()
    told = [each.unsafe_innerHTML for each in every if hasattr(each, "unsafe_innerHTML")]
    assert told[::2] == list(models)
    assert "Parties on a network update their opinions step by step, traitors among them." in told


@pytest.mark.parametrize("name", ["averaging", "market"])
def test_an_address_opens_its_model(rendered: Callable[..., Any], name: str) -> None:
    every = rendered(At(f"/?model={name}&seed=2&step=3"))()
    (slider,) = (each for each in every if isinstance(each, vw.Slider))
    assert slider.v_model == 3


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("model=averagin", "did you mean 'averaging'"),
        ("model=averaging&seed=x", "seed='x' must be a whole number"),
        ("model=averaging&rule=nothing", "unknown rule 'nothing'"),
        ("model=averaging&rule=<script>", "&lt;script&gt;"),
        ("model=%00", "unknown model"),
    ],
)
def test_an_address_that_stands_for_nothing_is_told(
    rendered: Callable[..., Any], query: str, told: str
) -> None:
    every = rendered(At(f"/?{query}"))()
    (alert,) = (each for each in every if isinstance(each, vw.Alert))
    assert "This address cannot be opened: " in str(alert.children)
    assert told.replace("&lt;", "<").replace("&gt;", ">") in str(alert.children)
    assert "Traceback" not in str([getattr(each, "children", "") for each in every])
