"""Trails: what parties held, at as many steps as there is room for, the same whichever way a step was reached."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from accord.agents.machine import Message
from accord.analysis.browser.address import Address
from accord.analysis.browser.playback import Playback
from accord.analysis.browser.trail import Trail, held, kind_of
from accord.models import Averaging, Market, Servers
from numpy.typing import NDArray


class Told:
    """A model that holds what it is told."""

    traitors: tuple[int, ...] = ()

    def __init__(self, *opinions: float) -> None:
        self.clock, self.opinions = 0, np.array(opinions)

    def tell(self, trail: Trail, *opinions: float) -> None:
        self.clock, self.opinions = self.clock + 1, np.array(opinions)
        trail.note(self)  # type: ignore[arg-type]


def _noted(*opinions: float, traitors: tuple[int, ...] = ()) -> tuple[Any, Trail]:
    model, trail = Told(*opinions), Trail()
    model.traitors = traitors
    trail.note(model)  # type: ignore[arg-type]
    return model, trail


def _counts(trail: Trail) -> list[int]:
    return [int(each.sum()) for each in trail.counts]


def test_few_parties_leave_what_they_held_and_its_range() -> None:
    model, trail = _noted(0.0, 1.0, 0.5)
    model.tell(trail, 0.2, 2.0, np.nan)
    assert trail.steps == [0, 1]
    assert [each[:2].tolist() for each in trail.values] == [[0.0, 1.0], [0.2, 2.0]]
    assert trail.opening == (0.0, 1.0)
    assert trail.hull == (0.0, 2.0)
    assert trail.counts == []


def test_the_opening_is_that_of_honest_parties_and_none_where_all_hold_the_same() -> None:
    assert _noted(0.0, 9.0, 0.5, traitors=(1,))[1].opening == (0.0, 0.5)
    assert _noted(1.0, 1.0)[1].opening is None
    model, trail = _noted(np.nan, np.nan)
    assert trail.hull is None
    model.tell(trail, 3.0, 4.0)
    assert trail.opening is None
    assert trail.hull == (3.0, 4.0)


def test_many_parties_are_counted_and_bins_widen_until_nobody_is_missing() -> None:
    first = np.linspace(0, 1, 100)
    model, trail = _noted(*first)
    edges = trail.low + trail.width * np.arange(trail.BINS + 1)
    assert trail.counts[0].tolist() == np.histogram(first, edges)[0].tolist()
    model.tell(trail, *(first + 5))
    model.tell(trail, *(first - 40))
    assert _counts(trail) == [100, 100, 100]
    for values, counts in zip((first, first + 5, first - 40), trail.counts, strict=True):
        centres = trail.low + trail.width * (np.flatnonzero(counts) + 0.5)
        assert np.abs(centres[[0, -1]] - values[[0, -1]]).max() <= trail.width


def test_of_long_runs_every_second_step_is_kept_and_then_every_fourth_and_always_the_present_one() -> None:
    model, trail = _noted(*np.linspace(0, 1, 60))
    lengths = set()
    for _ in range(5 * trail.MOST + 1):
        model.tell(trail, *model.opinions)
        lengths.add(len(trail.steps))
    assert trail.every == 8
    assert max(lengths) == trail.MOST
    assert trail.steps == [*range(0, model.clock, 8), model.clock]
    assert len(trail.counts) == len(trail.steps)
    assert _counts(trail) == [60] * len(trail.steps)


def test_kinds_of_messages_stay_in_the_order_in_which_they_came_up() -> None:
    playback = Playback(Servers, Address("servers", {"protocol": "pbft"}))
    kinds = []
    for step in range(20):
        playback.go(step)
        kinds.append(list(playback.trail.kinds))
    assert kinds[-1][:4] == ["preprepare", "prepare", "commit", "reply"]
    assert all(later[: len(earlier)] == earlier for earlier, later in pairwise(kinds))


def test_of_what_is_passed_on_the_kind_is_that_of_what_is_inside() -> None:
    @dataclass(frozen=True, slots=True)
    class _Echo(Message):
        value: int

    @dataclass(frozen=True, slots=True)
    class _Packet(Message):
        message: Message

    assert kind_of(_Echo(1)) == "echo"
    assert kind_of(_Packet(_Packet(_Echo(1)))) == "echo"


@pytest.mark.parametrize("network", ["karate", "ring(n=80)"])
def test_it_does_not_matter_how_a_step_was_reached(network: str) -> None:
    address = Address("averaging", {"network": network}, seed=1)
    one, two = Playback(Averaging, address), Playback(Averaging, address.at(7))
    for step in (3, 20, 5, 7):
        one.go(step)

    def left(trail: Trail) -> list[Any]:
        rows: list[NDArray[Any]] = [*trail.values, *trail.counts]
        return [trail.steps, trail.low, trail.width, trail.hull, [each.tolist() for each in rows]]

    assert left(one.trail) == left(two.trail)
    assert one.trail.steps[-1] == 7


def test_models_without_numbers_leave_nothing() -> None:
    playback = Playback(Servers, Address("servers"))
    playback.go(3)
    assert playback.trail.steps == []
    assert held(playback.model) is None
    opening = held(Market(rng=1))
    assert opening is not None
    assert np.isnan(opening).all()
