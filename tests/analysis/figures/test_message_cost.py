"""The figure of costs: dots are counts, dashes formulas, and names do not overlap."""

import numpy as np
import pandas as pd
import pytest
from accord.analysis.figures.message_cost import message_cost
from accord.analysis.theory.cost import messages
from matplotlib.axes import Axes
from matplotlib.figure import Figure

QUADRATIC = ("bracha", "paxos", "dolev-strong", "signed-messages", "ben-or")
RUNS = pd.DataFrame(
    [
        {"protocol": protocol, "nodes": n, "f": 1, "messages": messages(protocol, n, 1) + extra}
        for protocol in QUADRATIC
        for n in (4, 16, 64)
        for extra in (0, 2)
    ]
    + [
        {"protocol": "oral-messages", "nodes": n, "f": 1, "messages": messages("oral-messages", n, 1)}
        for n in (4, 7)
    ]
)


@pytest.fixture
def ax() -> Axes:
    return message_cost(RUNS, ax=Figure(layout="constrained").add_subplot())


def test_dots_are_means_and_dashes_formulas(ax: Axes) -> None:
    dots, dashes = (
        [line for line in ax.lines if (line.get_linestyle() == "--") is dashed] for dashed in (False, True)
    )
    assert len(dots) == len(dashes) == 6
    assert dots[0].get_ydata().tolist() == [27 + 1, 495 + 1, 8127 + 1]
    assert dashes[0].get_ydata().tolist() == [27, 495, 8127]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")


def test_names_stand_apart(ax: Axes) -> None:
    heights = sorted(text.xyann[1] for text in ax.texts if text.arrow_patch is not None)
    assert len(heights) == 5
    assert np.diff(heights).min() > 0.04


def test_protocols_without_a_formula_have_no_dashes() -> None:
    ax = message_cost(RUNS[:6].assign(protocol="my-own"), ax=Figure(layout="constrained").add_subplot())
    assert not [line for line in ax.lines if line.get_linestyle() == "--"]


def test_numbers_of_parties_that_are_close_share_a_label() -> None:
    runs = pd.DataFrame({"protocol": "bracha", "nodes": [10, 11, 20], "messages": [189, 230, 779]})
    ax = message_cost(runs, ax=Figure(layout="constrained").add_subplot())
    assert ax.get_xticks().tolist() == [10, 20]
