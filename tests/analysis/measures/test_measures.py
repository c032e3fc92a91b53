"""What every measure promises: frames in, a frame out; failed runs counted, missing columns named."""

import subprocess
import sys

import pandas as pd
import pytest
from accord import Result
from accord.agents.errors import InputError
from accord.analysis.measures import Measure, measures


@pytest.fixture(params=list(measures))
def measure(request: pytest.FixtureRequest) -> Measure:
    return measures[request.param]


def test_gives_a_table_with_counts_and_its_words(measure: Measure, result: Result) -> None:
    runs = result.runs.copy()
    before = runs.copy()
    table = measure(runs, result.steps)
    assert {"runs", "failed"} <= set(table.columns)
    assert (table["runs"] > 0).all()
    assert (table["failed"] == 0).all()
    assert measure.caption.endswith(".")
    assert measure.answer(table).endswith(".")
    assert len(measure.digest(table))
    pd.testing.assert_frame_equal(runs, before)


def test_counts_failed_runs(measure: Measure, result: Result) -> None:
    runs = result.runs.copy()
    lost = runs.index[runs["replicate"] == 0]
    runs.loc[lost, "status"] = "timeout"
    runs.loc[lost, ["agreement", "validity", "average", "mean_error", "final_mean", "steps"]] = None
    table, whole = measure(runs, result.steps), measure(result.runs, result.steps)
    assert (table["runs"] + table["failed"] == whole["runs"]).all()
    assert (2 * table["failed"] == table["runs"]).all()
    assert measure.answer(table)


def test_names_the_column_that_is_missing(measure: Measure, result: Result) -> None:
    for column in measure.needs:
        with pytest.raises(InputError, match=f"'{column}'"):
            measure(result.runs.drop(columns=column), result.steps)
    for column in measure.needs_steps:
        with pytest.raises(InputError, match=f"'{column}'"):
            measure(result.runs, result.steps.drop(columns=column))
    with pytest.raises(InputError, match="rows"):
        measure(result.runs[:0], result.steps)


def test_says_if_no_run_is_of_its_kind(measure: Measure, result: Result) -> None:
    if measure is measures["tolerance"]:
        assert "traitors" in measure(result.runs[result.runs["traitors"] == 0])
        return
    other = result.runs[result.runs["rule"] == "median"].assign(traitors=0)
    with pytest.raises(InputError, match="sweep traitors="):
        measure(other, result.steps)


def test_names_come_without_pandas() -> None:
    code = (
        "import sys; from accord.analysis.measures import measures; "
        "from accord.analysis.figures import figures; list(measures), list(figures); "
        "print({'pandas', 'matplotlib', 'mesa', 'scipy', 'numpy', 'seaborn'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"
