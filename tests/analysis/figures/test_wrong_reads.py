"""The figure of wrong reads: the worst conduct at each point, and what is covered."""

from typing import Any

import pandas as pd
import pytest
from accord.analysis.figures.wrong_reads import wrong_reads
from matplotlib.axes import Axes
from matplotlib.figure import Figure


def run(protocol: str, traitors: int, conduct: str, wrong: int, reads: int = 10) -> dict[str, Any]:
    return {
        "protocol": protocol, "network": "complete(n=9)", "nodes": 9, "f": 2, "traitors": traitors,
        "conduct": conduct, "covered": traitors <= 2 * (protocol == "masking"), "answered_reads": reads,
        "wrong_reads": wrong, "blank_reads": 0, "consistency": "held", "durability": "held",
    }  # fmt: skip


RUNS = pd.DataFrame(
    [
        run(protocol, traitors, conduct, wrong)
        for protocol, traitors, corrupting, forging in [
            ("abd", 0, 0, 0),
            ("abd", 2, 2, 1),
            ("masking", 0, 0, 0),
            ("masking", 2, 0, 0),
            ("masking", 3, 3, 7),
        ]
        for conduct, wrong in (("corrupting", corrupting), ("forging", forging))
    ]
    + [run("masking", 4, "forging", 0, reads=0)]
)


@pytest.fixture
def ax() -> Axes:
    return wrong_reads(RUNS, ax=Figure(layout="constrained").add_subplot())


def test_each_protocol_is_a_line_under_the_worst_conduct(ax: Axes) -> None:
    lines = [line for line in ax.lines if line.get_linestyle() == "-" and len(line.get_xdata())]
    assert [line.get_ydata().tolist() for line in lines] == [[0, 0.2], [0, 0, 0.7]]
    assert [line.get_xdata().round().tolist() for line in lines] == [[0, 2], [0, 2, 3]]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["ABD", "Masking", "Set up to bear"]


def test_filled_marks_are_covered(ax: Axes) -> None:
    marks = [line for line in ax.lines if line.get_marker() in "sD" and line.get_linestyle() == "None"]
    filled = [line for line in marks if line.get_markerfacecolor() != "white"]
    assert [line.get_xdata().round().tolist() for line in filled] == [[0], [0, 2]]
    hollow = [line for line in marks if line.get_markerfacecolor() == "white"]
    assert [line.get_xdata().round().tolist() for line in hollow] == [[2], [3]]


def test_dashed_is_what_they_are_set_up_for(ax: Axes) -> None:
    dashed = [line for line in ax.lines if line.get_linestyle() == "--" and len(line.get_xdata())]
    assert [set(line.get_xdata()) for line in dashed] == [{2.5}]
