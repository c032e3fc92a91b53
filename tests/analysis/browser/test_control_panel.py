from collections.abc import Callable
from typing import Any

import ipyvuetify as vw
import pytest
from accord.analysis.browser.address import Address
from accord.analysis.browser.control_panel import ControlPanel
from accord.analysis.browser.playback import Playback
from accord.models.catalogue import models


class Panel:
    """A panel, and what it asked for."""

    def __init__(self, rendered: Callable[..., Any], settings: dict[str, str]) -> None:
        self.asked: list[Address] = []
        playback = Playback(models["averaging"], Address("averaging", settings, seed=3, replicate=1))
        self.every = rendered(ControlPanel(playback, self.asked.append))

    def field(self, path: str) -> Any:
        told = [(getattr(each, "attributes", None) or {}, each) for each in self.every()]
        return next(each for attributes, each in told if attributes.get("data-control") == path)

    def type(self, path: str, text: Any) -> None:
        field = self.field(path)
        if isinstance(field, vw.TextField):
            field.fire_event("change", text)
        else:
            field.v_model = text

    def click(self, name: str) -> None:
        next(each for each in self.every() if isinstance(each, vw.Btn) and name in each.children).click()

    @property
    def warned(self) -> bool:
        return any(isinstance(each, vw.Alert) for each in self.every())


@pytest.fixture
def panel(rendered: Callable[..., Any], request: pytest.FixtureRequest) -> Panel:
    return Panel(rendered, getattr(request, "param", {}))


@pytest.mark.parametrize(
    ("path", "text", "query"),
    [
        ("traitors", "2", "traitors=2"),
        ("network", "ring", "network=ring"),
        ("network", "ring(n=30)", "network=ring(n=30)"),
        ("weights.plus_one", False, "weights=metropolis(plus_one=False)"),
    ],
)
def test_what_is_in_order_opens_another_run(panel: Panel, path: str, text: Any, query: str) -> None:
    panel.type(path, text)
    assert [str(each) for each in panel.asked] == [f"/?model=averaging&{query}&seed=3&replicate=1"]
    assert not panel.warned


def test_a_seed_is_a_number_though_boxes_yield_text(panel: Panel) -> None:
    panel.type("seed", "12")
    assert panel.asked[0].seed == 12
    panel.type("seed", "twelve")
    assert len(panel.asked) == 1
    assert "must be a whole number" in panel.field("seed").error_messages[0]


@pytest.mark.parametrize("panel", [{"network": "ring(n=9)"}], indirect=True)
def test_what_is_not_in_order_is_told_at_its_field_until_it_is(panel: Panel) -> None:
    panel.type("traitors", "8")
    assert panel.asked == []
    assert panel.warned
    assert "use traitors <= 7" in panel.field("traitors").error_messages[0]
    panel.type("network.n", "40")  # now it is
    assert str(panel.asked[0]).startswith("/?model=averaging&network=ring(n=40)&traitors=8&")


def test_what_was_typed_can_be_given_up(panel: Panel) -> None:
    panel.type("traitors", "99")
    panel.click("Discard changes")
    assert not panel.warned
    assert panel.field("traitors").v_model == "0"
    assert panel.asked == []


def test_a_new_seed_is_another_one(panel: Panel) -> None:
    panel.click("New")
    assert panel.asked[0].seed != 3
