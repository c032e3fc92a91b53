"""Messages in flight: an arrow each, from the sender as far as it has come, with its round."""

import json
from typing import Any

import pytest
from accord.analysis.browser.address import Address
from accord.analysis.browser.playback import Playback
from accord.analysis.browser.views.messages import messages
from accord.models.catalogue import models


def _playback(model: str, step: int = 0, **settings: str) -> Playback:
    playback = Playback(models[model], Address(model, settings, seed=1, step=step))
    assert messages.fits(playback.model)
    return playback


def _arrows(chart: Any) -> dict[str, Any]:
    return {each["name"]: each["data"] for each in chart["series"][1:] if each["type"] == "lines"}


def _places(chart: Any) -> dict[str, Any]:
    return {
        row["name"]: row["value"]
        for each in chart["series"]
        if each["type"] == "scatter"
        for row in each["data"]
    }


def test_models_whose_parties_send_messages_have_it_and_others_have_not() -> None:
    having = {name for name, kind in models.items() if messages.fits(kind(rng=1))}
    assert having == {"disks", "generals", "registers", "servers", "treaty"}


def test_each_message_under_way_has_an_arrow_that_is_half_way_a_round_before_it_arrives() -> None:
    playback = _playback("generals", 1, protocol="ben-or", network="complete(n=5)")
    chart = messages(playback)
    assert json.loads(json.dumps(chart, allow_nan=False)) == chart == messages(playback)
    arrows, places = _arrows(chart), _places(chart)
    sent = [each for each in playback.model.simulation.pending() if each[3] >= 0 and each[2] != each[3]]  # type: ignore[attr-defined]
    assert sum(map(len, arrows.values())) == len(sent) == 20
    assert chart["title"]["text"] == "20 under way, round 1"
    assert set(chart["legend"]["data"]) == {"proposal"}
    for arrow in arrows["proposal"]:
        sender, to = arrow["name"].partition(":")[0].split(" to ")
        (x, y), (far_x, far_y) = arrow["coords"]
        assert [x, y] == places[sender]
        assert far_x - x == pytest.approx(0.46 * (places[to][0] - x), abs=1)
        assert far_y - y == pytest.approx(0.46 * (places[to][1] - y), abs=1)
        assert arrow["label"]["formatter"] == "round 1"
        assert arrow["name"].endswith(", round 1, due at 2")


def test_arrows_come_nearer_as_time_passes() -> None:
    settings = {"network": "complete(n=4)", "channel": "constant(delay=4)"}
    lengths = []
    for step in (0, 1, 2, 3):
        chart = messages(_playback("generals", step, **settings))
        places = _places(chart)
        for arrow in [each for data in _arrows(chart).values() for each in data]:
            sender, to = arrow["name"].partition(":")[0].split(" to ")
            if (sender, to) == ("0", "1"):
                whole = places[to][0] - places[sender][0]
                lengths.append((arrow["coords"][1][0] - arrow["coords"][0][0]) / whole)
    assert lengths == sorted(lengths)
    assert len(set(lengths)) > 2


def test_clients_send_too_and_views_and_terms_are_told() -> None:
    told = set()
    for step in range(12):
        for data in _arrows(messages(_playback("servers", step, protocol="pbft"))).values():
            told |= {row["label"]["formatter"] for row in data} | {row["name"].split(":")[0] for row in data}
    assert "view 0" in told
    assert any(each.startswith("client 0 to ") for each in told)


def test_of_very_many_some_are_drawn_and_the_others_told_as_a_number() -> None:
    chart = messages(_playback("generals", 1, protocol="ben-or", network="complete(n=30)"))
    assert sum(map(len, _arrows(chart).values())) == 300
    assert chart["title"]["text"] == f"{30 * 29} under way, 300 drawn, round 1"
    assert len(json.dumps(chart)) < 100_000
