"""The figure of the first proposer's share: dots upon theory's lines."""

import numpy as np
import pandas as pd
import pytest
from accord.analysis.figures.first_share import first_share
from accord.analysis.theory.bargaining import rubinstein, stahl
from matplotlib.figure import Figure


@pytest.mark.parametrize("deadline", [np.nan, 3])
def test_dots_and_theory(deadline: float) -> None:
    pairs = [(0.5, 0.9), (0.5, 0.5), (0.9, 0.5)]
    runs = pd.DataFrame(
        {"domain": f"pie(discount=[{one}, {two}])", "deadline": deadline, "share": one} for one, two in pairs
    )
    ax = first_share(runs, ax=Figure().add_subplot())
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert [line.get_label() for line in dots] == ["$d_1$ = 0.5", "$d_1$ = 0.9"]
    assert [line.get_ydata().tolist() for line in dots] == [[0.5, 0.5], [0.9]]
    curves = [line for line in ax.lines if line.get_linestyle() == "--" and len(line.get_xdata())]
    theory = rubinstein(0.9, 0.5) if np.isnan(deadline) else stahl(3, 0.9, 0.5)
    assert curves[1].get_xdata()[0] == 0.5
    assert curves[1].get_ydata()[0] == pytest.approx(theory)
