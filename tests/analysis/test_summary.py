"""Summaries: nothing is dropped in silence, and the intervals are those of the groups."""

import numpy as np
import pandas as pd
import pytest
from accord.agents.errors import InputError
from accord.analysis.intervals import bootstrap, wilson
from accord.analysis.summary import summarise, under_worst, varying

RUNS = pd.DataFrame(
    {
        "rule": ["b", "b", "a", "a", "a", "a", "c"],
        "f": [1, 1, 1, 1, 2, 2, 1],
        "status": ["ok", "ok", "ok", "failed", "ok", "timeout", "crashed"],
        "agreement": ["held", "violated", "held", None, "held", None, None],
        "steps": pd.array([4, 8, 5, None, None, None, None], dtype="Int64"),
    }
)


def test_counts_and_order() -> None:
    table = summarise(RUNS, ["rule", "f"])
    assert table.to_dict("list") == {
        "rule": ["b", "a", "a", "c"],
        "f": [1, 1, 2, 1],
        "runs": [2, 1, 1, 0],
        "failed": [0, 1, 1, 1],
    }


def test_shares_and_means_are_of_the_finished_runs() -> None:
    table = summarise(RUNS, ["rule"], shares={"agreed": "agreement == 'held'"}, means={"steps": "steps"})
    assert table["agreed"].tolist()[:2] == [0.5, 1.0]
    assert np.isnan(table["agreed"][2])
    low, high = wilson([1, 2, 0], [2, 2, 0])
    assert np.allclose(table["agreed_low"], low)
    assert np.allclose(table["agreed_high"], high)
    assert table["steps"].tolist()[:2] == [6.0, 5.0]
    assert (table["steps_low"][0], table["steps_high"][0]) == bootstrap([4, 8])
    assert table[["steps_low", "steps_high"]][1:].isna().all(axis=None)


def test_means_of_columns_have_their_names() -> None:
    named = summarise(RUNS, ["rule"], means={"steps": "steps"})
    pd.testing.assert_frame_equal(summarise(RUNS, ["rule"], means=["steps"]), named)


def test_a_series_is_aligned_by_its_index() -> None:
    flags = pd.Series([True, False, True], index=[4, 0, 2])
    table = summarise(RUNS[RUNS["rule"] != "c"].drop(index=1), ["rule"], shares={"flag": flags})
    assert table["flag"].tolist() == [0.0, 1.0]


def test_missing_levels_are_a_group() -> None:
    table = summarise(pd.DataFrame({"f": [1.0, None, None]}), ["f"])
    assert table["runs"].tolist() == [1, 2]


def test_says_what_is_missing() -> None:
    with pytest.raises(InputError, match="'placement'"):
        summarise(RUNS, ["placement"])
    with pytest.raises(InputError, match=r"agreed=.*'nothing' is not defined"):
        summarise(RUNS, ["rule"], shares={"agreed": "nothing > 3"})
    with pytest.raises(InputError, match="rows"):
        summarise(RUNS[:0], ["rule"])


def test_the_worst_is_that_of_all_rows_of_a_point_together() -> None:
    rows = [
        ("b", 2, "x", 4, 1.0),
        ("b", 2, "y", 4, 0.5),  # on one network
        ("b", 2, "y", 4, 1.0),  # and on another
        ("b", 2, "z", 0, np.nan),
        ("a", 1, "x", 2, 1.0),
    ]
    table = pd.DataFrame(rows, columns=["protocol", "k", "conduct", "runs", "solved"])
    worst = under_worst(table, "solved", ["protocol", "k"], ["conduct", "placement"])
    assert worst.to_numpy().tolist() == [["b", 2, 6, 8, 0.75], ["a", 1, 2, 2, 1.0]]


def test_varying_keeps_order_and_what_is_always_wanted() -> None:
    assert varying(RUNS, ["f", "nothing", "rule"], "rule") == ["rule", "f"]
    assert varying(RUNS[:2], ["f"], "rule") == ["rule"]
