from typing import Any

import numpy as np
import pytest
from accord.agents.errors import InputError
from accord.analysis.browser.address import Address
from accord.analysis.browser.playback import Playback
from accord.models.catalogue import models


def opened(name: str, **settings: str) -> Playback:
    return Playback(models[name], Address(name, settings, seed=1))


@pytest.mark.parametrize("name", models)
def test_a_step_is_the_same_whichever_way_it_was_reached(name: str) -> None:
    there, back = opened(name), opened(name)
    there.go(3)
    back.go(6)
    back.go(3)
    assert there.step == back.step
    assert there.model.recorded() == back.model.recorded()


def test_play_goes_on_from_an_earlier_step() -> None:
    whole, again = opened("averaging"), opened("averaging")
    whole.go(1000)
    again.go(1000)
    assert not again.running
    again.go(4)
    assert again.running
    assert (again.step, again.seen) == (4, whole.step)
    again.go(7)
    assert again.step == 7
    again.go(1000)
    assert again.model.recorded() == whole.model.recorded()


def test_it_is_the_run_of_that_seed_and_replicate() -> None:
    kind = models["averaging"]
    scenario = kind.Scenario(network="ring(n=9)")
    shown = Playback(kind, Address.of("averaging", scenario, seed=5, replicate=2, step=10**6))
    other = kind(scenario, rng=5, replicate=2).run()
    assert np.array_equal(shown.model.opinions, other.opinions)
    assert shown.step == other.clock


def test_its_address_opens_the_same_step() -> None:
    playback = opened("market", traitors="2")
    playback.go(2)
    again = Playback(playback.kind, Address.read(str(playback.here)))
    assert again.model.recorded() == playback.model.recorded()


def test_back_beyond_the_beginning_is_the_beginning() -> None:
    playback = opened("averaging")
    playback.go(2)
    playback.go(-3)
    assert playback.step == 0


def test_a_wrong_scenario_is_told_before_anything_runs() -> None:
    with pytest.raises(InputError, match="traitors=99"):
        opened("averaging", traitors="99")


def test_messages_are_traced_for_the_chart() -> None:
    model: Any = opened("generals").model
    assert model.simulation.trace == []


def test_a_long_way_is_gone_in_parts() -> None:
    parts, whole = opened("averaging"), opened("averaging")
    assert whole.go(50)
    gone = [parts.go(50, within=0)]
    assert (gone, parts.step) == ([False], 1)
    while not gone[-1]:
        gone.append(parts.go(50, within=0))
    assert len(gone) == 50
    assert parts.model.recorded() == whole.model.recorded()
    assert parts.go(10**9)  # the run has no more steps


def test_an_address_does_not_hold_the_page_up_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.analysis.browser.playback._OPENING", 0.0)
    playback = Playback(models["averaging"], Address("averaging", {"max_steps": "10000000"}, step=10_000_000))
    assert playback.step == 1
