from collections.abc import Callable
from typing import Any

from accord.analysis.browser.address import Address
from accord.analysis.browser.playback import Playback
from accord.analysis.browser.verdict_panel import VerdictPanel
from accord.models.catalogue import models


def test_each_property_tells_how_it_stands_and_a_click_brings_its_step_back(
    rendered: Callable[..., Any],
) -> None:
    playback = Playback(models["averaging"], Address("averaging", {"traitors": "3"}, step=4))
    asked: list[int] = []
    every = rendered(VerdictPanel(playback, 0, asked.append))()
    told = {
        each.attributes["data-property"]: each
        for each in every
        if "data-property" in (getattr(each, "attributes", None) or {})
    }
    assert list(told) == ["agreement", "validity", "average", "termination"]
    assert {name: each.attributes["data-status"] for name, each in told.items()} == {
        name: judgement.status for name, judgement in playback.model.verdict.items()
    }
    assert told["average"].tag == "button"
    told["average"].click()
    assert asked == [playback.model.verdict["average"].step]
    assert told["agreement"].tag == "div"  # nothing to go to


def test_who_is_to_be_blamed_is_named(rendered: Callable[..., Any]) -> None:
    playback = Playback(
        models["averaging"], Address("averaging", {"traitors": "3", "network": "ring"}, step=1000)
    )
    every = rendered(VerdictPanel(playback, 0, lambda step: None))()
    judgement = playback.model.verdict["agreement"]
    named = ", ".join(playback.model.label(node) for node in judgement.witnesses[:5])
    assert any(
        f"violated at step {judgement.step} by {named}" in each.unsafe_innerHTML
        for each in every
        if hasattr(each, "unsafe_innerHTML")
    )
