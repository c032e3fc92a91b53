"""What holds for every view of the catalogue on every model of the catalogue."""

import json
from typing import Any

import pytest
from accord.analysis.browser.address import Address
from accord.analysis.browser.playback import Playback
from accord.analysis.browser.views import View, fitting, views
from accord.models.catalogue import models

LAST = 40


def opened(name: str, step: int = 0, **settings: str) -> Playback:
    return Playback(models[name], Address(name, {"max_steps": str(LAST), **settings}, seed=1, step=step))


def plain(chart: Any) -> Any:
    """Return a chart as the browser gets it: of plain numbers, none of them NaN or infinite."""
    sent = json.loads(json.dumps(chart, allow_nan=False))
    assert sent == chart
    return sent


@pytest.fixture(params=list(views))
def view(request: pytest.FixtureRequest) -> View:
    return views[request.param]


@pytest.fixture(params=list(models))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_view_says_what_it_shows(view: View) -> None:
    assert view.title
    assert 20 < len(view.caption) < 200
    assert 200 <= view.height <= 800


def test_some_model_gets_every_view(view: View) -> None:
    assert any(view.fits(opened(name).model) for name in models)


def test_every_model_gets_a_picture_of_its_parties_and_its_disagreement(name: str) -> None:
    model = models[name](rng=1)
    seen = fitting(model)
    assert views["disagreement"] in seen
    assert views["network"] in seen or views["opinions"] in seen


def test_charts_are_the_same_whichever_way_their_step_was_reached(name: str) -> None:
    playback = opened(name)
    seen = fitting(playback.model)

    def charts(playback: Playback) -> list[Any]:
        assert fitting(playback.model) == seen  # at whatever step
        return [plain(view(playback)) for view in seen]

    steps, forward = (0, 3, LAST), []
    for step in steps:
        playback.go(step)
        forward.append(charts(playback))
        assert charts(playback) == forward[-1]  # drawing changes nothing
    for step, drawn in zip(steps[::-1], forward[::-1], strict=True):
        playback.go(step)  # back
        assert charts(playback) == drawn
        assert charts(opened(name, step)) == drawn  # at once
