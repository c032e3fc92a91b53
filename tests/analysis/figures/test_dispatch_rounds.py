"""Prices and powers by round: lines of the run, played again, over the optimum."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from accord import Result, sweep
from accord.analysis.figures.dispatch_rounds import dispatch_rounds
from accord.analysis.style import BLACK, VERMILION
from matplotlib.axes import Axes
from matplotlib.figure import Figure

ROW = {
    "case": "ieee(case30)", "network": "ring(n=6)", "rule": "linear", "feedback": 0.005, "traitors": 1,
    "conduct": "stubborn(value=5)", "placement": "given(nodes=[2])", "excess_cost": 0.5, "seed": 1, "replicate": 0,
}  # fmt: skip


def drawn(**changes: object) -> Axes:
    return dispatch_rounds(pd.DataFrame([{**ROW, **changes}]), ax=Figure(layout="constrained").add_subplot())


def lines(ax: Axes, style: str) -> list[np.ndarray]:
    return [line.get_ydata() for line in ax.lines if line.get_linestyle() == style and len(line.get_ydata())]


def test_prices_over_lambda() -> None:
    ax = drawn()
    ends = [line[-1] for line in lines(ax, "-")]
    assert np.round(ends, 2).tolist() == [4.21, 4.51, 5, 4.51, 4.21, 4.12]
    assert [line[0] for line in lines(ax, "--")] == pytest.approx([3.789196], abs=5e-7)
    assert [line.get_color() is VERMILION for line in ax.lines].index(True) == 2
    assert ax.get_ylabel() == "Price (money per MWh)"
    assert all(line.get_color() == BLACK for line in ax.lines if line.get_linestyle() == "--")


def test_powers_each_over_its_optimum() -> None:
    ax = drawn(shown="power")
    assert sum(line[-1] for line in lines(ax, "-")) == pytest.approx(267.8, abs=0.05)
    best = [line[0] for line in lines(ax, "--")]
    assert np.round(best, 3).tolist() == [44.730, 58.263, 22.314, 32.326, 15.784, 15.784]


def test_a_page_shows_honest_and_repaired_runs(dispatches: Result) -> None:
    frame = dispatch_rounds.cases(dispatches)
    assert len(frame) == 8
    shown = frame[frame["shown"] == "price"]
    assert shown[["traitors", "rule", "network"]].to_numpy().tolist() == [
        [0, "linear", "ring(n=6)"],
        [1, "linear", "ring(n=6)"],
        [1, "w-msr", "ring(n=6)"],
        [1, "w-msr", "complete(n=6)"],
    ]
    assert set(shown["conduct"][1:]) == {"stubborn(value=5.0)"}


@pytest.mark.parametrize(
    ("factors", "panels"), [({"traitors": 0}, 1), ({"traitors": 1, "network": ["ring(n=3)", "path(n=3)"]}, 2)]
)
def test_a_sweep_of_one_kind_is_drawn_too(factors: dict[str, Any], panels: int) -> None:
    assert len(dispatch_rounds.cases(sweep("dispatch", factors, seed=1))) == 2 * panels
