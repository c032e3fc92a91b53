"""Contraction: known rates are met, and a run that is too fast or too slow is seen."""

import numpy as np
import pytest
from accord import Result, sweep
from accord.analysis.measures.contraction import contraction


def test_petersen_with_the_best_constant_step_shrinks_by_three_sevenths() -> None:
    # rho* = (l_n - l_2) / (l_n + l_2) = 3/7, and both ends of the spectrum shrink alike (Xiao and Boyd 2004)
    found = sweep(
        "averaging",
        {"network": "petersen", "weights": "best-constant", "tolerance": 1e-9},
        replicates=3,
        seed=1,
    )
    table = contraction(found.runs, found.steps).iloc[0]
    assert table["rate"] == pytest.approx(3 / 7, abs=1e-12)
    assert table["measured"] == pytest.approx(3 / 7, abs=1e-6)
    assert table["mismatch"] < 1e-5
    assert table["within_allowed"] == 1


def test_long_runs_meet_the_rate_of_karate_to_three_digits() -> None:
    # 0.968764: Metropolis weights 1/(1 + max), reference table of spectra
    found = sweep("averaging", {"network": "karate", "tolerance": 1e-9}, replicates=3, seed=1)
    table = contraction(found.runs, found.steps).iloc[0]
    assert table["rate"] == pytest.approx(0.968764, abs=1e-6)
    assert abs(table["measured"] - table["rate"]) < 1e-3
    assert table["steps"] <= table["allowed"]


def test_a_run_that_lags_behind_is_seen(result: Result) -> None:
    steps = result.steps.copy()
    steps["disagreement"] = steps["disagreement"] ** 0.5
    table = contraction(result.runs, steps)
    assert (table["within_allowed"] == 0).all()
    assert (table["measured"] > table["rate"] + 0.01).all()
    assert (table["mismatch"] > 1).all()


def test_rounding_at_the_end_is_left_out(result: Result) -> None:
    runs = result.runs[result.runs["network"] == "petersen"]
    steps = result.steps.copy()
    last = steps.groupby("run")["step"].transform("max") == steps["step"]
    steps.loc[last, "disagreement"] = 1e-16
    table, whole = contraction(runs, steps), contraction(runs, result.steps)
    assert (table["steps"] == whole["steps"] - 1).all()
    assert np.allclose(table["measured"], whole["measured"], atol=0.02)
