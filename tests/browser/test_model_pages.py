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
    visitor.wait_for(lambda: "max_steps=0" in visitor.message("max_steps"))
    assert visitor.step == reached  # the last run that was in order is still there
    assert "max_steps" not in visitor.page.url
    visitor.type("max_steps", "77")
    visitor.wait_for_step(0)
    assert "max_steps=77" in visitor.page.url
    assert "max_steps=" not in visitor.message("max_steps")

    visitor.press("Step")
    visitor.press("Reset")
    assert visitor.step == 0

    visitor.press("Step")
    visitor.type("seed", "123")
    visitor.wait_for_step(0)
    assert "seed=123" in visitor.page.url
    visitor.press("Step")
    visitor.button("New").click()
    visitor.wait_for_step(0)
    seed = visitor.control("seed").input_value()
    assert seed != "123"
    assert visitor.page.url.endswith(f"&seed={seed}")
    visitor.wait_until_drawn()
    assert set(visitor.charts) == set(first)
