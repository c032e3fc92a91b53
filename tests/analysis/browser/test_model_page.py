from collections.abc import Callable
from typing import Any

import ipyvuetify as vw
import pytest
from accord.analysis.browser.address import Address
from accord.analysis.browser.model_page import ModelPage
from accord.analysis.browser.playback import Playback
from accord.analysis.browser.views import View, fitting
from accord.models.catalogue import models


@pytest.mark.parametrize("name", models)
def test_every_model_has_a_page_from_what_it_records(rendered: Callable[..., Any], name: str) -> None:
    every = rendered(ModelPage(models[name], Address(name, step=2)))()
    assert not [each for each in every if isinstance(each, vw.Alert)]
    drawn = [each.name for each in every if hasattr(each, "option")]
    assert drawn == [view.title for view in fitting(Playback(models[name], Address(name)).model)]


def test_a_step_is_drawn(rendered: Callable[..., Any]) -> None:
    every = rendered(ModelPage(models["averaging"], Address("averaging")))
    named = {(getattr(each, "attributes", None) or {}).get("aria-label"): each for each in every()}
    (network,) = (each for each in every() if getattr(each, "name", "") == "Network")
    before = network.option
    named["Step"].click()
    assert network.option != before
    named["Back"].click()
    assert network.option == before


def test_a_scenario_that_is_not_in_order_is_told_with_a_way_out(rendered: Callable[..., Any]) -> None:
    every = rendered(ModelPage(models["averaging"], Address("averaging", {"traitors": "99"})))()
    (alert,) = (each for each in every if isinstance(each, vw.Alert))
    assert "use traitors <= 32" in str(alert.children)
    assert not [each for each in every if hasattr(each, "option")]


def test_a_view_with_a_defect_leaves_the_others(
    rendered: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(view: View, playback: Any) -> Any:
        if view.title == "Network":
            raise RuntimeError("broken")
        return {}

    monkeypatch.setattr(View, "__call__", failing)
    every = rendered(ModelPage(models["averaging"], Address("averaging")))()
    assert "Network cannot be drawn: RuntimeError: broken" in str(
        [each.children for each in every if isinstance(each, vw.Alert)]
    )
    assert [each for each in every if isinstance(each, vw.Slider)]
