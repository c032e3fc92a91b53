"""Traces: a run made again offer by offer, and which runs are shown."""

import pandas as pd
import pytest
from accord import Result, sweep
from accord.analysis.scenarios import described
from accord.analysis.traces import bids, examples, table_of


def test_offers_of_each_side() -> None:
    # two who concede linearly meet in the middle of the pie; the first is the first to ask for a half, at half-time
    row = {
        "tactic": "time-dependent(beta=1)", "rivals": "time-dependent(beta=1)", "domain": "pie(steps=10)",
        "seed": 0, "replicate": 0,
    }  # fmt: skip
    table = table_of(row)
    assert table.deal is not None
    assert (table.deal.outcome, table.deal.round) == (5, 50)
    first, second = bids(table, 0), bids(table, 1)
    assert first.rounds.tolist() == list(range(0, 51, 2))
    assert second.rounds.tolist() == list(range(1, 51, 2))
    assert first.outcomes[0] == 10
    assert second.outcomes[0] == 0
    assert first.worth(table.profiles[0])[0] == second.worth(table.profiles[1])[0] == 1
    assert first.outcomes[-1] == 5


def test_a_factor_of_a_part_is_not_given_twice() -> None:
    result = sweep(
        "negotiation",
        {"domain": "pie", "domain.steps": [5, 7], "tactic": "stubborn", "rivals": "random"},
        seed=1,
    )
    for row, steps in zip(described(result.runs).to_dict("records"), (5, 7), strict=True):
        assert table_of(row).space.size == steps + 1


def test_examples_are_of_each_tactic_against_its_like(negotiations: Result) -> None:
    chosen = examples(negotiations)
    assert chosen["tactic"].tolist() == chosen["rivals"].tolist()
    assert chosen["tactic"].nunique() == len(chosen) == 3
    for column in ("replicate", "deadline", "domain"):
        assert set(chosen[column]) == {chosen[column].iloc[0]}


@pytest.mark.parametrize("count", [2, 6])
def test_examples_without_their_like(count: int) -> None:
    betas = [f"time-dependent(beta={beta})" for beta in range(1, count + 1)]
    result = sweep("negotiation", {"domain": "pie", "tactic": betas, "rivals": ["micro", "random"]}, seed=1)
    chosen = examples(result)
    assert len(chosen) == min(count, 4)
    assert set(chosen["rivals"]) == {"micro"}
    assert isinstance(chosen, pd.DataFrame)
