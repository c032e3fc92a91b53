"""What frames are asked for."""

import pandas as pd
import pytest
from accord.agents.errors import InputError
from accord.analysis.frames import finished, require


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
