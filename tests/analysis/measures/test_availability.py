"""Availability: shares of runs by servers down, weighted by the binomial law."""

from typing import Any

import pandas as pd
import pytest
from accord import sweep
from accord.analysis.measures.availability import availability
from accord.analysis.theory import quorums


def runs(answered: dict[int, tuple[int, int]], n: int = 3, protocol: str = "raft") -> pd.DataFrame:
    """Return runs of which so many of so many were answered, by servers down."""
    rows: list[dict[str, Any]] = [
        {
            "protocol": protocol, "network": f"complete(n={n})", "nodes": n, "f": None, "traitors": down,
            "asked": 4, "answered": 4 if number < hits else 1, "entries": 4,
        }
        for down, (hits, tries) in answered.items()
        for number in range(tries)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def at(table: pd.DataFrame, p: float) -> pd.Series:
    return table[table["p"] == p].squeeze()


def test_shares_are_weighted_by_the_binomial_law() -> None:
    row = at(availability(runs({0: (10, 10), 1: (5, 10), 2: (0, 10)})), 0.1)
    assert row["available"] == pytest.approx(0.9**3 + 0.5 * 3 * 0.9**2 * 0.1)
    assert row["formula"] == pytest.approx(0.972)
    assert row["low"] < row["available"] < row["high"] < 1
    assert (row["nodes"], row["runs"], row["failed"]) == (3, 30, 0)


def test_with_all_down_nobody_is_answered_and_other_gaps_leave_it_missing() -> None:
    table = availability(runs({0: (1, 1), 1: (1, 1), 2: (1, 1)}, protocol="read-one"))
    assert at(table, 0.1)["available"] == pytest.approx(1 - 0.1**3)
    assert at(table, 0.1)["formula"] == pytest.approx(1 - 0.1**3)
    table = availability(runs({0: (1, 1), 2: (1, 1)}))
    assert table["available"].isna().all()
    assert availability.answer(table) == "The formula lies within the interval at 0 of 0 points."


def test_protocols_without_a_formula() -> None:
    table = availability(runs({0: (1, 1), 1: (1, 1), 2: (0, 1)}, protocol="my-own"))
    assert table["formula"].isna().all()


def test_words() -> None:
    table = availability(runs({k: (9 * (k < 3), 9) for k in range(5)}, n=5))
    told = availability.answer(table)
    assert "within the interval at 11 of 11 points" in told
    assert "Raft on 5 servers 0.99144 (0.99144)." in told  # recomputed


def test_a_ledger_by_majority_is_as_available_as_majorities_are() -> None:
    result = sweep(
        "servers",
        {
            "protocol": "raft", "network": "complete", "network.n": [3, 4], "traitors": range(4), "f": 0,
            "conduct": "crash(at=0)", "clients": 1, "commands": 2, "allow_below_bound": True, "max_steps": 200,
        },
        where="traitors < `network.n`",
        replicates=5,
        record=(),
    )  # fmt: skip
    table = availability(result.runs)
    for row in table.itertuples():
        assert row.available == pytest.approx(quorums.availability(row.nodes, row.nodes // 2 + 1, row.p))
