"""The figure of decision times: counted from stabilisation, with what is to be expected."""

import numpy as np
import pandas as pd
import pytest
from accord.analysis.figures.decision_time import decision_time
from matplotlib.axes import Axes
from matplotlib.figure import Figure


def channel(at: int) -> str:
    return f"exponential(mean=5) + stabilisation(at={at}, bound=2)"


RUNS = pd.DataFrame(
    {
        "protocol": "paxos",
        "nodes": 5,
        "f": 1,
        "channel": [channel(0), channel(0), channel(20), channel(20), "exponential(mean=5)"],
        "traitors": [0, 0, 0, 1, 0],
        "conduct": "silent",
        "last_decision": [8.0, 6.0, 25.0, 18.0, 70.0],
    }
)


@pytest.fixture
def ax() -> Axes:
    return decision_time(RUNS, ax=Figure(layout="constrained").add_subplot())


def test_dots_are_runs_and_marks_means_after_stabilisation(ax: Axes) -> None:
    dots = [line for line in ax.lines if line.get_marker() == "."]
    assert sorted(np.concatenate([line.get_ydata() for line in dots])) == [-2, 5, 6, 8]
    marks = [line for line in ax.lines if line.get_marker() in "os" and len(line.get_xdata())]
    assert [line.get_ydata()[0] for line in marks] == [7, 5, -2]
    assert ax.get_xticks().tolist() == [0, 20]


def test_dashed_is_the_fastest_run_at_the_slowest_pace_promised(ax: Axes) -> None:
    (dashed,) = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert set(dashed.get_ydata()) == {8}  # 4 delays of 2


def test_cases_are_told_apart(ax: Axes) -> None:
    told = [text.get_text() for text in ax.get_legend().get_texts()]
    assert told == ["No traitors", "1 traitor, silent", "Message delays where nothing goes wrong"]
    more = RUNS.assign(traitors=1, conduct=["crash(at=2.0)", "crash(at=4.0)"] * 2 + ["silent"])
    ax = decision_time(more, ax=Figure(layout="constrained").add_subplot())
    told = [text.get_text() for text in ax.get_legend().get_texts()]
    assert told[:2] == ["1 traitor, crash (at=2)", "1 traitor, crash (at=4)"]


def test_marks_of_one_time_stay_near_it(ax: Axes) -> None:
    marks = [line for line in ax.lines if line.get_marker() in "os" and len(line.get_xdata())]
    away = [abs(line.get_xdata()[0] - at) for line, at in zip(marks, (0, 20, 20), strict=True)]
    assert 0 < max(away) <= 0.01 * 20
