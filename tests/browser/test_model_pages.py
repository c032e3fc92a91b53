"""Each model's page in a real browser: what everybody does on it first."""

import pytest
from accord.models.catalogue import models

from .visitor import Visitor


@pytest.mark.parametrize("model", models)
def test_a_model_runs_resets_and_is_set(visitor: Visitor, model: str) -> None:
    visitor.open(f"/?model={model}&seed=1")
    assert visitor.step == 0
    assert visitor.verdicts
    first = visitor.charts
    assert first

    for step in range(1, 11):
        if visitor.running:
            visitor.press("Step")
            assert visitor.step == step
    reached = visitor.step
    assert reached

    visitor.type("max_steps", "0")
    visitor.page.wait_for_selector(".error--text")
    assert "max_steps=0" in visitor.message("max_steps")
    assert visitor.step == reached  # the last run that was in order is still there
    visitor.type("max_steps", "77")
    visitor.page.wait_for_url("**max_steps=77**")
    visitor.page.wait_for_selector(".error--text", state="detached")
    assert visitor.step == 0

    visitor.press("Step")
    visitor.press("Reset")
    assert visitor.step == 0
    visitor.wait_until_drawn()

    visitor.type("seed", "123")
    visitor.page.wait_for_url("**seed=123**")
    visitor.wait_until_drawn()
    visitor.button("New").click()
    visitor.page.wait_for_url(lambda url: "seed=123" not in url)
    visitor.wait_until_drawn()
    assert visitor.control("seed").input_value() in visitor.page.url
    visitor.press("Step")
    assert visitor.step == 1
    assert set(visitor.charts) == set(first)
