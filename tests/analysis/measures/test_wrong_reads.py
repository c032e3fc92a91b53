"""Wrong reads: counted over runs, by what liars did and how many they were."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from accord.analysis.intervals import wilson
from accord.analysis.measures.wrong_reads import wrong_reads


def run(
    traitors: int, wrong: int, *, blank: int = 0, conduct: str = "corrupting", **more: Any
) -> dict[str, Any]:
    return {
        "protocol": "masking", "network": "complete(n=9)", "nodes": 9, "f": 2, "traitors": traitors,
        "conduct": conduct, "covered": traitors <= 2, "answered_reads": 10, "wrong_reads": wrong, "blank_reads": blank,
        "consistency": "violated" if wrong else "held", "durability": "held", **more,
    }  # fmt: skip


RUNS = pd.DataFrame(
    [
        run(0, 0),
        run(2, 0),
        run(3, 4, blank=1),
        run(3, 0),
        run(3, 9, conduct="forging"),
        run(3, 1, conduct="forging"),
    ]
)


def test_reads_are_counted_over_all_runs_of_a_point() -> None:
    table = wrong_reads(RUNS).set_index(["traitors", "conduct"])
    point = table.loc[(3, "corrupting")]
    assert point[["runs", "reads", "wrong", "blank", "spoilt"]].tolist() == [2, 20, 0.2, 0.05, 0.5]
    low, high = wilson(4, 20)
    assert (point["wrong_low"], point["wrong_high"]) == (low, high)
    assert table["wrong"].tolist() == [0, 0, 0.2, 0.5]
    assert table["covered"].tolist() == [1, 1, 0, 0]
    assert not table["broken"].any()


def test_words() -> None:
    table = wrong_reads(RUNS)
    told = wrong_reads.answer(table)
    assert "In all 2 runs that a protocol's guarantee covers, every read was as promised." in told
    assert "Reads were wrong: Masking with n=9 from 3 liars, up to 50 %." in told
    digest = wrong_reads.digest(table).squeeze()
    assert (digest["covered_up_to"], digest["wrong_from"], digest["worst_conduct"]) == (2, 3, "forging")
    assert (digest["worst"], digest["of_these_blank"]) == (0.5, 0)
    assert "Masking with n=9 never" in wrong_reads.answer(wrong_reads(RUNS[:2]))
    broken = wrong_reads(pd.DataFrame([run(1, 2)]))
    assert wrong_reads.answer(broken).startswith("**A promise was broken** in 1 of the 1 run")


def test_runs_in_which_nobody_was_answered_say_nothing() -> None:
    table = wrong_reads(pd.DataFrame([run(3, 0, answered_reads=0)]))
    assert np.isnan(table["wrong"].item())
    assert (table["wrong_low"].item(), table["wrong_high"].item()) == (0, 1)
    assert wrong_reads.answer(table)


@pytest.mark.parametrize("status", ["failed", "timeout"])
def test_what_failed_is_not_counted(status: str) -> None:
    lost = run(
        3, 0, answered_reads=np.nan, wrong_reads=np.nan, blank_reads=np.nan, consistency=None, nodes=np.nan
    )
    table = wrong_reads(pd.DataFrame([run(3, 5, status="ok"), {**lost, "status": status}]))
    assert table[["runs", "failed", "reads", "wrong"]].to_numpy().tolist() == [[1, 1, 10, 0.5]]
