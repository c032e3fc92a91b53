from collections.abc import Callable
from typing import Any

import ipyvuetify as vw
import pytest
from accord.analysis.browser.address import Address
from accord.analysis.browser.playback import Playback
from accord.analysis.browser.transport import Transport
from accord.models.catalogue import models


@pytest.fixture
def buttons(rendered: Callable[..., Any]) -> Callable[..., tuple[dict[str, Any], list[Any], Playback]]:
    def made(step: int, playing: bool = False) -> tuple[dict[str, Any], list[Any], Playback]:
        playback = Playback(models["averaging"], Address("averaging", {"max_steps": "9"}, step=step))
        asked: list[Any] = []
        every = rendered(
            Transport(playback, 0, playing, lambda: asked.append("play"), 5, asked.append, asked.append)
        )()
        named = {each.attributes["aria-label"]: each for each in every if isinstance(each, vw.Btn)}
        return named, asked, playback

    return made


@pytest.mark.parametrize(
    ("name", "asked"), [("Reset", 0), ("Back", 3), ("Step", 5), ("To the end", 9), ("Play", "play")]
)
def test_each_button_leads_where_it_says(buttons: Any, name: str, asked: object) -> None:
    named, told, playback = buttons(step=4)
    named[name].click()
    assert told == [asked]
    assert named["Address"].href == str(playback.here) == "/?model=averaging&max_steps=9&step=4"


def test_at_the_ends_there_is_no_further_way(buttons: Any) -> None:
    first, _, _ = buttons(step=0)
    last, _, _ = buttons(step=9)
    assert {name for name, each in first.items() if each.disabled} == {"Reset", "Back"}
    assert {name for name, each in last.items() if each.disabled} == {"Play", "Step", "To the end"}


def test_what_plays_can_be_paused(buttons: Any) -> None:
    named, told, _ = buttons(step=2, playing=True)
    assert "Play" not in named
    named["Pause"].click()
    assert told == [2]  # stay where we are
