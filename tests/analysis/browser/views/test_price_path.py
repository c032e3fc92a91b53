"""Price path: every deal once, kept or not, around the price that theory gives."""

from typing import Any

import pytest
from accord.analysis.browser.address import Address
from accord.analysis.browser.playback import Playback
from accord.analysis.browser.views.price_path import price_path
from accord.models.catalogue import models


def run(name: str, step: int = 0, **settings: str) -> Playback:
    return Playback(models[name], Address(name, settings, seed=1, step=step))


def series(playback: Playback) -> dict[str, Any]:
    return {each["name"]: each for each in price_path(playback)["series"]}


def test_every_deal_of_a_market_once() -> None:
    playback = run("market", 3, traitors="3", conduct="breach", valuation="smith")
    model: Any = playback.model
    shown = series(playback)
    points = sorted(point["value"] for kind in ("Kept", "Breached") for point in shown[kind]["data"])
    assert points == [[at + 1, pytest.approx(deal.outcome)] for at, deal in enumerate(model.deals)]
    assert 0 < len(shown["Breached"]["data"]) == model.breached
    steps = [
        point["step"]
        for _, point in sorted(
            (point["value"], point) for kind in ("Kept", "Breached") for point in shown[kind]["data"]
        )
    ]
    assert steps == [step for step in (1, 2, 3) for _ in model.period(step)]
    ends = shown["End of a step"]["data"]
    assert [ends[each][0] for each in range(0, len(ends), 3)] == [close + 0.5 for close in model.closes]


def test_the_equilibrium_of_truthful_traders_is_where_they_trade() -> None:
    shown = series(run("market", 1, institution="call-auction", trader="truthful", valuation="smith"))
    assert "Equilibrium price, 2" in shown
    assert {point["value"][1] for point in shown["Kept"]["data"]} == {2.0}


def test_barter_comes_to_one_price() -> None:
    playback = run("exchange", 40)
    assert price_path.fits(playback.model)
    prices = [point["value"][1] for point in series(playback)["Kept"]["data"]]
    assert len(prices) == 25  # of the latest step
    assert max(prices) - min(prices) < 0.01
    assert any(name.startswith("Walras price") for name in series(playback))


def test_money_has_no_price() -> None:
    assert not price_path.fits(run("exchange", exchange="coin", endowment="equal").model)
    assert not price_path.fits(run("negotiation").model)


def test_prices_per_step_come_to_the_optimum() -> None:
    playback = run("dispatch", 91)
    model: Any = playback.model
    shown = series(playback)
    assert list(shown) == ["Price", "Optimal price, 9.148"]
    assert shown["Price"]["data"][-1]["value"] == [model.clock, pytest.approx(model.best.price, rel=1e-5)]
    assert price_path(playback)["xAxis"][0]["name"] == "Step"


def test_the_axes_of_a_market_hold_still() -> None:
    first, last = (price_path(run("market", step)) for step in (0, 5))
    assert first["yAxis"][0]["min"] == last["yAxis"][0]["min"] == 0
    assert first["yAxis"][0]["max"] == last["yAxis"][0]["max"] == 5
    assert [each["name"] for each in last["series"]][:3] == [each["name"] for each in first["series"]]
