"""Capture: how far the way was is arithmetic; that it is gone is what runs show."""

import numpy as np
import pytest
from accord import Result, sweep
from accord.analysis.measures.capture import capture


def test_one_stubborn_traitor_takes_everybody(result: Result) -> None:
    table = capture(result.runs)
    assert table[["network", "placement"]].to_numpy().tolist() == [
        [network, placement]
        for network in ("complete(n=6)", "petersen")
        for placement in ("random", "highest-degree")
    ]
    assert (table["captured"] == 1).all()
    assert (table["to_traitor"] < 1e-5).all()
    assert np.allclose(table["way"], 1, atol=1e-5)
    assert "in 12 of 12 runs" in capture.answer(table)
    # complete network of six with weights 1/6: the rate is 5/6
    assert table["longest"][0] == np.ceil(np.log(0.01) / np.log(5 / 6))


def test_ways_are_measured_from_the_honest_average(result: Result) -> None:
    runs = result.runs.copy()
    runs["final_mean"] = runs["initial_mean"] + 0.25 * (3 - runs["initial_mean"])
    table = capture(runs)
    assert np.allclose(table["way"], 0.25)
    assert np.allclose(table["from_average"] * 3, table["to_traitor"])
    assert (table["captured"] == 0).all()
    assert "25 % of the way" in capture.answer(table)
    assert "still on their way" in capture.answer(table)


def test_a_traitor_that_holds_on_to_its_own_opinion() -> None:
    runs = sweep("averaging", {"network": "complete(n=6)", "traitors": 1}, replicates=4, seed=0).runs
    assert capture(runs)["way"].item() == pytest.approx(1, abs=1e-3)
