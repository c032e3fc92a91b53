"""The figure of ratification: shares by number of liars, rings where two deals were ratified."""

import numpy as np
import pandas as pd
import pytest
from accord import Result
from accord.analysis.figures.ratification import ratification
from accord.analysis.theory.ratification import passes
from matplotlib.axes import Axes
from matplotlib.figure import Figure

RUNS = pd.DataFrame(
    {
        "protocol": "ratification",
        "domain": "random(parties=10, issues=1, reservation=0.25)",
        "draft": "selfish",
        "traitors": [0, 0, 1, 1, 1, 1],
        "conduct": "silent",
        "nodes": 10,
        "needed": 7,
        "deals": [1, 1, 1, 0, 0, 0],
        "traitor_nodes": ["", "", "4", "4", "4", "4"],
    }
)


def drawn(runs: pd.DataFrame) -> Axes:
    return ratification(runs, ax=Figure(layout="constrained").add_subplot())


def test_marks_are_shares_and_the_dashed_line_is_theory() -> None:
    ax = drawn(RUNS)
    [marks] = [line for line in ax.lines if line.get_marker() == "o" and len(line.get_xdata())]
    assert marks.get_xydata().tolist() == [[0, 1], [1, 0.25]]
    [theory] = [line for line in ax.lines if line.get_linestyle() == "--" and len(line.get_xdata())]
    assert theory.get_ydata().tolist() == pytest.approx([passes(10, 7, 0.7), passes(10, 7, 0.7, silent=1)])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["7 of 10 votes", "Theory"]


def test_conflicts_are_rings_right_of_where_it_is_safe() -> None:
    split = RUNS.assign(needed=6, deals=2, traitors=2, conduct="colluding", traitor_nodes="0 1")
    ax = drawn(pd.concat([RUNS, split]))
    told = [text.get_text() for text in ax.get_legend().get_texts()]
    assert told == ["6 of 10 votes", "7 of 10 votes", "Two deals", "Safe so far", "Theory"] or set(told) == {
        *("6 of 10 votes", "7 of 10 votes", "Two deals", "Safe so far", "Theory")
    }
    rings = [line for line in ax.lines if line.get_markerfacecolor() == "none" and len(line.get_xdata())]
    assert [line.get_ydata().tolist() for line in rings] == [[1]]
    [limit] = [line for line in ax.lines if line.get_linestyle() == ":" and len(line.get_xdata())]
    assert np.unique(limit.get_xdata()).tolist() == [1.5]


def test_a_page_shows_every_kind_of_liar_from_none_on(ratifications: Result) -> None:
    frame = ratification.cases(ratifications)
    assert frame.groupby("liars")["traitors"].nunique().tolist() == [2] * 4
    assert set(frame["approval"]) == {"100 % approve"}
    assert frame.index.is_unique
