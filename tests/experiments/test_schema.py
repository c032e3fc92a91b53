"""The schema: every column of a sweep's frames is in it, with its dtype."""

from typing import Any

import pandas as pd
import pytest
from accord.experiments.schema import factor_dtype, schema
from accord.experiments.sweeps import sweep


@pytest.mark.parametrize("trouble", ["none", "raise"])
def test_frames_are_as_the_schema_says_whether_runs_fail_or_not(walk: Any, trouble: str) -> None:
    factors = {"drift": [0, 0.5], "trouble": [trouble]}
    result = sweep(walk, factors, replicates=2, record=("steps", "parties"))
    columns = schema(walk, factors)
    assert list(result.runs) == list(columns["runs"])
    text = str(pd.Series(["a"]).dtype)
    for name, column in columns["runs"].items():
        if column.dtype != "str":
            assert result.runs[name].dtype == column.dtype, name
        else:
            assert result.runs[name].dtype in (text, object), name
    assert list(result.steps) == ["run", "step", "place"]
    assert list(result.parties) == ["run", "step", "party", "role"]


def test_nothing_that_can_be_missing_has_a_dtype_without_missing_values(walk: Any) -> None:
    runs = schema(walk)["runs"]
    assert (runs["turns"].dtype, runs["far"].dtype, runs["end"].dtype) == ("Int64", "boolean", "float64")
    assert (runs["arrival"].dtype, runs["arrival_step"].dtype) == ("str", "Int64")


def test_factors_take_meaning_from_the_scenario(walk: Any) -> None:
    columns = schema(walk, {"drift": [1, 2], "length": range(3)})["runs"]
    assert columns["drift"].meaning == "mean of a step"
    assert columns["drift"].dtype == "int64"
    assert list(columns)[:3] == ["run", "drift", "length"]
    assert all(column.meaning and column.unit for column in columns.values())


def test_mixed_levels_are_text() -> None:
    assert factor_dtype([True, False]) == "bool"
    assert factor_dtype([True, 1]) == "str"
    assert factor_dtype([]) == "str"
