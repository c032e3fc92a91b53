"""The figure of proposers' shares: means by who proposes, on dashed lines."""

import numpy as np
import pandas as pd
import pytest
from accord.analysis.figures.proposer_share import proposer_share
from matplotlib.axes import Axes
from matplotlib.figure import Figure

RUNS = pd.DataFrame(
    {
        "recognition": ["random"] * 3 + ["rotating"] * 2,
        "quota": "majority",
        "discount": 0.8,
        "nodes": [3, 5, 5, 3, 5],
        "needed": [2, 3, 3, 2, 3],
        "proposer_share": [0.7, 0.6, 0.7, 1.0, 0.9],
    }
)


def drawn(runs: pd.DataFrame) -> Axes:
    return proposer_share(runs, ax=Figure(layout="constrained").add_subplot())


def lines(ax: Axes, style: str) -> list[list[float]]:
    return [
        list(line.get_ydata()) for line in ax.lines if line.get_linestyle() == style and len(line.get_ydata())
    ]


def test_marks_are_means_and_lines_theory() -> None:
    ax = drawn(RUNS)
    marks = [line for line in ax.lines if line.get_marker() in "os" and len(line.get_xdata())]
    assert [line.get_ydata()[0] for line in marks] == pytest.approx([0.7, 0.65, 1, 0.9])
    assert [round(line.get_xdata()[0]) for line in marks] == [3, 5, 3, 5]
    assert np.allclose(lines(ax, "--"), [[1 - 0.8 / 3, 0.68], [1, 1]])
    told = [text.get_text() for text in ax.get_legend().get_texts()]
    assert told == ["Random proposer", "Rotating proposer", "Equilibrium"]


def test_several_discounts_in_one_panel_are_told_apart() -> None:
    ax = drawn(pd.concat([RUNS, RUNS.assign(discount=1.0)]))
    told = [text.get_text() for text in ax.get_legend().get_texts()]
    assert told[:2] == ["Random proposer, d = 0.8", "Random proposer, d = 1"]
    assert len(lines(ax, "--")) == 4


def test_no_line_where_theory_is_silent() -> None:
    assert np.isnan(lines(drawn(RUNS.assign(generosity=2.0)), "--")).all()
