"""Time of decision: counted from stabilisation, and safe throughout."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from accord.analysis.measures.decision_time import decision_time
from accord.analysis.verdicts import JUDGED


def run(at: float | None, last: float | None, **more: Any) -> dict[str, Any]:
    channel = (
        "exponential(mean=2)" if at is None else f"exponential(mean=2) + stabilisation(at={at}, bound=1)"
    )
    judged = dict.fromkeys(JUDGED, "held") | ({"termination": "inconclusive"} if last is None else {})
    return {
        "protocol": "paxos", "network": "complete(n=5)", "nodes": 5, "traitors": 0, "conduct": "silent",
        "channel": channel, "covered": True, "last_decision": last, **judged, **more,
    }  # fmt: skip


RUNS = pd.DataFrame([run(10, 13), run(10, 9), run(20, 24), run(None, 50), run(None, None)])


def test_time_after_stabilisation() -> None:
    table = decision_time(RUNS)
    assert table["stable_from"].tolist() == [10, 20, np.inf]
    assert table["after"].fillna(99).tolist() == [1, 4, 99]
    assert table["latest"].fillna(99).tolist() == [3, 4, 99]
    assert table["last_decision"].tolist() == [11, 24, 50]
    assert table["decided"].tolist() == [1, 1, 0.5]
    assert table["broken"].tolist() == [0, 0, 0]
    told = decision_time.answer(table)
    assert told.startswith("In all 5 runs that a protocol's guarantee covers, safety held throughout.")
    assert "in rounds after stabilisation: Paxos 4." in told
    assert "never stabilises, all decided before the run was cut off: Paxos in 1 of 2 runs." in told


@pytest.mark.parametrize("judged", ["agreement", "termination"])
def test_a_broken_promise_is_said_plainly(judged: str) -> None:
    table = decision_time(pd.DataFrame([run(10, 12, **{judged: "violated"}), run(10, 12)]))
    assert table["broken"].tolist() == [1]
    assert decision_time.answer(table).startswith("**Safety was violated** in 1 of the 2 runs")


def test_what_no_guarantee_covers_breaks_none() -> None:
    table = decision_time(pd.DataFrame([run(10, 12, covered=False, agreement="violated")]))
    assert table[["safe", "covered", "broken"]].to_numpy().tolist() == [[0, 0, 0]]


def test_a_traitors_broadcast_that_nobody_delivers_has_no_time() -> None:
    table = decision_time(pd.DataFrame([run(10, 12), {**run(10, 12), "last_decision": np.nan}]))
    assert table[["decided", "after"]].to_numpy().tolist() == [[0.5, 2]]


def test_digest_has_stabilisation_times_side_by_side() -> None:
    digest = decision_time.digest(decision_time(RUNS)).squeeze()
    assert (digest["mean, stable from 10"], digest["mean, stable from 20"], digest["latest of all"]) == (
        1,
        4,
        4,
    )
