"""The figure of rounds: means by scheduler, between the exact lines."""

import numpy as np
import pandas as pd
import pytest
from accord.analysis.figures.rounds import rounds
from matplotlib.axes import Axes
from matplotlib.figure import Figure

RUNS = pd.DataFrame(
    {
        "protocol": "ben-or",
        "nodes": 5,
        "initial": "bits",
        "f": [1, 1, 2, 2, 2],
        "scheduler": ["random", "random", "random", "omniscient", "omniscient"],
        "rounds": [1, 3, 4, 8, 10],
    }
)


@pytest.fixture
def ax() -> Axes:
    return rounds(RUNS, ax=Figure(layout="constrained").add_subplot())


def test_marks_are_means(ax: Axes) -> None:
    marks = [line for line in ax.lines if line.get_marker() in "os" and len(line.get_xdata())]
    assert [line.get_ydata()[0] for line in marks] == [2, 4, 9]
    assert [round(line.get_xdata()[0]) for line in marks] == [1, 2, 2]


def test_only_what_was_run_is_shown_with_whole_numbers(ax: Axes) -> None:
    assert ax.get_xlim() == (0.6, 2.4)
    assert [ax.yaxis.get_major_formatter()(each, 0) for each in (1, 10, 100)] == ["1", "10", "100"]


def test_lines_are_exact(ax: Axes) -> None:
    lines = {
        line.get_linestyle(): line.get_ydata() for line in ax.lines if line.get_linestyle() in ("--", ":")
    }
    # 30 of 32 inputs are mixed, and cost 2**4 + 1 rounds at worst with f = 2
    assert np.allclose(lines["--"][-1], (30 * 17 + 2) / 32)
    assert np.allclose(lines[":"], 1)


def test_no_lines_where_nothing_is_known() -> None:
    ax = rounds(RUNS.assign(protocol="ben-or-byzantine"), ax=Figure(layout="constrained").add_subplot())
    assert not [line for line in ax.lines if line.get_linestyle() in ("--", ":", "-.")]


def test_a_single_f_has_lines_too() -> None:
    ax = rounds(RUNS[:2], ax=Figure(layout="constrained").add_subplot())
    assert [len(line.get_xdata()) for line in ax.lines if line.get_linestyle() == "--"] == [3]
