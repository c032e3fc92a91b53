"""What frames are asked for."""

import pandas as pd
import pytest
from accord.agents.errors import InputError
from accord.analysis.frames import at_the_end, finished, like_the_first, require


def test_require_names_the_first_missing_column() -> None:
    frame = pd.DataFrame({"a": [1], "c": [2]})
    require(frame, ["a", "c"], "somebody")
    with pytest.raises(InputError, match=r"somebody needs the column 'b', and the frame has a, c"):
        require(frame, ["a", "b", "d"], "somebody")
    with pytest.raises(InputError, match="needs rows"):
        require(pd.DataFrame(), ["a"], "somebody")
    with pytest.raises(InputError, match="needs rows"):
        require(frame.iloc[:0], ["a"], "somebody")


def test_finished_leaves_out_whatever_did_not_end_by_itself() -> None:
    runs = pd.DataFrame({"status": ["ok", "failed", "timeout", "crashed", "ok"]})
    assert finished(runs).index.tolist() == [0, 4]
    assert len(finished(pd.DataFrame({"run": [1, 2]}))) == 2


def test_runs_end_at_steps_of_their_own() -> None:
    steps = pd.DataFrame({"run": [0, 0, 1, 1, 1], "step": [0, 1, 0, 2, 2]})
    assert at_the_end(steps).index.tolist() == [1, 3, 4]


def test_like_the_first_looks_at_one_column_after_the_other() -> None:
    runs = pd.DataFrame({"a": [1, 2, 1, 1], "b": [None, 3, 4, None], "c": [1, 2, 3, 4]})
    assert like_the_first(runs, ["a", "b"]).index.tolist() == [0, 3]
    assert like_the_first(runs.iloc[:0], ["a"]).empty
