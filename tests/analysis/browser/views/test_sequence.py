"""The chart of the last messages: what it shows is what happened, as far as there is room."""

import json
from typing import Any

import pytest
from accord.analysis.browser.address import Address
from accord.analysis.browser.playback import Playback
from accord.analysis.browser.views.sequence import sequence
from accord.analysis.style import VERMILION
from accord.models import Averaging, Generals, Servers

BROADCAST: Any = {"network": "complete(n=4)", "traitors": "1", "conduct": "silent", "placement": "last"}


def at(step: int, kind: Any = Generals, **settings: str) -> Playback:
    return Playback(kind, Address("model", settings, seed=1, step=step))


def drawn(playback: Playback) -> tuple[list[Any], list[Any]]:
    option: Any = sequence(playback)
    assert json.loads(json.dumps(option, allow_nan=False)) == option
    _, arrows, marks = (each["data"] for each in option["series"])
    return arrows, marks


def test_it_shows_who_told_whom_what_and_what_came_of_it() -> None:
    arrows, marks = drawn(at(1, **BROADCAST))
    # four parties start, the sender tells three others its value, which all arrive in the first round
    assert [each["value"] for each in marks] == [[0, 0], [1, 0], [2, 0], [3, 0], [0, 1], [0, 2]]
    assert [each["coords"] for each in arrows[:3]] == [[[0, 1], [lane, 1]] for lane in (1, 2, 3)]
    assert arrows[0]["name"] == "time 1, step 1\nparty 0 → party 1, party 2, party 3: initial(0)"
    _, marks = drawn(at(9, **BROADCAST))
    decided = {each["value"][0]: each["name"] for each in marks if each.get("symbol") == "diamond"}
    assert set(decided) == {0, 1, 2}
    assert decided[1] == "time 3, step 3\nparty 1: decides 0"


def test_traitors_are_marked_and_times_stand_once() -> None:
    option: Any = sequence(at(9, **BROADCAST))
    assert [each["value"] for each in option["xAxis"]["data"]] == [
        "party\n0", "party\n1", "party\n2", "traitor\n3"
    ]  # fmt: skip
    assert option["xAxis"]["data"][3]["textStyle"]["color"] == VERMILION
    assert [each for each in option["yAxis"]["data"] if each] == ["0", "1", "2", "3"]
    lies = drawn(at(2, **{**BROADCAST, "conduct": "corrupting"}))[0]
    assert {each["lineStyle"]["color"] == VERMILION for each in lies if each["coords"][0][0] == 3} == {True}


@pytest.mark.parametrize("step", [0, 1, 5, 40])
def test_nothing_moves_while_a_run_goes_on(step: int) -> None:
    option: Any = sequence(at(step, Servers, network="complete(n=3)"))
    assert len(option["yAxis"]["data"]) == 32
    assert len(option["xAxis"]["data"]) == 5


def test_a_click_brings_back_the_step_in_which_it_happened() -> None:
    late = at(40, Servers, network="complete(n=3)", channel="uniform(low=0, high=2)")
    arrows, _ = drawn(late)
    for step in {each["step"] for each in arrows}:
        late.go(step)
        names = {each["name"] for each in drawn(late)[0] if each["step"] == step}
        assert late.step == step
        assert names
    assert not any(each["step"] > late.step for each in drawn(late)[0])


def test_of_many_parties_those_are_shown_that_took_part() -> None:
    option: Any = sequence(at(2, network="complete(n=30)"))
    assert len(option["xAxis"]["data"]) == 9
    assert option["xAxis"]["name"] == "and 21\nothers"
    assert "and 23 more: " in option["series"][1]["data"][0]["name"]
    lanes = {lane for each in option["series"][1]["data"] for lane, _ in each["coords"]}
    assert lanes == set(range(9))


def test_models_without_messages_have_none() -> None:
    assert sequence.fits(Generals(traced=True, rng=1))
    assert not sequence.fits(Generals(rng=1))
    assert not sequence.fits(Averaging(rng=1))
