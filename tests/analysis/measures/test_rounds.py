"""Rounds of Ben-Or's consensus beside the exact means."""

from typing import Any

import numpy as np
import pandas as pd
from accord.analysis.measures.rounds import rounds
from accord.analysis.verdicts import JUDGED


def run(taken: int | None, scheduler: str = "random", n: int = 5, f: int = 2, **more: Any) -> dict[str, Any]:
    judged = dict.fromkeys(JUDGED, "held") | ({"termination": "inconclusive"} if taken is None else {})
    return {
        "protocol": "ben-or", "network": f"complete(n={n})", "nodes": n, "f": f, "traitors": 0, "covered": True,
        "scheduler": scheduler, "rounds": taken, "undecided": int(taken is None), **judged, **more,
    }  # fmt: skip


RUNS = pd.DataFrame([run(1), run(5), run(None), run(7, "omniscient"), run(9, traitors=1)])


def test_means_between_the_exact_ones() -> None:
    table = rounds(RUNS)
    assert table[["scheduler", "runs", "rounds"]].to_numpy().tolist() == [
        ["random", 3, 3],
        ["omniscient", 1, 7],
    ]
    # the worst case from mixed inputs is 2**4 + 1, from equal ones 1: 30 of 32 inputs are mixed
    assert np.allclose(table["worst"], (30 * 17 + 2) / 32)
    assert table["within"].all()
    told = rounds.answer(table)
    assert told.startswith("All decided in 3 of 4 runs, and none violated safety. At all 2 points")
    assert "with n=5, f=2: in the mean random 3; omniscient 7; at best 1" in told


def test_a_mean_beyond_the_worst_case_is_said_plainly() -> None:
    table = rounds(pd.DataFrame([run(1000), run(1001), run(1002)]))
    assert not table["within"].any()
    assert "**The mean number of rounds lay outside" in rounds.answer(table)
    assert "first at n=5, f=2, scheduler random" in rounds.answer(table)


def test_violated_safety_is_said_plainly() -> None:
    assert "**1 run violated safety**" in rounds.answer(
        rounds(pd.DataFrame([run(1, agreement="violated"), run(2)]))
    )


def test_other_protocols_have_no_exact_means() -> None:
    table = rounds(RUNS.assign(protocol="ben-or-byzantine"))
    assert table["worst"].isna().all()
    assert rounds.answer(table) == "All decided in 3 of 4 runs, and none violated safety."
