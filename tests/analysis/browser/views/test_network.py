"""The network view: who holds what, who lies, and what can be told of everybody, in every model."""

import json
from typing import Any

import numpy as np
import pytest
from accord.analysis.browser.address import Address
from accord.analysis.browser.diagram import SIDE
from accord.analysis.browser.playback import Playback
from accord.analysis.browser.views.network import network
from accord.analysis.style import BLUE, GREY, ORANGE, PURPLE, VERMILION
from accord.models.catalogue import models


def _chart(model: str, step: int = 0, **settings: str) -> Any:
    playback = Playback(models[model], Address(model, settings, seed=1, step=step))
    assert network.fits(playback.model)
    return network(playback)


def _marks(chart: Any) -> dict[str, Any]:
    return {each["name"]: each for each in chart["series"][1:]}


def _value(row: Any) -> Any:
    return row["value"] if isinstance(row, dict) else row


def _told(chart: Any, label: str) -> dict[str, Any]:
    """Return what hovering over a party tells."""
    for series in chart["series"][1:]:
        names = [each["name"] for each in series["dimensions"]]
        for row in map(_value, series["data"]):
            if row[2] == label:
                return dict(zip(names, row, strict=True))
    raise AssertionError(label)


@pytest.mark.parametrize("name", sorted(models))
def test_every_model_is_drawn_and_the_same_way_twice(name: str) -> None:
    for step in (0, 3):
        chart = _chart(name, step)
        assert chart == _chart(name, step)
        assert len(json.dumps(chart, allow_nan=False)) < 50_000
        drawn = sum(len(each["data"]) for each in chart["series"][1:])
        assert drawn == len(models[name](rng=1).agents)


def test_colours_span_the_honest_first_opinions_at_every_step() -> None:
    first = models["averaging"](rng=1, network="karate").opinions
    for step in (0, 5):
        scale = _chart("averaging", step)["visualMap"]
        assert scale["min"] == pytest.approx(first.min())
        assert scale["max"] == pytest.approx(first.max())
        assert scale["text"] == [f"{first.max():.4g}", f"{first.min():.4g}"]
    assert _told(_chart("averaging"), "3")["held"] == pytest.approx(first[3])


def test_decisions_have_a_colour_each_and_nobody_has_decided_at_first() -> None:
    settings = {"network": "complete(n=4)", "protocol": "bracha"}
    chart = _chart("generals", **settings)
    assert chart["visualMap"]["categories"] == ["0", "1", "undecided"]
    mixed = _chart("generals", 1, protocol="ben-or", network="complete(n=9)")
    assert mixed["visualMap"]["categories"] == ["0", "1", "undecided"]
    assert chart["visualMap"]["inRange"]["color"] == [BLUE, ORANGE, GREY]
    assert {_value(row)[3] for row in _marks(chart)["general"]["data"]} == {"undecided"}
    decided = {_value(row)[3] for row in _marks(_chart("generals", 9, **settings))["general"]["data"]}
    assert decided in ({"0"}, {"1"})
    assert _chart("treaty", 9)["visualMap"]["categories"][0].startswith("deal ")


def test_generals_that_put_in_many_values_are_coloured_by_what_they_decide_on_a_scale() -> None:
    settings = {"protocol": "approximate", "initial": "uniform", "network": "complete(n=10)"}
    first, last = _chart("generals", **settings), _chart("generals", 40, **settings)
    assert all(row["value"][3] is None for row in _marks(first)["general"]["data"])
    assert last["visualMap"]["type"] == "continuous"
    decided = [_value(row)[3] for row in _marks(last)["general"]["data"]]
    assert all(last["visualMap"]["min"] <= each <= last["visualMap"]["max"] for each in decided)


def test_traitors_are_ringed_and_nobody_else() -> None:
    for name, honest, traitor in (
        ("averaging", "negotiator", "traitor"),
        ("market", "seller", "seller, traitor"),
        ("servers", "server", "traitor"),
    ):
        marks = _marks(_chart(name, 1, traitors="1"))
        assert len(marks[traitor]["data"]) == 1
        assert marks[traitor]["itemStyle"]["borderColor"] == VERMILION
        assert all(
            each["itemStyle"]["borderColor"] != VERMILION for role, each in marks.items() if role != traitor
        )
        assert marks[honest]["symbol"] != "diamond"


