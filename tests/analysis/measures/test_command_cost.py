"""What one more command costs: the difference of two runs by the commands that one had more."""

from typing import Any

import pandas as pd
import pytest
from accord.agents.errors import InputError
from accord.analysis.measures.command_cost import command_cost


def run(n: int, commands: int, messages: int, latency: float = 5.0, **more: Any) -> dict[str, Any]:
    return {
        "protocol": "pbft", "network": f"complete(n={n})", "nodes": n, "f": 1, "traitors": 0, "commands": commands,
        "asked": commands, "answered": commands, "latency": latency, "messages": messages, "bytes": 9 * messages,
        "covered": True, "entries": commands, "replicate": 0, **more,
    }  # fmt: skip


RUNS = pd.DataFrame(
    [
        *(run(4, 2, 100), run(4, 5, 100 + 3 * 29)),  # whatever the first ones took
        *(run(4, 2, 100, replicate=1), run(4, 5, 100 + 3 * 30, 5.5, replicate=1)),
        *(run(7, 5, 9 + 3 * 92), run(7, 2, 9)),
        *(run(7, 2, 1, traitors=1), run(7, 9, 1, answered=8)),  # not such runs
    ]
)


def test_it_is_the_difference_by_the_number_of_commands() -> None:
    table = command_cost(RUNS)
    assert table[["nodes", "runs", "messages", "formula", "formula_delays", "exact"]].to_numpy().tolist() == [
        [4, 2, 29.5, 29, 5, 0.5],
        [7, 1, 92, 92, 5, 1],
    ]
    assert table["bytes"].tolist() == [9 * 29.5, 9 * 92]
    assert table["delays"].tolist() == pytest.approx([(5 + (5.5 * 5 - 5 * 2) / 3) / 2, 5])
    told = command_cost.answer(table)
    assert "exactly what the formulas say in 2 of 3 runs" in told
    assert "With n=7: PBFT 92 messages, 5 message delays." in told


def test_protocols_without_a_formula() -> None:
    table = command_cost(RUNS.assign(protocol="my-own"))
    assert table["formula"].isna().all()
    assert "in 0 of 0 runs" in command_cost.answer(table)


def test_with_one_number_of_commands_it_is_all_that_was_taken() -> None:
    table = command_cost(RUNS[RUNS["asked"] == 5])
    assert table["messages"].tolist() == [(100 + 3 * 29.5) / 5, (9 + 3 * 92) / 5]
    assert table["exact"].tolist() == [0, 0]


def test_what_failed_is_no_pair() -> None:
    runs = RUNS.assign(status="ok")
    runs.loc[1, ["status", "nodes", "asked", "answered", "messages", "bytes", "latency"]] = [
        "timeout",
        *[None] * 6,
    ]
    table = command_cost(runs)
    assert table[["nodes", "runs", "failed", "messages"]].to_numpy().tolist() == [
        [4, 1, 1, 30],
        [7, 1, 0, 92],
    ]


def test_other_runs_are_refused() -> None:
    with pytest.raises(InputError, match="runs without traitors in which all were answered"):
        command_cost(RUNS[RUNS["traitors"] == 1])
