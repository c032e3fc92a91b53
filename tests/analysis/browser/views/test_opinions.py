"""Opinions over time: lines of few parties, counts of many, on axes that seldom change."""

import json
from typing import Any

import numpy as np
import pytest
from accord.analysis.browser.address import Address
from accord.analysis.browser.playback import Playback
from accord.analysis.browser.views.opinions import opinions
from accord.analysis.style import VERMILION
from accord.models.catalogue import models


def _playback(model: str, step: int = 0, **settings: str) -> Playback:
    playback = Playback(models[model], Address(model, settings, seed=1, step=step))
    assert opinions.fits(playback.model)
    return playback


def test_models_whose_parties_hold_numbers_that_move_have_it() -> None:
    having = {name for name, kind in models.items() if opinions.fits(kind(rng=1))}
    assert not having & {"servers", "registers", "disks", "generals", "treaty"}
    assert {"averaging", "exchange", "negotiation", "market"} <= having


def test_few_parties_have_a_line_each_and_traitors_stand_out() -> None:
    playback = _playback("averaging", 3, network="karate", traitors="1")
    chart: Any = opinions(playback)
    assert json.loads(json.dumps(chart, allow_nan=False)) == chart
    steps, *rows = chart["dataset"]["source"]
    assert steps == [0, 1, 2, 3]
    assert [row[-1] for row in rows] == pytest.approx(playback.model.opinions, rel=1e-4)  # type: ignore[attr-defined]
    red = [each["name"] for each in chart["series"] if each["color"] == VERMILION]
    assert red == [str(node) for node in playback.model.traitors]  # type: ignore[attr-defined]
    assert chart["xAxis"]["max"] == 10


def test_who_holds_nothing_has_a_gap() -> None:
    _, *rows = opinions(_playback("market", 1))["dataset"]["source"]
    assert all(row[0] is None for row in rows)
    assert any(row[1] is not None for row in rows)


def test_of_many_parties_it_is_counted_how_many_hold_what() -> None:
    playback = _playback("averaging", 4, network="ring(n=300)")
    chart: Any = opinions(playback)
    assert json.loads(json.dumps(chart, allow_nan=False)) == chart
    (series,) = chart["series"]
    for step in range(5):
        assert sum(count for time, _, count, _ in series["data"] if time == str(step)) == 300
    levels = chart["yAxis"]["data"]
    assert len(set(levels)) == len(levels)
    now = playback.model.opinions  # type: ignore[attr-defined]
    held = [float(level) for time, level, *_ in series["data"] if time == "4"]
    assert min(held) == pytest.approx(now.min(), abs=0.02)
    assert max(held) == pytest.approx(now.max(), abs=0.02)
    assert chart["visualMap"]["max"] == round(np.log10(300), 2)


def test_long_runs_have_no_more_columns_than_there_is_room_for() -> None:
    playback = _playback("averaging", 700, network="ring(n=200)")
    chart: Any = opinions(playback)
    columns = chart["xAxis"]["data"]
    assert len(columns) <= playback.trail.MOST
    assert str(playback.step) in columns
    assert len(set(columns)) == len(columns)
    assert len(json.dumps(chart)) < 250_000
