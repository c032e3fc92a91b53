"""What nemeses cost, and what they break."""

from typing import Any

import pandas as pd
import pytest
from accord.analysis.measures.nemesis import nemesis
from accord.analysis.verdicts import JUDGED


def run(latency: float, traitors: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "protocol": "raft", "network": "complete(n=5)", "traitors": traitors, "channel": "constant",
        "conduct": "crash(recover=3.0, loses=disk)", **dict.fromkeys(JUDGED, "held"), "linearizability": "held",
        "durability": "held", "covered": not traitors, "latency": latency, "latency_max": 2 * latency,
        "throughput": 1 / latency, "reigns": traitors + 1, **more,
    }  # fmt: skip


RUNS = pd.DataFrame(
    [run(4), run(6), run(10, 1), run(20, 1, durability="violated", termination="inconclusive")]
)


def test_what_they_cost() -> None:
    table = nemesis(RUNS)
    assert table["nemesis"].tolist() == ["Calm", "Lost disks"]
    assert table[["latency", "latency_max", "reigns"]].to_numpy().tolist() == [[5, 10, 1], [15, 30, 2]]
    assert table[["safe", "answered"]].to_numpy().tolist() == [[1, 1], [0.5, 0.5]]
    assert table[["covered", "broken"]].to_numpy().tolist() == [[2, 0], [0, 0]]


def test_it_is_told_what_held_and_what_did_not() -> None:
    told = nemesis.answer(nemesis(RUNS))
    assert told == (
        "In all 2 runs that a protocol's guarantee covers, safety held throughout. Lost disks: Raft, which does not "
        "bear it, was unsafe in 1 of 2 runs. The slowest mean answers took, in rounds: Raft 15 (lost disks)."
    )
    assert nemesis.answer(nemesis(RUNS[:1])).startswith("In the one run that")
    assert nemesis.answer(nemesis(RUNS[2:])).startswith("No run is covered by a protocol's guarantee.")


@pytest.mark.parametrize("judged", ["agreement", "linearizability", "durability", "termination"])
def test_a_broken_promise_is_said_plainly(judged: str) -> None:
    table = nemesis(pd.DataFrame([run(4, **{judged: "violated"}), run(4)]))
    assert table["broken"].tolist() == [1]
    assert nemesis.answer(table).startswith("**A promise was broken** in 1 of the 2 runs")
