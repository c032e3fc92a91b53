"""The figure of availability: marks are measured, dashes the formula."""

import numpy as np
import pandas as pd
import pytest
from accord.analysis.figures.availability import availability
from accord.analysis.theory import quorums
from matplotlib.axes import Axes
from matplotlib.figure import Figure

RUNS = pd.DataFrame(
    [
        {"protocol": "raft", "network": f"complete(n={n})", "nodes": n, "f": 0, "traitors": down, "asked": 4,
         "answered": 4 * (down <= (n - 1) // 2), "entries": 4}
        for n in (3, 5)
        for down in range(n)
        for _ in range(10)
    ]
)  # fmt: skip


@pytest.fixture
def ax() -> Axes:
    return availability(RUNS, ax=Figure(layout="constrained").add_subplot())


def test_marks_lie_on_the_dashes(ax: Axes) -> None:
    marks = [line for line in ax.lines if line.get_marker() in ("o", "s") and len(line.get_xdata())]
    dashes = [line for line in ax.lines if line.get_linestyle() == "--" and len(line.get_xdata())]
    for n, mark, dash in zip((3, 5), marks, dashes, strict=True):
        expected = [quorums.availability(n, n // 2 + 1, p) for p in mark.get_xdata()]
        assert np.allclose(mark.get_ydata(), expected)
        assert np.allclose(
            np.interp(mark.get_xdata(), dash.get_xdata(), dash.get_ydata()), expected, atol=1e-3
        )


def test_protocols_without_a_formula_have_no_dashes() -> None:
    ax = availability(RUNS.assign(protocol="my-own"), ax=Figure(layout="constrained").add_subplot())
    assert not [line for line in ax.lines if line.get_linestyle() == "--" and len(line.get_xdata())]


def test_the_key(ax: Axes) -> None:
    told = [text.get_text() for text in ax.get_legend().get_texts()]
    assert told == ["n = 3", "n = 5", "A quorum is up"]
    assert ax.get_xlim() == (0, 1)
