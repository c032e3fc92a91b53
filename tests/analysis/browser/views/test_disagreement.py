"""Disagreement: what was measured lies below what theory says, on axes that hold still."""

from typing import Any

import numpy as np
import pytest
from accord.analysis.browser.address import Address
from accord.analysis.browser.playback import Playback
from accord.analysis.browser.views.disagreement import disagreement
from accord.models.catalogue import models


def drawn(name: str, step: int = 0, **settings: str) -> Any:
    return disagreement(Playback(models[name], Address(name, settings, seed=1, step=step)))


def lines(chart: Any) -> dict[str, list[list[float]]]:
    """Return the points of each series, by its name."""
    return {
        each["name"]: [point["value"] if isinstance(point, dict) else point for point in each["data"]]
        for each in chart["series"]
        if "name" in each  # not what only keeps the axis
    }


@pytest.mark.parametrize("settings", [{}, {"traitors": "1", "conduct": "stubborn(value=2)"}])
def test_averaging_stays_below_its_spectral_bound(settings: dict[str, str]) -> None:
    chart = drawn("averaging", 30, network="petersen", weights="best-constant", **settings)
    measured, bound = lines(chart).values()
    assert chart["yAxis"][0]["type"] == "log"
    assert all(apart <= limit[1] * (1 + 1e-6) for (_, apart), limit in zip(measured, bound, strict=False))
    assert bound[-1][0] == chart["xAxis"][0]["max"]  # theory knows what is to come


def test_the_bound_is_the_known_rate() -> None:
    (name,) = list(lines(drawn("averaging", network="petersen", weights="best-constant")))[1:]
    assert name.startswith("Bound ")
    assert name.endswith(" 0.4286^k")  # 3/7
    bound = lines(drawn("averaging", network="petersen", weights="best-constant"))[name]
    assert bound[3][1] / bound[2][1] == pytest.approx(3 / 7, rel=1e-4)


def test_where_weights_are_not_symmetric_it_is_a_rate_in_the_long_run() -> None:
    (name,) = list(lines(drawn("averaging", network="star(n=5)", weights="uniform")))[1:]
    assert name.startswith("Rate ")


def test_where_theory_is_silent_nothing_is_drawn() -> None:
    assert list(lines(drawn("averaging", rule="median"))) == ["Measured"]
    assert list(lines(drawn("market"))) == ["Measured"]
    assert list(lines(drawn("generals", channel="exponential"))) == ["Measured"]
    assert list(lines(drawn("generals", pace="2.0"))) == ["Measured"]
    assert list(lines(drawn("generals", f="2", allow_below_bound="true"))) == ["Measured"]
    assert list(lines(drawn("generals", network="ring(n=6)", relay="true"))) == ["Measured"]
    assert list(lines(drawn("legislature", demand="1.5"))) == ["Measured"]


@pytest.mark.parametrize(
    ("name", "settings", "mark", "step"),
    [
        (
            "generals",
            {"protocol": "bracha", "f": "1"},
            "Decided if none fails, inputs equal: step 3",
            3,
        ),
        (
            "generals",
            {"protocol": "dolev-strong", "f": "2"},
            "Decided if none fails, inputs equal",
            3,
        ),
        (
            "servers",
            {"channel": "exponential + stabilisation(at=30)"},
            "Network keeps its bound on delays",
            30,
        ),
        ("legislature", {}, "Equilibrium: the first proposal passes", 1),
        ("negotiation", {"deadline": "60"}, "Deadline", 60),
    ],
)
def test_steps_of_which_something_is_known(name: str, settings: dict[str, str], mark: str, step: int) -> None:
    marked = next(points for text, points in lines(drawn(name, **settings)).items() if text.startswith(mark))
    assert [at for at, _ in marked] == [step, step]


@pytest.mark.parametrize(
    "protocol", ["bracha", "dolev-strong", "oral-messages", "phase-king", "ben-or", "paxos"]
)
def test_all_have_decided_by_then(protocol: str) -> None:
    settings = {"protocol": protocol, "initial": "bits(p=1)", "network": "complete(n=5)"}
    run = Playback(models["generals"], Address("generals", settings, seed=1, step=50))
    decided = run.model.step_columns()["decided"]
    (mark,) = [points for text, points in lines(disagreement(run)).items() if text.startswith("Decided if")]
    assert int(np.argmax(decided == 5)) == mark[0][0]


def test_what_lies_far_ahead_does_not_press_the_curve_into_a_corner() -> None:
    assert drawn("negotiation", 5, deadline="900")["xAxis"][0]["max"] == 10
    assert drawn("negotiation", 5, deadline="150")["xAxis"][0]["max"] == 200


def test_a_logarithmic_axis_reaches_from_below_the_tolerance_and_holds_still() -> None:
    axes = [drawn("averaging", step, tolerance="1e-4")["yAxis"][0] for step in (0, 10, 100)]
    assert axes[0] == axes[1] == axes[2]
    assert (axes[0]["min"], axes[0]["max"]) == (1e-5, 10)
    assert drawn("exchange", 3)["yAxis"][0]["type"] == "log"
    assert drawn("market", 3)["yAxis"][0]["type"] == "value"


def test_full_agreement_lies_below_a_logarithmic_axis_and_not_nowhere() -> None:
    chart = drawn("averaging", 3, network="complete(n=4)", initial="given(values=[1, 1, 1, 1])")
    assert all(0 < apart < chart["yAxis"][0]["min"] for _, apart in lines(chart)["Measured"])


def test_an_axis_is_named_by_what_disagreement_means() -> None:
    assert drawn("legislature")["yAxis"][0]["name"] == "Votes that the latest proposal lacked (votes)"
