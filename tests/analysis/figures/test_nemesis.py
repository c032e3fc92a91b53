"""The figure of nemeses: a row for each, crosses where safety was lost."""

import numpy as np
import pandas as pd
import pytest
from accord import Result
from accord.analysis.figures.nemesis import nemesis
from matplotlib.axes import Axes
from matplotlib.figure import Figure

RUNS = pd.DataFrame(
    {
        "protocol": ["raft", "raft", "raft", "pbft"],
        "traitors": [0, 1, 1, 0],
        "conduct": "crash(recover=3.0, loses=disk)",
        "channel": "constant",
        "latency": [4.0, 8.0, 12.0, 6.0],
        "agreement": ["held", "held", "violated", "held"],
        "validity": "held",
        "integrity": "held",
    }
)


@pytest.fixture
def ax() -> Axes:
    return nemesis(RUNS, ax=Figure(layout="constrained").add_subplot())


def test_each_nemesis_has_a_row(ax: Axes) -> None:
    assert [text.get_text() for text in ax.get_yticklabels()] == ["Calm", "Lost disks"]
    assert ax.yaxis_inverted()
    marks = {
        (line.get_marker(), round(float(line.get_ydata()[0])), float(line.get_xdata()[0]))
        for line in ax.lines
        if line.get_marker() in ("o", "s") and len(line.get_xdata())
    }
    assert marks == {("o", 0, 4.0), ("o", 1, 10.0), ("s", 0, 6.0)}


def test_crosses_are_the_runs_that_violated_safety(ax: Axes) -> None:
    crosses = [line for line in ax.lines if line.get_marker() == "x"]
    assert np.concatenate([line.get_xdata() for line in crosses]).tolist() == [12.0]
    told = [text.get_text() for text in ax.get_legend().get_texts()]
    assert told == ["Raft", "PBFT", "Safety violated"]
    calm = nemesis(RUNS[:2], ax=Figure(layout="constrained").add_subplot())
    assert [text.get_text() for text in calm.get_legend().get_texts()] == ["Raft"]


def test_a_page_shows_latency_throughput_and_leaders(ledgers: Result) -> None:
    page = nemesis.page(ledgers)
    assert [ax.get_xlabel() for ax in page.axes] == [
        "Mean latency of a run (rounds)",
        "Throughput (commands / round)",
        "Terms, views or turns",
    ]
    assert [ax.get_xscale() for ax in page.axes] == ["log", "linear", "log"]
