"""Encounters: each run from both sides, and the empirical game that they make."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from accord.agents.errors import InputError
from accord.analysis.encounters import Payoffs, encounters, payoffs
from hypothesis import given, settings
from hypothesis import strategies as st


def run(tactic: str, rivals: str, one: float, two: float, replicate: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "tactic": tactic, "rivals": rivals, "domain": "pie", "utility": one, "rival_utility": two, "deals": 1,
        "tables": 1, "replicate": replicate, **more,
    }  # fmt: skip


def game(table: list[list[float]]) -> Payoffs:
    return Payoffs([str(each) for each in range(len(table))], np.array([table], dtype=float))


def test_each_run_counts_for_both() -> None:
    met = encounters(pd.DataFrame([run("micro", "random", 3, 1), run("random", "micro", 2, 5)]))
    assert met[["entry", "opponent", "side", "utility"]].to_numpy().tolist() == [
        ["micro", "random", 0, 3],
        ["random", "micro", 0, 2],
        ["random", "micro", 1, 1],
        ["micro", "random", 1, 5],
    ]
    found = payoffs(met)
    assert found.entries == ["micro", "random"]
    assert np.array_equal(found.mean, [[np.nan, 4], [1.5, np.nan]], equal_nan=True)


def test_replicates_are_samples_or_else_domains() -> None:
    rows = [
        run(a, b, 1, 1, replicate)
        for a in ("micro", "random")
        for b in ("micro", "random")
        for replicate in (0, 1)
    ]
    assert payoffs(encounters(pd.DataFrame(rows))).samples.shape == (2, 2, 2)
    some = pd.DataFrame(
        [{**row, "replicate": 0, "domain": f"pie(steps={9 + row['replicate']})"} for row in rows]
    )
    assert payoffs(encounters(some)).samples.shape == (2, 2, 2)
    assert payoffs(encounters(some.assign(domain="pie"))).samples.shape[0] == 1


def test_only_who_plays_both_sides_takes_part() -> None:
    rows = [run("micro", "random", 1, 1), run("random", "micro", 1, 1), run("stubborn", "micro", 9, 9)]
    assert set(encounters(pd.DataFrame(rows))["entry"]) == {"micro", "random"}
    with pytest.raises(InputError, match="none did; sweep tactic and rivals"):
        encounters(pd.DataFrame([run("micro", "random", 1, 1)]))


def test_unfinished_runs_say_nothing() -> None:
    rows = [
        run("micro", "random", 1, 2, status="ok"),
        run("random", "micro", 3, 4, status="ok"),
        run("random", "micro", 50, 50, status="timeout"),
    ]
    met = encounters(pd.DataFrame(rows))
    assert len(met) == 6
    assert payoffs(met).mean[0, 1] == 2.5


def test_known_games() -> None:
    prisoners = game([[3, 0], [5, 1]])  # cooperate, defect
    assert prisoners.equilibria.tolist() == [[False, False], [False, True]]
    chicken = game([[0, 3], [1, 2]])
    assert chicken.equilibria.tolist() == [[False, True], [True, False]]
    cycle = game([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    assert not cycle.equilibria.any()
    assert cycle.best.sum(axis=0).tolist() == [1, 1, 1]
    tie = game([[1, 0], [1, 0]])
    assert tie.best.all()
    assert tie.winning.tolist() == [1, 1]


def test_certainty_is_the_share_of_resamples() -> None:
    samples = np.zeros((2, 2, 2))
    samples[0, 0, 0] = 3  # the first is better in one of two samples, by more than the other is in the other
    samples[1, 1, 0] = 1
    found = Payoffs(["a", "b"], samples)
    assert found.best[:, 0].tolist() == [True, False]
    # the other one wins only if both draws fall on the second sample: 1/4, six standard errors of 1,000 resamples
    assert found.certainty[1, 0] == pytest.approx(0.25, abs=6 * np.sqrt(3 / 16 / 1000))
    assert found.certainty[0, 0] == 1 - found.certainty[1, 0]


@settings(deadline=None, max_examples=30)
@given(st.integers(2, 5), st.integers(0, 2**32 - 1))
def test_best_responses_whatever_the_order_and_the_unit(count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    samples = rng.random((3, count, count))
    found, order = Payoffs([""] * count, samples), rng.permutation(count)
    moved = Payoffs([""] * count, 2 + 3 * samples[:, order][:, :, order])
    assert found.best.any(axis=0).all()
    assert np.array_equal(moved.best, found.best[np.ix_(order, order)])
    assert np.array_equal(moved.equilibria, found.equilibria[np.ix_(order, order)])
    assert np.array_equal(found.equilibria, found.equilibria.T)