def test_roles_have_shapes_of_their_own_and_clients_sit_around_the_servers() -> None:
    marks = _marks(_chart("servers", clients="3"))
    assert marks["server"]["symbol"] != marks["client"]["symbol"]
    assert len(marks["client"]["data"]) == 3
    assert max(abs(row[0] - SIDE / 2) for row in marks["server"]["data"]) <= 0.3 * SIDE
    distances = [np.hypot(row[0] - SIDE / 2, row[1] - SIDE / 2) for row in marks["client"]["data"]]
    assert np.allclose(distances, SIDE / 2, atol=1)


def test_who_holds_nothing_yet_has_no_place_on_the_scale() -> None:
    for row in _marks(_chart("market"))["buyer"]["data"]:
        assert row["visualMap"] is False
        assert row["value"][3] is None


def test_hovering_tells_the_whole_state_with_a_line_for_each_table() -> None:
    told = _told(_chart("exchange", 2), "0")
    assert {"traitor", "gain", "wealth", "rate"} <= set(told)
    assert told["traitor"] == "no"
    assert told["caught"] == "none"
    assert told["neighbours"] == "49"
    several = _told(_chart("negotiation", 2, network="path(n=3)"), "1")
    assert several["table"] == "0; 1"


def test_few_parties_are_named() -> None:
    assert all(each["label"]["show"] for each in _marks(_chart("averaging")).values())
    assert not any(
        each["label"]["show"] for each in _marks(_chart("averaging", network="ring(n=60)")).values()
    )


def test_networks_that_are_too_large_to_tell_parties_apart_are_not_drawn() -> None:
    assert network.fits(models["averaging"](rng=1, network="ring(n=2000)"))
    assert not network.fits(models["averaging"](rng=1, network="ring(n=2001)"))


def test_links_are_one_flat_list_of_whole_numbers() -> None:
    chart = _chart("averaging", network="path(n=3)")
    flat = chart["series"][0]["data"]
    assert len(flat) == 2 * 5
    assert flat[0] == flat[5] == 2
    at = {row[2]: row[:2] for row in chart["series"][1]["data"]}
    assert flat == [2, *at["0"], *at["1"], 2, *at["1"], *at["2"]]


def test_whoever_left_the_range_of_the_first_opinions_is_told_apart_and_the_legend_says_so() -> None:
    settings = {"traitors": "3", "conduct": "drift(rate=0.5)", "network": "karate"}
    assert "outside of the first range" not in _chart("averaging", **settings)["legend"]["data"]
    later = _chart("averaging", 40, **settings)
    assert later["legend"]["data"][-1] == "outside of the first range"
    for row in _marks(later)["negotiator"]["data"]:
        inside = later["visualMap"]["min"] <= _value(row)[3] <= later["visualMap"]["max"]
        assert (row == _value(row)) == inside
        assert inside or (row["visualMap"] is False and row["itemStyle"] == {"color": PURPLE})


def test_what_servers_keep_is_counted_on_a_scale_that_grows_in_jumps() -> None:
    chart = _chart("servers", 40)
    assert chart["visualMap"]["text"] == ["10", "0"]
    told = _told(chart, "0")
    assert told["held"] == float(told["entries"]) > 0


def test_very_many_links_are_told_as_a_number() -> None:
    chart = _chart("averaging", network="complete(n=250)")
    assert chart["series"][0]["data"] == []
    assert chart["title"]["text"] == "31125 links, too many to draw"
    assert _chart("averaging")["title"]["text"] == ""


@pytest.mark.parametrize(("name", "kind"), [("generals", "ordinal"), ("averaging", "number")])
def test_decisions_are_words_though_the_first_may_look_like_a_number(name: str, kind: str) -> None:
    option = network(Playback(models[name], Address(name, seed=1, step=2)))
    for series in option["series"][1:]:
        assert {each["name"]: each.get("type") for each in series.get("dimensions", ())}["held"] == kind
