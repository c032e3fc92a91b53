"""Offer space: offers where their utilities are, and theory's points where they should be."""

from typing import Any

import numpy as np
import pytest
from accord.analysis.browser.address import Address
from accord.analysis.browser.playback import Playback
from accord.analysis.browser.views.offer_space import offer_space
from accord.models.catalogue import models

PIE = {"domain": "pie(steps=10)", "tactic": "time-dependent(beta=1)", "rivals": "time-dependent(beta=1)"}


def run(step: int = 0, **settings: str) -> Playback:
    return Playback(models["negotiation"], Address("negotiation", settings, seed=1, step=step))


def series(playback: Playback) -> dict[str, Any]:
    return {each["name"]: each for each in offer_space(playback)["series"]}


def values(line: Any) -> list[Any]:
    return [point["value"] if isinstance(point, dict) else point for point in line["data"]]


def test_a_pie_is_its_own_frontier_and_divided_in_halves() -> None:
    shown = series(run(60, **PIE))
    assert values(shown["Frontier"]) == [[each / 10, (10 - each) / 10] for each in range(11)]
    assert sorted(values(shown["All outcomes"])) == sorted(values(shown["Frontier"]))
    assert (
        values(shown["Nash"]) == values(shown["Kalai-Smorodinsky"]) == values(shown["Deal"]) == [[0.5, 0.5]]
    )
    assert shown["Deal"]["data"][0]["step"] == 51
    assert "Agreed in round 50" in shown["Deal"]["data"][0]["name"]


def test_offers_are_told_step_by_step() -> None:
    playback = run(20, **PIE)
    model: Any = playback.model
    shown = series(playback)
    offers = model.tables[0].offers
    for seat in (0, 1):
        mine = [offer for offer in offers if offer.party == seat]
        line = shown[f"Offers of {seat}"]["data"]
        assert [point["step"] for point in line] == [offer.round + 1 for offer in mine]
        expected = model.tables[0].bargain.utilities[[offer.outcome for offer in mine]]
        assert np.allclose([point["value"] for point in line], expected, atol=1e-4)
    assert "Deal" not in shown


def test_reservation_values_are_two_lines() -> None:
    shown = series(run(domain="random(reservation=0.25)"))
    (ends, again, gap, *_) = values(shown["No deal"])
    assert (ends[0], again[0], gap) == (0.25, 0.25, [None, None])


def test_of_more_than_two_the_frontier_is_no_line_and_all_offer() -> None:
    chart = offer_space(run(9, network="complete(n=3)", domain="random(parties=3)"))
    shown = {each["name"]: each for each in chart["series"]}
    assert shown["Frontier"]["type"] == "scatter"
    assert {f"Offers of {seat}" for seat in range(3)} <= set(shown)
    assert chart["yAxis"]["name"] == "Utility of 1 (table 1 of 1, two of 3 parties)"


def test_of_several_tables_the_first_is_shown() -> None:
    chart = offer_space(run(3, network="ring(n=5)"))
    assert chart["yAxis"]["name"] == "Utility of 1 (table 1 of 5, two of 2 parties)"


@pytest.mark.parametrize(("procedure", "mediated"), [("single-text", True), ("sealed-offers", False)])
def test_a_mediator_offers_where_there_is_one(procedure: str, mediated: bool) -> None:
    domain = {"sealed-offers": "trade"}.get(procedure, "random")
    shown = series(run(5, procedure=procedure, domain=domain))
    assert ("Offers of the mediator" in shown) == mediated


def test_a_breach_is_told() -> None:
    shown = series(run(100, **PIE, traitors="1", conduct="breach"))
    assert shown["Deal"]["data"][0]["name"].startswith("Breached")


def test_a_great_space_is_thinned_and_its_axes_hold_still() -> None:
    settings = {"domain": "random(issues=5, levels=7)"}
    charts = [offer_space(run(step, **settings)) for step in (0, 30)]
    assert len(charts[0]["series"][0]["data"]) <= 2001
    assert charts[0]["xAxis"] == charts[1]["xAxis"]
    assert charts[0]["yAxis"] == charts[1]["yAxis"]
    assert charts[0]["series"][0] == charts[1]["series"][0]


def test_only_tables_are_shown() -> None:
    assert [name for name, kind in models.items() if offer_space.fits(kind(rng=1))] == ["negotiation"]
