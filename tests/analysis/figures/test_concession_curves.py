"""The figure of concession: what is asked for, never below what theory says by more than a grid's step."""

import numpy as np
import pandas as pd
import pytest
from accord.analysis.figures.concession_curves import concession_curves
from matplotlib.axes import Axes
from matplotlib.figure import Figure


def drawn(tactic: str, rivals: str) -> Axes:
    row = {"tactic": tactic, "rivals": rivals, "domain": "pie(steps=1000)", "seed": 0, "replicate": 0}
    return concession_curves(pd.DataFrame([row]), ax=Figure().add_subplot())


@pytest.mark.parametrize(
    "tactic", ["time-dependent(beta=0.5)", "time-dependent(beta=2, k=0.1, form=exponential)"]
)
def test_asks_for_what_theory_says(tactic: str) -> None:
    ax = drawn(tactic, "stubborn")
    (asked,) = (line for line in ax.lines if line.get_label() == "First asks for")
    theory, *more = (line for line in ax.lines if line.get_linestyle() == "--" and len(line.get_xdata()))
    assert not more
    there = np.interp(asked.get_xdata(), theory.get_xdata(), theory.get_ydata())
    above = asked.get_ydata() - there
    assert (above > -1e-3).all()
    assert (above < 2e-3).all()


def test_no_theory_of_others() -> None:
    ax = drawn("random", "random")
    assert not [line for line in ax.lines if line.get_linestyle() == "--" and len(line.get_xdata())]
    assert len([line for line in ax.lines if line.get_marker() == "*"]) == 2
