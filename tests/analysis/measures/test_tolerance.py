"""Tolerance: agreed and valid, both."""

import pandas as pd
from accord.analysis.measures.tolerance import tolerance

RUNS = pd.DataFrame(
    {
        "rule": ["linear"] * 4 + ["w-msr"] * 4,
        "traitors": [0, 0, 1, 1] * 2,
        "agreement": ["held"] * 4 + ["held", "held", "violated", "held"],
        "validity": ["held", "held", "violated", "violated"] + ["held"] * 4,
    }
)


def test_takes_both() -> None:
    table = tolerance(RUNS)
    assert table["tolerated"].tolist() == [1, 0, 1, 0.5]
    assert table["network"].unique().tolist() == ["karate"]  # the default
    assert tolerance.answer(table).endswith(": Linear in 0 of 2 runs (0 %); W-MSR in 1 of 2 runs (50 %).")


def test_digest_has_traitors_side_by_side() -> None:
    assert tolerance.digest(tolerance(RUNS)).to_dict("list") == {
        "rule": ["linear", "w-msr"],
        "network": ["karate", "karate"],
        "traitors=0": [1, 1],
        "traitors=1": [0, 0.5],
    }


def test_nothing_to_say_without_traitors() -> None:
    assert tolerance.answer(tolerance(RUNS[RUNS["traitors"] == 0])) == ""
