"""The cost in messages: counted beside the formula."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from accord.agents.errors import InputError
from accord.analysis.measures.message_cost import message_cost


def run(n: int, messages: int, **more: Any) -> dict[str, Any]:
    return {
        "protocol": "bracha", "network": f"complete(n={n})", "nodes": n, "f": 1, "traitors": 0, "undecided": 0,
        "covered": True, "messages": messages, "bytes": 9 * messages, **more,
    }  # fmt: skip


RUNS = pd.DataFrame(
    [run(4, 27), run(4, 29), run(8, 119), run(16, 495), run(4, 1, traitors=1), run(4, 2, undecided=1)]
)


def test_counted_beside_the_formula() -> None:
    table = message_cost(RUNS)
    assert table[["nodes", "runs", "messages", "formula", "exact"]].to_numpy().tolist() == [
        [4, 2, 28, 27, 0.5],
        [8, 1, 119, 119, 1],
        [16, 1, 495, 495, 1],
    ]
    assert table["bytes"].tolist() == [252, 1071, 4455]
    told = message_cost.answer(table)
    assert "exactly those of the formula in 3 of 4 runs" in told
    assert "With n=16, set up for the traitors given in the table, a decision took: Bracha 495." in told


def test_growth_is_the_slope_at_the_upper_end() -> None:
    digest = message_cost.digest(message_cost(RUNS)).squeeze()
    assert digest["growth_exponent"] == pytest.approx(np.log2(495 / 119))
    assert (digest["smallest_n"], digest["largest_n"], digest["exact"]) == (4, 16, 0.75)
    assert np.isnan(message_cost.digest(message_cost(RUNS[:1])).squeeze()["growth_exponent"])
    # nor does exponential growth have an exponent
    wild = pd.DataFrame([run(4, 9), run(7, 156), run(10, 3609), run(13, 108384)])
    assert np.isnan(message_cost.digest(message_cost(wild)).squeeze()["growth_exponent"])


def test_protocols_without_a_formula() -> None:
    table = message_cost(RUNS.assign(protocol="my-own"))
    assert table["formula"].isna().all()
    assert "in 0 of 0 runs" in message_cost.answer(table)


def test_runs_with_traitors_alone_are_refused() -> None:
    with pytest.raises(InputError, match="runs without traitors in which all decided"):
        message_cost(RUNS[RUNS["traitors"] == 1])
