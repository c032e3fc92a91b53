"""Robustness: known values of small networks, beside what happened on them."""

import numpy as np
import pandas as pd
import pytest
from accord import Result, sweep
from accord.analysis.measures.robustness import robustness


def test_complete_and_petersen(result: Result) -> None:
    # K6 is 3-robust and (3, s)-robust for all s, so W-MSR bears two; Petersen is 1-robust (LeBlanc 2013)
    table = robustness(result.runs).set_index("network")
    assert table["runs"].tolist() == [3, 3, 3, 3]
    assert table.loc["complete(n=6)", "r_robustness"].tolist() == [3, 3]
    assert table.loc["complete(n=6)", "guaranteed"].tolist() == [2, 2]
    assert table.loc["complete(n=6)", "bore"].tolist() == [1, 1]
    assert table.loc["complete(n=6)", "beyond"].tolist() == [0, 0]
    assert table.loc["petersen", "r_robustness"].tolist() == [1, 1]
    assert table.loc["petersen", "guaranteed"].tolist() == [0, 0]
    assert table.loc["petersen", "beyond"].tolist() == [3, 3]


@pytest.mark.parametrize(("conduct", "guaranteed"), [("extreme", 2), ("equivocating", 1), ("colluding", 1)])
def test_traitors_that_tell_everybody_something_else_are_worse(conduct: str, guaranteed: int) -> None:
    runs = pd.DataFrame({"network": ["complete(n=6)"], "rule": "w-msr", "traitors": 1, "conduct": conduct})
    table = robustness(runs.assign(seed=0, replicate=0, agreement="held", validity="held"))
    assert table["guaranteed"].tolist() == [guaranteed]


def test_what_was_borne_ends_at_the_first_failure() -> None:
    runs = pd.DataFrame(
        {
            "network": "petersen",
            "rule": "w-msr",
            "traitors": [1, 1, 2, 2, 3, 3],
            "agreement": ["held", "held", "held", "violated", "held", "inconclusive"],
            "validity": ["held", "held", "held", "held", "held", "held"],
            "seed": 0,
            "replicate": 0,
        }
    )
    table = robustness(runs).iloc[0]
    assert (table["bore"], table["first_failure"], table["beyond"]) == (1, 2, 6)
    assert (table["split"], table["unfinished"]) == (1 / 6, 1 / 6)
    text = robustness.answer(robustness(runs))
    assert "Petersen 1 [1-robust, guaranteed 0]" in text
    assert "Of 6 runs" in text
    assert "1 stayed valid and ended in disagreement" in text
    assert "1 run still approached agreement" in text


def test_undecided_networks_are_left_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    def undecided(*_: object, **__: object) -> int:
        raise TimeoutError

    monkeypatch.setattr("accord.analysis.measures.robustness.r_robustness", undecided)
    runs = pd.DataFrame({"rule": ["w-msr"], "traitors": 1, "seed": 0, "replicate": 0})
    table = robustness(runs.assign(agreement="held", validity="held"))
    assert np.isnan(table["r_robustness"][0])
    assert table["beyond"].tolist() == [1]
    assert "robustness undecided" in robustness.answer(table)


def test_a_defender_who_fears_too_few_or_too_many_is_guaranteed_less() -> None:
    runs = sweep(
        "averaging",
        {
            "network": "circulant(n=8, offsets=[1, 2, 3])",
            "rule": ["w-msr", "w-msr(f=0)", "w-msr(f=1)", "w-msr(f=3)"],
            "traitors": [1, 2],
            "conduct": "stubborn(value=2)",
            "max_steps": 500,
        },
        seed=1,
    ).runs
    table = robustness(runs).set_index("rule")
    assert table["guaranteed"].to_dict() == {"w-msr": 2, "w-msr(f=0)": 0, "w-msr(f=1)": 1, "w-msr(f=3)": 0}
    assert (table["bore"] >= table["guaranteed"]).all()
